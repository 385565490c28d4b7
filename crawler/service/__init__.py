"""The unattended archive."""
