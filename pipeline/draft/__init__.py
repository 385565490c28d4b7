"""The section that the counts support."""
