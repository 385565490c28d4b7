"""What evidence tests share: an archive with every oddity that counts, its pack, and ways to change a pack."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from sqlalchemy import Engine

from pipeline.model import Capture, ChannelEnd, Kind, Outcome, RunEnd, RunStart, Visit
from storage.archive import Archive
from storage.derive.run import derive
from storage.evidence.check import digest_text, zip_entry
from storage.evidence.pack import Evidence, write_evidence
from storage.queries.reports import report_rows
from tests.storage.derive.test_findings import PARTS, REPORT_TITLE
from tests.storage.deriving import BEGIN, article, capture, lead, listing

BODY = "{0}：经批准，现对第{1}号路{2}平方米路面工程进行公开招标，投标截止时间另行通知。"
REPORT = (
    "2014年,本局主动公开政府信息共35条,包括:通过某市建设网公开信息32条,其中:招标公告25条,中标公告7条;"
    "通过报刊、广播公开信息3条。按照规定,现将本局信息公开工作情况报告如下。"
)
ENDS = tuple(ChannelEnd(key, True, "last page (1)", 1, n, n, 1) for key, n in (("zb", 25), ("zhb", 8)))
REGISTER = """日期,媒体,标题,证据
2014-03-05,甲日报,甲县保障性住房建设情况通报,第三版
2014-03-05,甲日报,甲县保障性住房建设情况通报,第三版
2014-03-06,乙广播电台,甲县保障性住房建设情况通报,录音
2014-06-08,甲日报,甲县第7号路工程招标公告,第一版
2013-09-07,甲日报,上一年的公告标题之一,第一版
"""
FORMULA = "=甲县第3号路工程招标公告"


def archive_at(root: Path) -> Archive:
    """Tenders and awards of 2014: a repost, a page in two sections, void and doubtful ones, days near the year's ends,
    a title that is a formula, a form with long state, a page as gzip; and the report that claims them."""
    archive, name = Archive(root), "20150105T010000Z-portal-000000"
    with archive.writer(RunStart(name, "portal", BEGIN, "full", PARTS), user_agent="duizhang/0") as writer:
        for one in _captures():
            writer.add(one)
        writer.end(RunEnd(name, BEGIN.replace(hour=3), Outcome.COMPLETE, "walked", ENDS))
    visit = Visit("portal", "", Kind.REGISTER, "file:///home/clerk/list.csv", run="20150105T040000Z-portal-000001")
    with archive.writer(RunStart(visit.run, "portal", BEGIN.replace(hour=4), "register", PARTS)) as writer:
        body = REGISTER.encode()
        writer.add(Capture(visit, BEGIN.replace(hour=4), 200, (("Content-Type", "text/csv"),), body, "ab" * 16))
        writer.end(RunEnd(visit.run, BEGIN.replace(hour=4), Outcome.COMPLETE, "brought by a person"))
    return archive


def _captures() -> list[Any]:
    tenders = [(f"/zb/{n}.jhtml", f"甲县第{n}号路工程招标公告", f"2014-06-{n:02}") for n in range(1, 24)]
    tenders[2] = (tenders[2][0], FORMULA, tenders[2][2])
    tenders.append(("/zb/24.jhtml", "甲县第24号路工程招标公告", "2014-12-31"))
    tenders.append(("/zb/25.jhtml", tenders[0][1], "2014-07-01"))
    tenders[4] = (tenders[4][0], f"{tenders[4][1]}(作废)", tenders[4][2])
    awards = [(f"/zhb/{n}.jhtml", f"乙县第{n}号桥工程中标公示", f"2014-08-{n:02}") for n in range(1, 7)]
    awards += [("/zb/7.jhtml", tenders[6][1], tenders[6][2]), ("/zhb/900.jhtml", REPORT_TITLE, "2015-01-04")]
    found = [
        capture(Kind.LISTING, "/zb/index.jhtml", listing(tenders, len(tenders)), 0),
        capture(Kind.LISTING, "/zhb/index.jhtml", listing(awards, len(awards)), 0, channel="zhb"),
    ]
    for n, (path, title, day) in enumerate(tenders, 1):
        number = 1 if n == 25 else n
        body = BODY.format(title, number, number * 1000)
        found.append(capture(Kind.NOTICE, path, article(title, day, body), n, lead=lead(path, title, day)))
    for n, (path, title, day) in enumerate(awards, 31):
        body = REPORT if n == 38 else BODY.format(title, n, n * 1000)
        if not path.startswith("/zb/"):
            page = article(title, day, body)
            found.append(capture(Kind.NOTICE, path, page, n, channel="zhb", lead=lead(path, title, day)))
    state = (("__VIEWSTATE", "dDwt" * 4000),)
    found[4] = replace(found[4], visit=replace(found[4].visit, form=state))
    return found


def packed(engine: Engine, root: Path, out: Path) -> Evidence:
    """The pack of the archive's report."""
    archive = archive_at(root)
    derive(engine, archive)
    with engine.connect() as connection:
        (report,) = report_rows(connection)
        return write_evidence(connection, archive, report.id, out)


Files = dict[str, bytes]


def files_of(pack: Path) -> Files:
    with ZipFile(pack) as old:
        return {info.filename: old.read(info) for info in old.infolist()}


def written(files: Files, out: Path, created: str = "2015-01-05T04:00:00Z") -> Path:
    """A pack with these files, as the program would lay them out."""
    with ZipFile(out, "w") as new:
        for name, content in files.items():
            new.writestr(zip_entry(name, 0, created), content)
    return out


def resealed(files: Files) -> Files:
    """The files with all digests made right again, as a forger would."""
    about = json.loads(files["datapackage.json"])
    for one in about["resources"]:
        content = files.get(one["path"], b"")
        one["hash"], one["bytes"] = f"sha256:{sha256(content).hexdigest()}", len(content)
    about["resources"] = [one for one in about["resources"] if one["path"] in files]
    package = json.dumps(about, ensure_ascii=False, indent=1).encode() + b"\n"
    return {**files, "datapackage.json": package, "datapackage-digest.json": digest_text(package)}


def changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[Files], Files]:
    """One file changed; the change must change it."""

    def apply(files: Files) -> Files:
        content = change(files[name])
        assert content != files[name]
        return {**files, name: content}

    return apply


def lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    """A change of a file's lines."""
    return lambda content: b"".join(change(content.splitlines(keepends=True)))


def flipped(at: float) -> Callable[[bytes], bytes]:
    """One bit turned, at a share of the length."""

    def apply(content: bytes) -> bytes:
        place = min(int(len(content) * at), len(content) - 1)
        return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    return apply


def claims(change: Callable[[list[Any]], None]) -> Callable[[bytes], bytes]:
    """A change of the claims in findings.json."""

    def apply(content: bytes) -> bytes:
        said = json.loads(content)
        change(said["claims"])
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()

    return apply
