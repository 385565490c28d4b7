"""Evidence packs: a good one passes its own checker without the package, whatever is changed in one is found."""

import csv
import gzip
import io
import json
import shutil
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from sqlalchemy import Engine, insert, select, update

from pipeline.classify.review import Review, ReviewKind
from pipeline.evidence.cdxj import posted_words, sort_key
from storage.archive import Archive
from storage.archive.declarations import declared
from storage.archive.warc import Members
from storage.derive.findings import refresh_findings
from storage.derive.run import derive
from storage.derive.schema import upgrade
from storage.evidence import warc as evidence_warc
from storage.evidence.check import problems
from storage.evidence.pack import write_evidence
from storage.export.postings import ExportRefused
from storage.notices.reviews import record_review
from storage.queries.reports import report_rows
from storage.tables import core as t
from storage.tables.database import database_url, engine_of
from storage.tables.likeness import doubtful_merges
from tests.storage.deriving import BEGIN
from tests.storage.evidence.packing import changed, claims, files_of, flipped, lines, packed, resealed, written


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The archive's folder and its pack, made once."""
    root = tmp_path_factory.mktemp("archive")
    engine = engine_of(database_url(root))
    upgrade(engine)
    evidence = packed(engine, root, root / "pack.wacz")
    engine.dispose()
    return root, evidence


@pytest.fixture
def pack(made) -> Path:
    return made[1].path


def checked(pack: Path, folder: Path) -> tuple[int, str]:
    """Exit code and words of the pack's own checker, run in an empty folder without any package."""
    place = folder / "empty"
    place.mkdir(exist_ok=True)
    (folder / "check.py").write_bytes(CHECKER.read_bytes())
    command = [sys.executable, "-I", "-S", str(folder / "check.py"), str(pack)]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


CHECKER = Path(__file__).parents[3] / "storage" / "evidence" / "check.py"


def rows_of(pack: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files_of(pack)[name].decode("utf-8-sig"))))


def test_a_good_pack_passes(made, tmp_path):
    """The checker alone passes the pack, as a ZIP and unpacked, and prints the seal that was told."""
    _, evidence = made
    assert files_of(evidence.path)["evidence/check.py"] == CHECKER.read_bytes()
    with ZipFile(evidence.path) as pack:
        pack.extractall(tmp_path / "unpacked")
    for path in (evidence.path, tmp_path / "unpacked"):
        assert checked(path, tmp_path) == (0, f"OK, seal sha256:{evidence.seal}\n")


def test_the_same_archive_gives_the_same_bytes(made, tmp_path):
    """Nothing of the clock or of chance is in a pack, not after a rebuild either."""
    root, evidence = made
    engine = engine_of(database_url(tmp_path))
    upgrade(engine)
    derive(engine, Archive(root))
    with engine.connect() as connection:
        (report,) = report_rows(connection)
        again = write_evidence(connection, Archive(root), report.id, tmp_path / "again.zip")
    assert again.path.read_bytes() == evidence.path.read_bytes()
    engine.dispose()


def test_everything_is_stored_in_one_way(pack):
    """No entry is compressed, all have the archive's time, and the digests come last."""
    with ZipFile(pack) as found:
        assert {info.compress_type for info in found.infolist()} == {ZIP_STORED}
        assert {info.date_time for info in found.infolist()} == {(2015, 1, 5, 4, 0, 0)}
        assert found.namelist()[-2:] == ["datapackage.json", "datapackage-digest.json"]


def test_rows_can_be_counted_by_anyone(pack):
    """Of 25 tenders one repeats the first; of 7 awards one is a tender's page and one the report itself."""
    rows = rows_of(pack, "rows/claim-0001.csv")
    counted = Counter(word for row in rows for word in row["counts_as"].split() if "1" in row["slices"].split())
    assert counted == {"postings": 32, "pages": 31, "documents": 30}
    assert [row["title"] for row in rows if row["void"] == "yes"] == ["甲县第5号路工程招标公告(作废)"]
    assert [row["title"] for row in rows if row["title"].startswith("'")] == ["'=甲县第3号路工程招标公告"]
    assert {row["stands_in_capture"] for row in rows} == {"title day"}


def test_records_are_copied_as_they_are(made, pack):
    """Every record of the pack's WARC file stands in the archive's, with its request before it."""
    root, _ = made
    archived = b"".join(path.read_bytes() for path in sorted((root / "warc").iterdir()))
    mine = files_of(pack)["archive/evidence-0000.warc.gz"]
    members, kinds = Members(io.BytesIO(mine), 0), []
    while True:
        start, content = members.position, members.next()
        if content is None:
            break
        assert mine[start : members.position] in archived
        kinds.append(content.split(b"WARC-Type: ")[1].split(b"\r\n")[0].decode())
    assert kinds[:6] == ["warcinfo", "metadata", "request", "response", "request", "response"]
    assert Counter(kinds) == {"warcinfo": 2, "metadata": 3, "request": 32, "response": 32, "resource": 1}


def test_what_is_not_the_archives_state_is_refused(made, tmp_path):
    """A pack of findings that the tables no longer give is not written; neither is a second file over the first."""
    root, _ = made
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    engine = engine_of(database_url(copy))
    with engine.begin() as connection:
        (report,) = report_rows(connection)
        connection.exec_driver_sql("UPDATE findings SET count = count + 1 WHERE number = 2")
    with engine.connect() as connection:
        with pytest.raises(ExportRefused, match="derive"):
            write_evidence(connection, Archive(copy), report.id, tmp_path / "new.wacz")
        with pytest.raises(ExportRefused, match="exists"):
            write_evidence(connection, Archive(copy), report.id, copy / "pack.wacz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy"]
    engine.dispose()


def dropped(name: str):
    return lambda files: {key: value for key, value in files.items() if key != name}


def renamed(old: str, new: str):
    return lambda files: {new if key == old else key: value for key, value in files.items()}


def without_a_capture(warc: bytes) -> bytes:
    """The last record taken out of the file."""
    members, starts = Members(io.BytesIO(warc), 0), []
    while members.next() is not None:
        starts.append(members.position)
    return warc[: starts[-2]]


def repacked(warc: bytes) -> bytes:
    """A page changed, and its record packed again as it was."""
    return b"".join(gzip.compress(one.replace(b"HTTP/1.1 200", b"HTTP/1.1 203"), mtime=0) for one in contents(warc))


def contents(warc: bytes) -> list[bytes]:
    members, found = Members(io.BytesIO(warc), 0), []
    while (content := members.next()) is not None:
        found.append(content)
    return found


def cell(column: str, value: str, line: int = 1):
    """A row list with another value in one cell."""

    def apply(content: bytes) -> bytes:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        rows[line][rows[0].index(column)] = value
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return b"\xef\xbb\xbf" + text.getvalue().encode()

    return apply


def raised(found):
    """One more in every count of the third claim, bounds and all."""
    for one in found[2]["findings"]:
        for name in ("count", "low", "high"):
            if one[name] is not None:
                one[name] += 1


ROWS, FINDINGS, WARC = "rows/claim-0003.csv", "evidence/findings.json", "archive/evidence-0000.warc.gz"
LISTED, BESIDE = "rows/claim-0005-register.csv", "rows/claim-0001-register.csv"
INDEX, PAGES = "indexes/index.cdx", "pages/pages.jsonl"

# What somebody may do to the files and leave the digests.
CARELESS = {
    **{
        f"a bit of {name} at {at}": changed(name, flipped(at))
        for name in (ROWS, FINDINGS, WARC, INDEX, PAGES, "datapackage.json", "datapackage-digest.json")
        for at in (0.1, 0.5, 1.0)
    },
    **{
        f"a bit of {name}": changed(name, flipped(0.5))
        for name in ("evidence/report.txt", "evidence/coverage.json", "evidence/coverage.txt", "evidence/source.toml")
    },
    **{
        f"a bit of {name}": changed(name, flipped(0.5))
        for name in ("evidence/reviews.json", "evidence/README.txt", "evidence/check.py", "evidence/merges.csv")
    },
    "a row dropped": changed(ROWS, lines(lambda found: found[:-1])),
    "a row twice": changed(ROWS, lines(lambda found: [*found, found[-1]])),
    "a file added": lambda files: {**files, "evidence/more.txt": b"x"},
    "a file dropped": dropped("evidence/coverage.txt"),
    "a file renamed": renamed("evidence/coverage.txt", "evidence/coverage2.txt"),
    "the digest of the digests dropped": dropped("datapackage-digest.json"),
    "a file emptied": changed("evidence/report.txt", lambda _: b""),
}
# What somebody may do who makes all digests right again.
CAREFUL = {
    "a row dropped": changed(ROWS, lines(lambda found: found[:-1])),
    "a row dropped from the whole": changed("rows/claim-0001.csv", lines(lambda found: [found[0], *found[2:]])),
    "a row twice": changed(ROWS, lines(lambda found: [*found, found[-1]])),
    "a row added": changed(ROWS, lambda found: found + found.splitlines(keepends=True)[-1].replace(b"zb/", b"zx/", 1)),
    "a row of another claim": changed("rows/claim-0004.csv", cell("bucket", "industry_news")),
    "a registered row dropped": changed(LISTED, lines(lambda found: found[:-1])),
    "a registered row of another medium": changed(LISTED, cell("kind", "weibo")),
    "a registered content told apart": changed(LISTED, cell("content", "x")),
    "a registered row that the portal lacks": changed(BESIDE, cell("on_portal", "no", -1)),
    "a row moved to another year": changed(ROWS, cell("day", "2013-06-01")),
    "a row moved to another section": changed(ROWS, cell("channel", "zhb")),
    "a row called void": changed(ROWS, cell("counts_as", "postings pages")),
    "a repost called a document": changed(ROWS, cell("document_by", "x")),
    "a row at the year's end moved away": changed(ROWS, cell("day", "2014-12-01", -1)),
    "a row withdrawn": changed(ROWS, cell("state", "gone", 4)),
    "another title": changed(ROWS, cell("title", "丙县第9号路工程招标公告")),
    "another day": changed(ROWS, cell("day", "2014-06-30")),
    "a void row that is none": changed("rows/claim-0001.csv", cell("void", "no", 5)),
    "another digest": changed(ROWS, cell("digest", "0" * 64)),
    "another place": changed(ROWS, cell("offset", "17")),
    "another capture": changed(ROWS, cell("capture", "0" * 32)),
    "a column less": changed(ROWS, lambda found: found.replace(b",stands_in_capture", b"", 1)),
    "a capture taken out": changed(WARC, without_a_capture),
    "a page changed": changed(WARC, repacked),
    "a record cut": changed(WARC, lambda found: found[:-9]),
    "bytes behind the records": changed(WARC, lambda found: found + b"x"),
    "the index cut": changed(INDEX, lines(lambda found: found[:-1])),
    "the index doubled": changed(INDEX, lines(lambda found: [found[0], *found])),
    "the index in disorder": changed(INDEX, lines(lambda found: found[::-1])),
    "a page that is not in the index": changed(PAGES, lambda found: found.replace(b"/zb/1.jhtml", b"/zb/77.jhtml")),
    "a count": changed(FINDINGS, claims(lambda found: found[2]["findings"][1].update(count=26))),
    "every count": changed(FINDINGS, claims(raised)),
    "a lower bound": changed(FINDINGS, claims(lambda found: found[2]["findings"][1].update(low=25))),
    "an upper bound": changed(FINDINGS, claims(lambda found: found[2]["findings"][1].update(high=99))),
    "a verdict": changed(FINDINGS, claims(lambda found: found[2]["findings"][0].update(verdict="overclaimed"))),
    "a verdict of one way": changed(
        FINDINGS, claims(lambda found: found[2]["findings"][-1].update(verdict="consistent"))
    ),
    "a claimed number": changed(FINDINGS, claims(lambda found: found[2].update(count=24))),
    "what is right": changed(FINDINGS, claims(lambda found: found[2]["right"].update(low=24, high=24))),
    "a quote": changed(FINDINGS, claims(lambda found: found[2].update(text="招标公告26条"))),
    "a doubt": changed(FINDINGS, claims(lambda found: found[2]["findings"][1]["terms"][0]["doubts"][0].update(less=7))),
    "a doubt left out": changed(FINDINGS, claims(lambda found: found[2]["findings"][1]["terms"][0]["doubts"].clear())),
    "a way of counting left out": changed(FINDINGS, claims(lambda found: found[2]["findings"].pop())),
    "a finding about a sum": changed(FINDINGS, claims(lambda found: found[0]["findings"].pop())),
    "a narrower slice": changed(FINDINGS, claims(lambda found: found[2]["slices"][0].update(until=201406))),
    "no findings": changed(FINDINGS, lambda _: b"{}"),
    "findings nested without end": changed(FINDINGS, lambda _: b"[" * 200_000),
    "the report's text": changed("evidence/report.txt", lambda found: found.replace(b"25", b"26")),
}


@pytest.mark.parametrize("harm", CARELESS.values(), ids=CARELESS)
def test_careless_changes_are_found(pack, tmp_path, harm):
    """A flipped bit, a row, a file more or less: the checker fails and says what, for the ZIP and for a folder."""
    files = harm(files_of(pack))
    path = written(files, tmp_path / "bad.wacz")
    code, words = checked(path, tmp_path)
    assert code == 1
    assert "WRONG" in words
    for name, content in files.items():
        (tmp_path / "bad" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "bad" / name).write_bytes(content)
    assert checked(tmp_path / "bad", tmp_path)[0] == 1


@pytest.mark.parametrize("harm", CAREFUL.values(), ids=CAREFUL)
def test_careful_changes_are_found(pack, tmp_path, harm):
    """With all digests made right again, rows, records and findings still contradict each other."""
    path = written(resealed(harm(files_of(pack))), tmp_path / "bad.wacz")
    code, words = checked(path, tmp_path)
    assert code == 1
    assert "SHA-256" not in words, "the digests should be right"


def test_a_resealed_pack_is_as_good_but_has_another_seal(pack, made, tmp_path):
    """What is bound by nothing but the digests (here the README) can be forged: the seal tells, as the README says."""
    files = resealed(changed("evidence/README.txt", lambda found: found + b"x")(files_of(pack)))
    code, words = checked(written(files, tmp_path / "forged.wacz"), tmp_path)
    assert code == 0
    assert made[1].seal not in words


def test_every_byte_of_the_container_counts(pack, tmp_path):
    """No bit of the ZIP file's own structure can be turned, nothing can stand before, between or behind."""
    whole = pack.read_bytes()
    with ZipFile(pack) as found:
        heads = [(info.header_offset, 30 + len(info.filename)) for info in found.infolist()]
        directory = found.start_dir
    first, last = (range(start, start + size) for start, size in (heads[0], heads[-1]))
    places = [*first, *last, *range(directory, len(whole), 7)]
    bad = tmp_path / "bad.wacz"
    for place in places:
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        assert next(problems(str(bad)), ""), place
    for content in (b"x" + whole, whole + b"x", whole[:-1], whole[:1000], b""):
        bad.write_bytes(content)
        assert checked(bad, tmp_path)[0] == 1


def test_keys_of_the_index():
    """As warcio.js sorts addresses, which pywb's own index agreed with on 5,753 records."""
    assert sort_key("http://www.Example.cn/A/1.jhtml?b=2&a=1") == "cn,example)/a/1.jhtml?a=1&b=2"
    assert sort_key("https://example.cn:8443") == "cn,example:8443)/"
    assert sort_key("http://127.0.0.1:80/x") == "1,0,0,127)/x"
    assert sort_key("file:///home/X.txt") == "file:///home/x.txt"
    assert sort_key("http://[::bad/x") == "http://[::bad/x"


def test_what_was_posted_is_in_the_key(pack):
    """As cdxj-indexer has it: the form, or the innermost names of JSON; no page of the list was asked for by a form."""
    assert posted_words(None, "") == ""
    assert posted_words([["page", "2"], ["标题", "a b"]], "") == "page=2&%E6%A0%87%E9%A2%98=a+b"
    assert posted_words(None, '{"a": 1, "b": {"a": [2, 3]}}') == "a=1&a.2_=2&a.3_=3"
    assert posted_words(None, "[" * 100_000) == posted_words(None, "{") == "_="
    files = files_of(pack)
    asked = [json.loads(line.split(b" ", 2)[2]) for line in files["indexes/index.cdx"].splitlines() if b"POST" in line]
    assert [one["url"] for one in asked] == ["http://portal.test/zb/3.jhtml"]
    assert b"/zb/3.jhtml" not in files["pages/pages.jsonl"]


def test_coverage_and_declaration_are_told(pack):
    """The certificate names every section with what was stated and held; the declaration is the one of the run."""
    files = files_of(pack)
    certificate = json.loads(files["evidence/coverage.json"])
    held = {one["channel"]: one["held"] for one in certificate["certificates"] if one["year"] == 0}
    assert held == {"zb": 25, "zhb": 8}
    assert "zb" in files["evidence/coverage.txt"].decode()
    assert b'key = "zb"' in files["evidence/source.toml"]


def test_an_unpacked_engine(engine: Engine, tmp_path):
    """The same pack is made on PostgreSQL as on SQLite."""
    evidence = packed(engine, tmp_path / "a", tmp_path / "pack.wacz")
    assert evidence.rows == 103


@pytest.fixture
def copy(made, tmp_path):
    """The archive's folder once more, to be changed, and an engine on its tables."""
    root = tmp_path / "copy"
    shutil.copytree(made[0], root)
    engine = engine_of(database_url(root))
    yield root, engine
    engine.dispose()


def test_every_doubt_follows_from_the_rows(copy, tmp_path):
    """Late, withdrawn and perhaps merged rows: the checker counts each from the rows, as the finding has them."""
    root, engine = copy
    early = BEGIN - timedelta(days=20)
    with engine.begin() as connection:
        ids = list(
            connection.scalars(select(t.postings.c.id).where(t.postings.c.channel == "zb").order_by("published_on"))
        )
        state = {"source": "portal", "since": BEGIN, "decided": BEGIN, "capture": "", "run": "r", "reason": ""}
        steps = ((ids[3], 1, "gone"), (ids[4], 1, "gone"), (ids[4], 2, "present"), (ids[5], 1, "unlisted"))
        rows = [{**state, "posting": id_, "number": n, "state": word} for id_, n, word in steps]
        connection.execute(insert(t.states), rows)
        pair = {"reason": "alike", "is_alike": False, "decided_by": "rule"}
        connection.execute(
            insert(doubtful_merges), [{**pair, "a": ids[8], "b": ids[9]}, {**pair, "a": ids[8], "b": ids[10]}]
        )
        connection.execute(update(t.coverage).values(first_observed=early))
        connection.execute(
            update(t.postings).where(t.postings.c.id == ids[6]).values(first_seen=BEGIN + timedelta(days=9))
        )
        refresh_findings(connection, declared(connection, Archive(root)))
    with engine.connect() as connection:
        (report,) = report_rows(connection)
        evidence = write_evidence(connection, Archive(root), report.id, tmp_path / "doubts.wacz")
    said = json.loads(files_of(evidence.path)["evidence/findings.json"])
    way = next(one for one in said["claims"][2]["findings"] if one["definition"] == "documents")
    (term,) = way["terms"]
    assert {one["kind"]: one["less"] for one in term["doubts"]} == {
        "years_end": 1,
        "late": 1,
        "withdrawn": 2,
        "merges": 2,
    }
    assert checked(evidence.path, tmp_path)[0] == 0
    for harm in (cell("state", "present", 4), cell("first_seen", "2014-01-01T00:00:00.000000Z", 7)):
        files = resealed(changed("rows/claim-0003.csv", harm)(files_of(evidence.path)))
        assert checked(written(files, tmp_path / "bad.wacz", said["as_of"]), tmp_path)[0] == 1
    files = resealed(changed("evidence/merges.csv", lines(lambda found: found[:-1]))(files_of(evidence.path)))
    assert checked(written(files, tmp_path / "bad.wacz", said["as_of"]), tmp_path)[0] == 1


def test_decisions_of_people_are_told(copy, tmp_path):
    """Those about rows and about the report's claims, taken back ones too; none about what is not in the pack."""
    root, engine = copy
    at = BEGIN + timedelta(days=1)
    with engine.begin() as connection:
        (report,) = report_rows(connection)
        row = connection.scalar(select(t.postings.c.id).where(t.postings.c.channel == "zb").limit(1))
        for kind, subject in ((ReviewKind.CATEGORY, (row,)), (ReviewKind.CATEGORY, ("elsewhere",))):
            record_review(connection, Review(kind, subject, "correction", "甲", at, "见标题"))
        record_review(connection, Review(ReviewKind.SAME, ("elsewhere", row), "different", "甲", at))
        record_review(connection, Review(ReviewKind.MAPPING, ("another", "1"), "", "甲", at))
    with engine.connect() as connection:
        evidence = write_evidence(connection, Archive(root), report.id, tmp_path / "reviews.wacz")
    told = json.loads(files_of(evidence.path)["evidence/reviews.json"])
    assert [(one["kind"], one["subject"], one["by"]) for one in told] == [
        ("category", row, "甲"),
        ("same", f"elsewhere {row}", "甲"),
    ]


def test_a_damaged_capture_is_not_handed_out(copy, tmp_path):
    """A pack whose captures the archive no longer has whole is refused, and nothing is left behind."""
    root, engine = copy
    warc = min((root / "warc").iterdir())
    content = bytearray(warc.read_bytes())
    content[len(content) // 2] ^= 1
    warc.write_bytes(content)
    with engine.connect() as connection:
        (report,) = report_rows(connection)
        with pytest.raises(ExportRefused, match="damaged"):
            write_evidence(connection, Archive(root), report.id, tmp_path / "new.wacz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy"]


def test_many_files(copy, tmp_path, monkeypatch):
    """A large pack has several WARC files, each of which begins with what says who wrote it."""
    root, engine = copy
    monkeypatch.setattr(evidence_warc, "ROTATE_AT", 9000)
    with engine.connect() as connection:
        (report,) = report_rows(connection)
        made = write_evidence(connection, Archive(root), report.id, tmp_path / "many.wacz")
    files = {name: content for name, content in files_of(made.path).items() if name.startswith("archive/")}
    assert len(files) > 3
    assert all(contents(content)[0].startswith(b"WARC/1.1\r\nWARC-Type: warcinfo") for content in files.values())
    assert checked(made.path, tmp_path)[0] == 0
