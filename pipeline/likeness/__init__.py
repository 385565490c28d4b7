"""Same or not, one project or not."""
