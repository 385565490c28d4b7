"""Lists of what never was on the portal."""
