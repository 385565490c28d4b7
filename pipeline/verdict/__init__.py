"""A claim mapped and judged."""
