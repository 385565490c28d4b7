"""Tables of near (written by the module that fills them)."""
