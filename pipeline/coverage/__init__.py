"""What was observed and what may be missing."""
