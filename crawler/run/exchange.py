"""What Scrapy brings back, as captures."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import uuid4

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.run.limits import STOPPED
from pipeline.model import Capture, Visit


def posted_by(visit: Visit) -> tuple[bytes, str]:
    """The body that the visit's request carries and its media type; b"" and "" for a plain GET."""
    if visit.form is not None:
        return urlencode(visit.form).encode(), "application/x-www-form-urlencoded"
    return visit.json.encode(), "application/json; charset=utf-8" if visit.json else ""


def capture_of(response: Response, visit: Visit, now: datetime) -> Capture:
    """The response as it came: wire bytes, headers in order with repeated ones kept; a piece says why it is one."""
    stopped = str(response.meta.get(STOPPED, ""))
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return Capture(
        visit=visit,
        fetched_at=now,
        status=response.status,
        headers=headers,
        body=response.body,
        id=uuid4().hex,
        failure=stopped,
        truncated=bool(stopped) or "dataloss" in response.flags,
    )


def failure_of(failure: Failure, visit: Visit, now: datetime) -> Capture:
    """The exchange that brought no response, with the reason in words."""
    return Capture(visit, now, 0, (), b"", uuid4().hex, failure=_reason(failure.value))


def _reason(error: BaseException | None) -> str:
    match error:
        case IgnoreRequest():
            return str(error)
        case _:
            cause = _innermost(error)
            return f"{type(cause).__name__}: {' '.join(str(cause).split())}"[:500]


def _innermost(error: BaseException | None) -> BaseException | None:
    """What went wrong on the wire: Scrapy and Twisted wrap it, once or as a list of reasons."""
    while error is not None:
        reasons = getattr(error, "reasons", None) or getattr(error.__cause__, "reasons", None)
        inner = reasons[0].value if reasons else error.__cause__
        if inner is None:
            return error
        error = inner
    return None
