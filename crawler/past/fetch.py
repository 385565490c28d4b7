"""One polite request after another over one connection: how web archives, and single pages for a look, are asked."""

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from crawler.middlewares import is_public
from pipeline.model import Manners
from storage.archive.http import uri_of

_STEP = 1 << 16
_ERRORS = (OSError, http.client.HTTPException, ValueError)


class NoAnswer(Exception):
    """The request brought no whole answer; the message says why."""


@dataclass(frozen=True, slots=True)
class WireAnswer:
    """A whole answer, as it came over the wire without its transfer encoding."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The first header of that name, "" when there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class Client:
    """Keeps the pace, the connection, and away from private addresses that nobody allowed."""

    def __init__(self, manners: Manners, user_agent: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self.manners = manners
        self.sleep = sleep
        self.delay = manners.delay_seconds
        self._user_agent = user_agent
        self._connection: http.client.HTTPConnection | None = None
        self._place = ("", "")
        self._last = float("-inf")

    def ask(self, url: str, posted: bytes = b"", kind: str = "") -> WireAnswer:
        """The answer to a GET, or to a POST of that body and media type. Raises NoAnswer."""
        try:
            parts = urlsplit(uri_of(url))
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            for is_last in (False, True):
                self._wait()
                reused = self._connect(parts)
                try:
                    return self._exchange(path, posted, kind)
                except (http.client.RemoteDisconnected, ConnectionError, BrokenPipeError):
                    self.close()
                    if is_last or not reused:
                        raise
        except NoAnswer:
            self.close()
            raise
        except _ERRORS as error:
            self.close()
            raise NoAnswer(f"{type(error).__name__}: {' '.join(str(error).split())}"[:300]) from None
        raise AssertionError("the second try returned or raised")

    def close(self) -> None:
        """Hangs up."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _wait(self) -> None:
        pause = self._last + self.delay - time.monotonic()
        if pause > 0:
            self.sleep(pause)
        self._last = time.monotonic()

    def _connect(self, parts: SplitResult) -> bool:
        """Connects to the address that was checked; True when the connection stood already."""
        place = (parts.scheme, parts.netloc)
        if self._connection and self._place == place:
            return True
        self.close()
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if parts.scheme not in {"http", "https"} or not host:
            raise NoAnswer("not an http address")
        address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
        if not self.manners.allow_private_addresses and not is_public(address):
            raise NoAnswer(f"disallowed: {host} has a private address")
        timeout = self.manners.timeout_seconds
        wire = socket.create_connection((address, port), timeout)
        if parts.scheme == "https":
            wire = ssl.create_default_context().wrap_socket(wire, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=timeout)
        connection.sock = wire
        self._connection, self._place = connection, place
        return False

    def _exchange(self, path: str, posted: bytes, kind: str) -> WireAnswer:
        assert self._connection is not None
        netloc = self._place[1].rpartition("@")[2]
        headers = {"Host": netloc, "User-Agent": self._user_agent, "Accept-Encoding": "gzip, deflate", "Accept": "*/*"}
        if kind:
            headers["Content-Type"] = kind
        self._connection.request("POST" if kind else "GET", path, posted or None, headers)
        response = self._connection.getresponse()
        body = self._body_of(response)
        response.close()  # read1() leaves a body that has ended open, and the connection then takes no further request
        if response.will_close:
            self.close()
        return WireAnswer(response.status, tuple((name, value) for name, value in response.getheaders()), body)

    def _body_of(self, response: http.client.HTTPResponse) -> bytes:
        """The body, no longer than allowed, in no more than the time allowed for one answer."""
        until = time.monotonic() + self.manners.timeout_seconds
        body = bytearray()
        while piece := response.read1(_STEP):
            body += piece
            if len(body) > self.manners.max_bytes:
                raise NoAnswer(f"oversize: the answer has more than {self.manners.max_bytes} bytes")
            if time.monotonic() > until:
                raise NoAnswer(f"the answer took longer than {self.manners.timeout_seconds} seconds")
        if response.length:
            raise http.client.IncompleteRead(b"", response.length)
        return bytes(body)
