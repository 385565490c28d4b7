"""The client that web archives and single pages are asked with: its pace, its limits, what it refuses."""

import time

import pytest

from crawler.past.fetch import Client, NoAnswer
from crawler.replica.server import Answer, serving
from pipeline.model import Manners


def client(**manners) -> Client:
    return Client(
        Manners(**{"delay_seconds": 0, "allow_private_addresses": True, "timeout_seconds": 5, **manners}), "x"
    )


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(b"x" * 2000), "oversize: the answer has more than 1000 bytes"),
        (Answer(b"x" * 500, cut=100), "IncompleteRead"),
        (Answer(b"x", delay=10), "timed out"),
    ],
    ids=["oversize", "cut", "silent"],
)
def test_what_is_no_whole_answer(answer, words):
    """An answer that is too large, cut off or late is none, and the next request is not disturbed by it."""
    asker = client(max_bytes=1000, timeout_seconds=0.5)
    with serving(lambda request: Answer(b"good") if request.path == "/good" else answer) as base:
        with pytest.raises(NoAnswer, match=words):
            asker.ask(f"{base}/bad")
        assert asker.ask(f"{base}/good").body == b"good"


def test_one_connection_and_the_pace():
    """Requests follow each other at the pace of the source's manners."""
    at = []
    asker = client(delay_seconds=0.2)

    def answer(request):
        at.append(request.at)
        return Answer(b"good")

    with serving(answer) as base:
        for _ in range(3):
            assert asker.ask(f"{base}/").status == 200
        asker.close()
    assert at[1] - at[0] > 0.15
    assert at[2] - at[1] > 0.15


def test_a_connection_that_the_server_closed():
    """A kept connection that the server has closed meanwhile is opened anew."""
    asker = client()
    with serving(lambda _: Answer(b"good")) as base:
        asker.ask(f"{base}/")
        asker._connection.sock.shutdown(2)
        assert asker.ask(f"{base}/").body == b"good"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "",
        "http://a\r\nb.invalid/",
    ],
)
def test_what_is_no_address(url):
    """What no http request can be made to is refused in words."""
    with pytest.raises(NoAnswer):
        client().ask(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.1.2.3", "169.254.169.254", "[::1]", "0.0.0.0"])
def test_private_addresses(host):
    """An address that is not of the open internet is not connected to unless that is allowed."""
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="private address"):
        Client(Manners(delay_seconds=0), "x").ask(f"http://{host}:9/")
    assert time.monotonic() - began < 5
