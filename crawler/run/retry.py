"""When a failed visit is made again: back-off within the run, and what the portal itself asks for."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipeline.model import Capture, Manners, Quality

RETRIED = frozenset(
    {
        Quality.BLOCKED,
        Quality.MAINTENANCE,
        Quality.LOGIN,
        Quality.EMPTY,
        Quality.TRUNCATED,
        Quality.SERVER_ERROR,
        Quality.FAILED,
    }
)
SHORTEST = 0.5  # seconds before the first repetition, where the source's own pace is faster
LONGEST = 300.0  # seconds: a portal that asks for more is visited again by the next run


def pause_before(tries: int, capture: Capture, manners: Manners) -> float:
    """Seconds to wait before the visit is repeated after so many tries; 0: it is not repeated in this run."""
    if tries > manners.retries:
        return 0.0
    asked = retry_after(capture.header("retry-after"), capture.fetched_at)
    if asked > LONGEST:
        return 0.0
    backoff = max(manners.delay_seconds, SHORTEST) * 2.0 ** (tries - 1)
    return max(asked, min(backoff, LONGEST))


def retry_after(value: str, now: datetime) -> float:
    """Seconds that a Retry-After header asks for, as a number or a date (RFC 9110, 10.2.3); 0 when it asks nothing."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    until = until.replace(tzinfo=UTC) if until.tzinfo is None else until
    return max(0.0, (until - now).total_seconds())
