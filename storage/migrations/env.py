"""What Alembic runs: the migrations of the kept tables, in the transaction that storage/derive/schema.py opened."""

from alembic import context

from storage.tables.core import KEPT

context.configure(connection=context.config.attributes["connection"], target_metadata=KEPT)
context.run_migrations()
