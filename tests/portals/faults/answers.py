"""Answers that are no pages: firewalls, challenges, maintenance, logins, damage, bombs, silence; and odd pages."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache

from crawler.replica.server import Answer, Request
from tests.portals.markup import CONTENT_END, Page
from tests.portals.scene import Fault, Scene

Making = Callable[[Scene, Request, Answer], Answer]

TRIES = 4  # of a visit in one run: the first and three repetitions
SHORT = ("timeout_seconds = 2",)


def _small(words: str, status: int = 200, *headers: tuple[str, str]) -> Answer:
    page = f"<html><head><title>提示</title></head><body><p>{words}</p></body></html>"
    return Answer(page.encode(), status, headers=headers)


def _at_first(about: str, instead: Making, *, tries: int = 1, manners: tuple[str, ...] = ()) -> Fault:
    """An article that answers otherwise so many times."""

    def answer(scene: Scene, request: Request, answer: Answer) -> Answer:
        return instead(scene, request, answer) if scene.tries[request.target] <= tries else answer

    return Fault(about, articles=1, answer=answer, manners=manners)


def _always(about: str, instead: Making, *, readable: bool = True, manners: tuple[str, ...] = ()) -> Fault:
    return Fault(about, articles=1, readable=readable, answer=instead, manners=manners)


def _said(words: str, status: int = 200, *headers: tuple[str, str]) -> Making:
    return lambda scene, request, answer: _small(words, status, *headers)


def _cookie(scene: Scene, request: Request, answer: Answer) -> Answer:
    if "wall=passed" in request.header("cookie"):
        return answer
    return _small("安全检查，请稍候", 200, ("Set-Cookie", "wall=passed; Path=/"))


def _written_cookie(scene: Scene, request: Request, answer: Answer) -> Answer:
    if "sesame=open" in request.header("cookie"):
        return answer
    script = 'document.cookie = "sesame=open; path=/"; window.location.reload();'
    return Answer(f"<html><head><script>{script}</script></head><body></body></html>".encode())


def _date_later(scene: Scene, request: Request, answer: Answer) -> Answer:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    return Answer(b"later", 503, headers=(("Retry-After", until),))


def _picture(scene: Scene, request: Request, answer: Answer) -> Answer:
    return Answer(b"\x89PNG\r\n\x1a\n" + bytes(200), content_type="image/png")


def _cut(scene: Scene, request: Request, answer: Answer) -> Answer:
    return replace(answer, cut=len(answer.body) // 2)


def _torn_gzip(scene: Scene, request: Request, answer: Answer) -> Answer:
    packed = bytearray(gzip.compress(answer.body))
    packed[len(packed) // 2] ^= 0xFF
    return replace(answer, body=bytes(packed), headers=(("Content-Encoding", "gzip"),))


@cache
def bomb(size: int) -> bytes:
    """A gzip stream that unpacks to so many zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1 << 20)
    return b"".join(packer.compress(zeros) for _ in range(size >> 20)) + packer.flush()


def _bomb(scene: Scene, request: Request, answer: Answer) -> Answer:
    body = bomb(1 << 30)
    return replace(answer, body=body, headers=(("Content-Encoding", "gzip"),))


def _embedding(size: int) -> Making:
    """A page with a picture of that size written into it."""

    def answer(scene: Scene, request: Request, answer: Answer) -> Answer:
        picture = b"<img src=data:image/png;base64," + b"iVBORw0KGgo" * (size // 11) + b">"
        end = CONTENT_END if CONTENT_END in answer.body else b"</p>"  # an interface answers with the text alone
        return replace(answer, body=answer.body.replace(end, picture + end, 1))

    return answer


def _within(put: Callable[[bytes], bytes]) -> Making:
    """The page with its first paragraph changed."""

    def answer(scene: Scene, request: Request, answer: Answer) -> Answer:
        return replace(answer, body=put(answer.body))

    return answer


def _broken(body: bytes) -> bytes:
    return body.replace(b"</p>", b"\xff\xfe</p>", 2)


def _nested(body: bytes) -> bytes:
    head, mark, tail = body.partition(b'<div class="content">')
    return (
        head
        + b"<div>" * 5000
        + mark
        + tail.replace(b'<div class="footer">', b"</div>" * 5000 + b'<div class="footer">')
    )


def _away(scene: Scene, request: Request, answer: Answer) -> Answer:
    return Answer(b"", 302, headers=(("Location", "/sso/login.jsp?from=article"),))


def _robots_later(scene: Scene) -> dict[str, Page]:
    def robots(request: Request) -> Answer:
        if scene.tries["/robots.txt"] == 0:
            return Answer(b"busy", 500)
        return Answer(b"User-agent: *\nDisallow:\n", content_type="text/plain")

    return {"/robots.txt": robots}


def _outage(scene: Scene, request: Request, answer: Answer) -> Answer:
    """From its thirtieth request on the portal is down until the next run asks for robots.txt."""
    down = scene.tries["/robots.txt"] < 2 and sum(scene.tries.values()) > 30
    return Answer(b"", reset=True) if down and request.target != "/robots.txt" else answer


FAULTS = {
    "firewall": _at_first("A firewall's page", _said("您的访问请求被网站防火墙拦截")),
    "too_frequent": _at_first("访问过于频繁, twice", _said("访问过于频繁，请稍后再试"), tries=2),
    "challenge_cookie": _always("A challenge that a cookie passes", _cookie),
    "script_cookie": _always("A challenge whose script writes the cookie out", _written_cookie),
    "maintenance": _at_first("系统升级调试", _said("系统升级调试中，暂停访问"), tries=TRIES),
    "login": _at_first("A redirect to a login", _away, tries=2),
    "soft_404": _at_first("A page that is not there, with status 200", _said("您访问的页面不存在或已删除")),
    "empty": _at_first("No body", lambda scene, request, answer: replace(answer, body=b"")),
    "wrong_type": _at_first("A picture", _picture),
    "truncated": _at_first("Half of a body", _cut),
    "torn_gzip": _at_first("A damaged gzip stream", _torn_gzip),
    "reset": _at_first("A reset", lambda scene, request, answer: Answer(reset=True), tries=2),
    "silent": _at_first("No answer in time", lambda scene, request, answer: replace(answer, delay=9.0), manners=SHORT),
    "drip": _at_first("A byte now and then", lambda scene, request, answer: replace(answer, drip=0.2), manners=SHORT),
    "retry_seconds": _at_first("503 and Retry-After in seconds", _said("busy", 503, ("Retry-After", "1"))),
    "retry_date": _at_first("503 and Retry-After as a date", _date_later),
    "down_for_a_run": _at_first("503 for the whole first run", _said("busy", 503), tries=TRIES),
    "bomb": _always("A gigabyte of zeros in a megabyte of gzip", _bomb, readable=False),
    "embedded": _always("A page of 30 MB, nearly all of it a picture", _embedding(30_000_000)),
    "too_large": _always("More than is allowed", _embedding(60_000_000), readable=False),
    "nul_bytes": _always("NUL among the letters", _within(lambda body: body.replace(b"<p>", b"<p>\0"))),
    "broken_bytes": _always("Bytes that are no letters", _within(_broken)),
    "nested": _always("5,000 nested elements", _within(_nested)),
    "robots_busy": Fault("robots.txt answers 500 when first asked for", site=_robots_later),
    "outage": Fault("The portal goes down in the middle of the first run", answer=_outage),
}  # fmt: skip
ANSWERS = frozenset(FAULTS) - {"robots_busy", "outage"}
