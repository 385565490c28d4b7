"""Refuses this process every connection and look-up beyond loopback; the refusal is noted where the plugin looks."""

import os
import re
import sys

NOTES = "DUIZHANG_TEST_EGRESS"  # the file that refusals are noted in
_LOOPBACK = re.compile(r"127(?:\.\d{1,3}){3}|0\.0\.0\.0|::1?|::ffff:127(?:\.\d{1,3}){3}|(?:[\w-]+\.)*localhost|")
_NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[\da-f:.]*:[\da-f:.%\w]*")  # nobody is asked what address these are
_NOWHERE = re.compile(r"(?:.+\.)?invalid")  # RFC 6761: a resolver answers by itself that there is none
_INTERNET = (2, 10, 30)  # AF_INET, AF_INET6 on Linux and on macOS
_LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
_SENDING = ("socket.connect", "socket.sendto", "socket.sendmsg")


def refuse(event: str, arguments: tuple) -> None:
    """An audit hook (PEP 578): raises OSError for what would leave the machine."""
    if event in _SENDING:
        wire, address = arguments[0], arguments[1]
        if wire.family in _INTERNET and isinstance(address, tuple) and not _is_near(address[0]):
            _note(f"{event} {address[0]}")
            raise PermissionError(f"no network in tests: {address!r}")
    elif event in _LOOK_UPS:
        host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
        if not _is_near(host) and not _NUMBERS.fullmatch(_text(host)):
            if not _NOWHERE.fullmatch(_text(host)):
                _note(f"{event} {_text(host)}")
            import socket

            raise socket.gaierror(socket.EAI_NONAME, f"no network in tests: {host!r}")


def _is_near(host: object) -> bool:
    return _LOOPBACK.fullmatch(_text(host)) is not None or _text(host) == os.uname().nodename.lower()


def _text(host: object) -> str:
    text = host.decode("latin-1") if isinstance(host, bytes) else str(host or "")
    return text.rstrip(".").lower()


def _note(said: str) -> None:
    if path := os.environ.get(NOTES):
        with open(path, "a", encoding="utf-8") as notes:  # noqa: PTH123 - every child imports this file at its start
            notes.write(f"{said} by {' '.join(sys.orig_argv)[:300]!r}\n")


sys.addaudithook(refuse)
