"""Sheets and papers in the world."""
