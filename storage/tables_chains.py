"""Tables of chains (written by the module that fills them)."""
