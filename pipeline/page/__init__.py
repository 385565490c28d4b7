"""A capture opened: bytes, charset, tree, lines, quality."""
