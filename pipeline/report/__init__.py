"""The claims that a report states."""
