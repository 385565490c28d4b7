"""Blocks and their writers."""
