"""The derived table of what files say: read once for each content, however often it was captured."""

from sqlalchemy import Column, String, Table, Text

from storage.tables.metadata import DERIVED

document_texts = Table(
    "document_texts",
    DERIVED,
    Column("digest", String, primary_key=True),  # captures.digest
    Column("kind", String, nullable=False),  # documents.DocumentText.kind; "": it could not be read
    Column("text", Text, nullable=False),
    Column("problem", Text, nullable=False),  # why it could not be read; "" when it could
)
