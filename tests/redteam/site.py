"""A composed portal: its pages by address, its source file as a stranger would write it, its truth."""

import contextlib
import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from crawler.replica.server import Answer, Request, serving
from tests.redteam.world import Told

Channel = tuple[str, str, str]  # key, name, path of the list


@dataclass
class Site:
    """Pages are filled in by the renderers; `http://HOST` in a page is replaced by where it is served."""

    dialect: str
    channels: list[Channel]
    charset: str = "utf-8"
    content_type: str = "text/html"  # many servers say no charset
    pages: dict[str, Answer] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)  # what must come out
    files: set[tuple[str, str]] = field(default_factory=set)  # channel and title of rows that are files
    foreign: set[tuple[str, str]] = field(default_factory=set)  # of rows that lead to other portals
    hits: list[str] = field(default_factory=list)

    def put(self, target: str, page: str, form: Sequence[tuple[str, str]] | None = None) -> None:
        self.pages[_address("GET" if form is None else "POST", target, form or ())] = Answer(
            page.encode(self.charset, "xmlcharrefreplace"), content_type=self.content_type
        )

    def put_file(self, target: str) -> None:
        self.pages[_address("GET", target, ())] = Answer(b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")

    def answer(self, request: Request) -> Answer:
        form = parse_qsl(request.body.decode("latin-1"), keep_blank_values=True) if request.method == "POST" else []
        address = _address(request.method, request.target, form)
        self.hits.append(address)
        if (page := self.pages.get(address)) is None:
            return Answer(b"<html><body>404</body></html>", 404)
        host = request.header("host").encode()
        return Answer(page.body.replace(b"http://HOST", b"http://" + host), content_type=page.content_type)

    def toml(self, base: str) -> str:
        head = f'name = "试验门户"\nhome = "{base}/"\ndialect = "{self.dialect}"\n\n[manners]\ndelay_seconds = 0.0\n'
        head += 'allow_private_addresses = true\nconcurrency = 4\ncontact = "mailto:redteam@portal.example"\n'
        return head + "".join(
            f'\n[[channels]]\nkey = "{key}"\nname = "{name}"\npath = "{path}"\nbucket = "undecided"\n'
            for key, name, path in self.channels
        )


def _address(method: str, target: str, form: Sequence[tuple[str, str]]) -> str:
    path, _, query = target.partition("?")
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    return f"{method} {path}?{urlencode(pairs)} {urlencode(sorted(form))}"


@contextlib.contextmanager
def served(site: Site) -> Iterator[str]:
    """The base address at which a site answers."""
    with serving(site.answer) as base:
        yield base


def chunks(rows: Sequence[Told], size: int) -> list[Sequence[Told]]:
    """The pages of a list; a list of nothing has one page."""
    return [rows[start : start + size] for start in range(0, len(rows), size)] or [()]


def esc(text: str) -> str:
    return html.escape(text)
