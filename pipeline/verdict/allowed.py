"""The true numbers under which a vague claim is right."""

from pipeline.model import Claim, Interval
from pipeline.values.text import no_space

TOLERANCE = 0.1  # what 约, 近 and 余 may leave out; convention of this project, no law defines the words
_OPEN_ENDED = ("以上", "超", "逾", "不少于")


def allowed(claim: Claim) -> Interval:
    """The true numbers under which the claim is right: 121余 is 121 to 134, 百余 is 100 to 199, 近300 is 270 to 300."""
    count, words = claim.count, no_space(claim.text)
    slack = int(count * TOLERANCE)
    if claim.lower_bound:
        if any(word in words for word in _OPEN_ENDED):
            return Interval(count, None)
        return Interval(count, count + max(slack + 1, _last_place(count) - 1))
    if claim.approximate:
        return Interval(count - slack, count if "近" in words else count + slack)
    return Interval(count, count)


def _last_place(count: int) -> int:
    """100 for 2300: the 余 after a round number stands for anything below its last written place."""
    place = 1
    while count and count % (place * 10) == 0:
        place *= 10
    return place
