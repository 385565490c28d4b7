"""The cube, coverage, holdings."""
