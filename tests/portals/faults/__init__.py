"""Everything that a test portal can be told to do, by name. A new one is an entry in one of these tables."""

from tests.portals.faults import addresses, answers, contents, lists, manners, redirects, traps

_QUIET = addresses.FAULTS | contents.FAULTS | manners.FAULTS | redirects.FAULTS | traps.FAULTS
FAULTS = _QUIET | answers.FAULTS | lists.FAULTS
QUIET = frozenset(_QUIET)  # those that may all be switched on at once and leave the lists true

__all__ = ["FAULTS", "QUIET"]
