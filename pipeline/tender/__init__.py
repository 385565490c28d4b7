"""What a notice states of its tender."""
