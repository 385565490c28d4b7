"""What tests of likeness share: two notices compared as derive compares them."""

from pipeline.likeness import compare
from pipeline.likeness.compare import Sameness
from pipeline.likeness.compared_parts import said_in
from pipeline.model import Notice


def same_announcement(a: Notice, b: Notice) -> bool:
    """True when the two are one announcement."""
    return compare(said_in(a), said_in(b)).verdict is Sameness.SAME
