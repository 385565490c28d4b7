"""What a notice states of its tender: `tender_of` reads it."""

from pipeline.tender.read import tender_of

__all__ = ["tender_of"]
