"""Tables, engine, upsert."""
