"""The only writer: captures in, rows out."""
