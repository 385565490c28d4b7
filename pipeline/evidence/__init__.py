"""What a pack says, and where words stand in the bytes."""
