"""What tests of the past share: WARC files as other tools write them, and a real pywb that replays files."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


@dataclass
class Foreign:
    """A WARC file that grows record by record, as another tool would write it."""

    path: Path
    gzip: bool = True
    file: BytesIO = field(default_factory=BytesIO)

    def __post_init__(self) -> None:
        self.writer = WARCWriter(self.file, gzip=self.gzip)

    def page(self, url: str, day: str, body: bytes, status: str = "200 OK", headers: tuple = ()) -> str:
        """A response to a GET; gives back its record id."""
        http = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8"), *headers], protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            url, "response", payload=BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": day}
        )
        self.writer.write_record(record)
        return record.rec_headers.get_header("WARC-Record-ID")

    def again(self, url: str, day: str, first: str, body: bytes) -> None:
        """A revisit record: the page is as it was on the first day."""
        digest = self.writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=_head())
        self.writer.ensure_digest(digest, block=False, payload=True)
        record = self.writer.create_revisit_record(
            url,
            digest.rec_headers.get_header("WARC-Payload-Digest"),
            url,
            first,
            http_headers=_head(),
            warc_headers_dict={"WARC-Date": day},
        )
        self.writer.write_record(record)

    def done(self) -> Path:
        """The file."""
        self.path.write_bytes(self.file.getvalue())
        return self.path


def _head() -> StatusAndHeaders:
    return StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")


@contextmanager
def pywb_of(programs: Path, folder: Path, *warcs: Path) -> Iterator[str]:
    """The address of a collection of a pywb server that replays the files."""
    folder.mkdir()
    for words in (["init", "past"], ["add", "past", *map(str, warcs)]):
        subprocess.run([programs / "wb-manager", *words], cwd=folder, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(programs / "wayback"), "-p", str(port), "-b", "127.0.0.1"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/past"
        finally:
            server.kill()


def listing(*rows: tuple[str, str, str], following: str = "", said: str = "") -> bytes:
    """A JEECMS list: href, title and day of its rows, the link to its next page, what it says of its size."""
    lines = "".join(
        f'<div class="c1-bline"><div class="f-left"><a href="{href}" title="{title}">{title}</a></div>'
        f'<div class="f-right">{day}</div></div>'
        for href, title, day in rows
    )
    pager = f'<a href="{following}">下一页</a>' if following else "下一页"
    return (
        f'<html><head><title>招标公告</title></head><body><div class="c1-body">{lines}</div>'
        f'<div class="pagination">{said} {pager}</div></body></html>'
    ).encode()


def article(title: str, day: str, text: str = "") -> bytes:
    """A JEECMS notice."""
    words = (
        text or f"{title}的有关事项，由测试县住房和城乡建设局发布，有关单位请于每日九时至十八时办理手续，过期不再受理。"
    )
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f'<div class="info">发布时间：{day} 09:30　来源：测试局</div>'
        f'<div class="x-main-news-content"><p>{words}</p></div></body></html>'
    ).encode()


SOURCE = """
name = "测试建设网"
home = "http://www.past.example/"
dialect = "jeecms"

[manners]
delay_seconds = 0
allow_private_addresses = true

[[channels]]
key = "zbgg"
name = "招标公告"
path = "/zbgg/index.jhtml"
bucket = "tender_and_award"

[[channels]]
key = "hydt"
name = "行业动态"
path = "/hydt/index.jhtml"
bucket = "industry_news"
"""
SITE = "http://www.past.example"


def source_of_the_past(folder: Path) -> str:
    """The path of the dead portal's source file."""
    path = folder / "past.toml"
    path.write_text(SOURCE, encoding="utf-8")
    return str(path)


def dead_portal(into: Foreign) -> Foreign:
    """What somebody saved of a portal between 2012 and 2015: with holes, repetitions and pages nothing links to."""
    into.page(
        f"{SITE}/zbgg/index.jhtml",
        "2012-03-01T02:00:00Z",
        listing(
            ("/zbgg/101.jhtml", "甲县第一小学教学楼工程施工招标公告", "2012-02-20"),
            ("/zbgg/102.jhtml", "乙县供水管网改造工程施工招标公告", "2012-02-18"),
            following="/zbgg/index_2.jhtml",
        ),
    )
    into.page(
        f"{SITE}/zbgg/index.jhtml",
        "2014-06-01T02:00:00Z",
        listing(
            ("/zbgg/301.jhtml", "丙县周转房建设项目施工招标公告", "2014-05-20"),
            ("/zbgg/101.jhtml", "甲县第一小学教学楼工程施工招标公告", "2012-02-20"),
            following="/zbgg/index_2.jhtml",
        ),
    )
    into.page(
        f"{SITE}/zbgg/index_2.jhtml",
        "2012-03-01T02:00:05Z",
        listing(("/zbgg/90.jhtml", "丁县防洪堤工程施工招标公告", "2012-01-11"), following="/zbgg/index_3.jhtml"),
    )
    # Page 3 was never saved; page 4 was.
    into.page(
        f"{SITE}/zbgg/index_4.jhtml",
        "2012-03-01T02:00:09Z",
        listing(("/zbgg/70.jhtml", "戊县文化广场工程施工招标公告", "2011-11-03"), said="共 7 条 4/4页"),
    )
    first = article("甲县第一小学教学楼工程施工招标公告", "2012-02-20")
    into.page(f"{SITE}/zbgg/101.jhtml", "2012-03-01T02:01:00Z", first)
    into.again(f"{SITE}/zbgg/101.jhtml", "2014-06-01T02:01:00Z", "2012-03-01T02:01:00Z", first)
    into.page(f"{SITE}/zbgg/301.jhtml", "2014-06-01T02:02:00Z", article("丙县周转房建设项目施工招标公告", "2014-05-20"))
    into.page(f"{SITE}/zbgg/90.jhtml", "2012-03-01T02:03:00Z", article("丁县防洪堤工程施工招标公告", "2012-01-11"))
    into.page(f"{SITE}/zbgg/70.jhtml", "2012-03-01T02:04:00Z", article("戊县文化广场工程施工招标公告", "2011-11-03"))
    into.page(f"{SITE}/hydt/555.jhtml", "2013-05-01T02:00:00Z", article("全区建筑业平稳发展", "2013-04-30"))
    into.page(f"{SITE}/ldjj/8.jhtml", "2013-05-01T02:00:00Z", article("领导简介之类", "2013-04-30"))
    into.page("http://elsewhere.example/zbgg/9.jhtml", "2013-05-01T02:00:00Z", article("别处的公告", "2013-04-30"))
    return into


# Channel, title and minute in Beijing: what any reader of the composed pages above finds. Page 102 was not saved.
TRUTH = {
    ("zbgg", "甲县第一小学教学楼工程施工招标公告", "2012-02-20 09:30"),
    ("zbgg", "丙县周转房建设项目施工招标公告", "2014-05-20 09:30"),
    ("zbgg", "丁县防洪堤工程施工招标公告", "2012-01-11 09:30"),
    ("zbgg", "戊县文化广场工程施工招标公告", "2011-11-03 09:30"),
    ("hydt", "全区建筑业平稳发展", "2013-04-30 09:30"),
}
