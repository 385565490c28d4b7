"""A small HTTP/1.1 server on loopback, for demonstrations and tests: one function answers every request."""

import asyncio
import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

HTML = "text/html; charset=utf-8"
LONGEST_HEAD = 65_536
LONGEST_BODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked for."""

    method: str
    target: str  # as on the request line: path and query
    headers: tuple[tuple[str, str], ...]  # names in lower case
    body: bytes
    at: float  # time.monotonic()

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    def header(self, name: str) -> str:
        """The first header of that name, "" when there is none."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sends back."""

    body: bytes = b""
    status: int = 200
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0  # seconds of silence first
    cut: int | None = None  # bytes of the body that are sent before the connection is dropped
    reset: bool = False  # the connection is reset instead of an answer
    drip: float = 0.0  # seconds between two bytes of the body, for ever


Answering = Callable[[Request], Answer]


class _Connection(asyncio.Protocol):
    """One kept-alive connection; requests are answered in their order."""

    def __init__(self, answer: Answering, everyone: set["_Connection"]) -> None:
        self.answer = answer
        self.everyone = everyone
        self.received = bytearray()
        self.transport: asyncio.Transport
        self.waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.everyone.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.everyone.discard(self)
        if self.waiting:
            self.waiting.cancel()

    def data_received(self, data: bytes) -> None:
        self.received += data
        self.answer_what_is_complete()

    def answer_what_is_complete(self) -> None:
        while self.waiting is None and not self.transport.is_closing() and (request := self.next_request()):
            answer = self.answer(request)
            if answer.delay:
                loop = asyncio.get_running_loop()
                self.waiting = loop.call_later(answer.delay, self.send_late, request, answer)
            else:
                self.send(request, answer)

    def send_late(self, request: Request, answer: Answer) -> None:
        self.waiting = None
        self.send(request, answer)
        self.answer_what_is_complete()

    def next_request(self) -> Request | None:
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            if len(self.received) > LONGEST_HEAD:
                self.transport.abort()
            return None
        request = _request(bytes(self.received[:end]))
        length = request.header("content-length") if request else ""
        if request is None or request.header("transfer-encoding") or not _acceptable(length):
            self.transport.abort()
            return None
        stop = end + 4 + int(length or 0)
        if len(self.received) < stop:
            return None
        body = bytes(self.received[end + 4 : stop])
        del self.received[:stop]
        return Request(request.method, request.target, request.headers, body, request.at) if body else request

    def send(self, request: Request, answer: Answer) -> None:
        if answer.reset:
            sock = self.transport.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.transport.abort()
            return
        if answer.drip:
            self.transport.write(_head(answer, keep=False).replace(b"Content-Length", b"X-Length"))
            self.drip(answer, 0)
            return
        keep = request.header("connection").lower() != "close" and answer.cut is None
        body = answer.body[: answer.cut] if request.method != "HEAD" else b""
        self.transport.write(_head(answer, keep) + body)
        if not keep:
            self.transport.close()

    def drip(self, answer: Answer, place: int) -> None:
        if self.transport.is_closing():
            return
        self.transport.write(answer.body[place : place + 1] or b" ")
        self.waiting = asyncio.get_running_loop().call_later(answer.drip, self.drip, answer, place + 1)


def _acceptable(length: str) -> bool:
    return not length or (length.isascii() and length.isdigit() and len(length) < 9 and int(length) <= LONGEST_BODY)


def _request(head: bytes) -> Request | None:
    lines = head.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3:
        return None
    pairs = (line.partition(":") for line in lines[1:])
    headers = tuple((name.lower(), value.strip()) for name, _, value in pairs)
    return Request(words[0], words[1], headers, b"", time.monotonic())


def _head(answer: Answer, keep: bool) -> bytes:
    extra = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
    return (
        f"HTTP/1.1 {answer.status} {_phrase(answer.status)}\r\n"
        f"Content-Type: {answer.content_type}\r\n"
        f"Content-Length: {len(answer.body)}\r\n"
        f"{extra}Connection: {'keep-alive' if keep else 'close'}\r\n\r\n"
    ).encode("latin-1")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"  # a portal's firewall may answer with a number of its own


@contextlib.contextmanager
def serving(answer: Answering, port: int = 0) -> Iterator[str]:
    """The base URL (no slash at its end) of a server on 127.0.0.1 that runs in a thread as long as the context."""
    with (
        contextlib.closing(socket.create_server(("127.0.0.1", port))) as listener,
        contextlib.closing(asyncio.new_event_loop()) as loop,
    ):
        done = asyncio.Event()
        thread = threading.Thread(target=loop.run_until_complete, args=(_serve(answer, listener, done),), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            loop.call_soon_threadsafe(done.set)
            thread.join()


async def _serve(answer: Answering, listener: socket.socket, done: asyncio.Event) -> None:
    everyone: set[_Connection] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(answer, everyone), sock=listener)
    await done.wait()
    # A connection that is being accepted while the server closes would stay open: take no more, let those finish.
    loop.remove_reader(listener)
    if accepting := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(accepting)
    server.close()
    for connection in tuple(everyone):
        connection.transport.abort()
    while everyone:
        await asyncio.sleep(0)
    await server.wait_closed()
