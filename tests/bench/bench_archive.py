"""The archive beside warcio and fastwarc: the same composed pages, in one run."""

import io
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.model import Capture, Kind, Lead, RunStart, Visit
from storage.archive import Archive
from storage.archive.folder import Entry

_BEGIN = datetime(2014, 12, 31, 16, tzinfo=UTC)
_WORDS = "工程施工招标公告中标候选人公示项目编号建设单位代理机构开标时间地点资质要求保障性住房道路桥梁改造监理设计"


def composed_captures(pages: int) -> list[Capture]:
    """Pages of about 30 KB as a portal sends them, uncompressed; the same for the same number."""
    chance = random.Random(20141231)
    return [_capture(number, chance) for number in range(pages)]


def _capture(number: int, chance: random.Random) -> Capture:
    url = f"http://www.example.cn/zbgg/{number}.jhtml"
    lead = Lead(url, f"某县某路第{number}标段施工招标公告", "2014-06-03")
    return Capture(
        visit=Visit("example_source", "zbgg", Kind.NOTICE, url, lead, run="20141231T160000Z-example_source-1f3a"),
        fetched_at=_BEGIN + timedelta(milliseconds=1234.567 * number),
        status=200,
        headers=(
            ("Server", "nginx"),
            ("Date", "Wed, 31 Dec 2014 16:00:00 GMT"),
            ("Content-Type", "text/html;charset=UTF-8"),
            ("Set-Cookie", f"JSESSIONID={chance.getrandbits(128):032X}; Path=/; HttpOnly"),
            ("Set-Cookie", "_site_id_cookie=1; Path=/"),
            ("Transfer-Encoding", "chunked"),
        ),
        body=_page(number, chance),
    )


def _page(number: int, chance: random.Random) -> bytes:
    rows: list[str] = []
    while len(rows) < 130:
        said = "".join(chance.choices(_WORDS, k=chance.randint(10, 40)))
        rows.append(
            f'<tr class="row"><td style="width:120px">{chance.randint(1, 99999)}</td><td class="MsoNormal">'
            f'<span lang="EN-US" style="font-family:宋体">{said}</span></td></tr>\r\n'
        )
    return f"<html><head><title>{number}</title></head><body><table>{''.join(rows)}</table></body></html>".encode()


def measure(pages: int = 2000) -> dict[str, float]:
    """Megabytes (of bodies) and records per CPU second, sizes, and our ratio to warcio."""
    captures = composed_captures(pages)
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        theirs = Path(folder) / "theirs.warc.gz"
        seconds = {
            "write": _seconds(lambda: _write(archive, captures)),
            "warcio_write": _seconds(lambda: _write_with_warcio(theirs, captures)),
        }
        ours = archive.folder / archive.files()[0]
        seconds |= {
            "read": _seconds(lambda: _count(archive.entries())),
            "read_verified": _seconds(lambda: _count(archive.entries(verify=True))),
            "warcio_read": _seconds(lambda: _read_with_warcio(ours)),
            "fastwarc_read": _seconds(lambda: _read_with_fastwarc(ours)),
        }
        size, their_size = ours.stat().st_size, theirs.stat().st_size
    megabytes = sum(len(capture.body) for capture in captures) / 1e6
    found = {f"{name}_mb_per_s": megabytes / took for name, took in seconds.items()}
    found |= {f"{name}_records_per_s": pages / took for name, took in seconds.items()}
    found["write_times_warcio"] = seconds["warcio_write"] / seconds["write"]
    found["read_times_warcio"] = seconds["warcio_read"] / seconds["read"]
    found["size_times_warcio"] = size / their_size
    return {name: round(value, 3) for name, value in found.items()}


def _seconds(work: Callable[[], None]) -> float:
    begin = process_time()
    work()
    return process_time() - begin


def _write(archive: Archive, captures: Iterable[Capture]) -> None:
    run = "20141231T160000Z-example_source-1f3a"
    with archive.writer(RunStart(run, "example_source", _BEGIN, "full", ""), user_agent="bench") as writer:
        for capture in captures:
            writer.add(capture)


def _write_with_warcio(path: Path, captures: Iterable[Capture]) -> None:
    """The same request and response, with the same visit, as warcio's own documentation writes them."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for capture in captures:
            url = capture.visit.url
            response = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(capture.body),
                http_headers=StatusAndHeaders("200 OK", list(capture.headers[:-1]), protocol="HTTP/1.1"),
                warc_headers_dict={"Duizhang-Visit": json.dumps(asdict(capture.visit), separators=(",", ":"))},
            )
            sent = [("Host", "www.example.cn"), ("User-Agent", "bench")]
            head = StatusAndHeaders(f"GET {url[21:]} HTTP/1.1", sent, is_http_request=True)
            writer.write_request_response_pair(writer.create_warc_record(url, "request", http_headers=head), response)
            file.flush()


def _count(entries: Iterable[object]) -> None:
    if not all(isinstance(entry, Entry) for entry in entries):
        raise AssertionError("the archive is damaged")


def _read_with_warcio(path: Path) -> None:
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                json.loads(record.rec_headers.get_header("Duizhang-Visit"))
                record.raw_stream.read()


def _read_with_fastwarc(path: Path) -> None:
    with path.open("rb") as file:
        for record in FastIterator(file, record_types=WarcRecordType.response):
            json.loads(record.headers["Duizhang-Visit"])
            record.reader.read()


if __name__ == "__main__":
    figures = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
