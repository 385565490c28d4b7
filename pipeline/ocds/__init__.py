"""A procedure in the standard's terms."""
