"""Labels and their values in a text."""
