"""A source file read, checked, drafted."""
