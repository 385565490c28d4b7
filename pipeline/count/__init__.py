"""What counts, where, under which definition."""
