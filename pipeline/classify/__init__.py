"""What a notice is and is about: `classify` decides it."""

from pipeline.classify.decide import classify

__all__ = ["classify"]
