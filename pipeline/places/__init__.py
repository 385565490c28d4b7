"""Which place a text names; the tables become one data file."""
