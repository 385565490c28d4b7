"""Tables of ledger (written by the module that fills them)."""
