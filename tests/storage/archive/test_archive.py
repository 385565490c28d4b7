"""The archive gives back exactly what was added, in order and one by one, whatever a portal sends."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Capture, ChannelEnd, Kind, Lead, Outcome, RunEnd, RunStart, Visit
from storage.archive import Archive
from storage.archive.folder import Damaged, Entry, Stored

RUN = "20141231T160000Z-example_source-1f3a"
BEGIN = datetime(2014, 12, 31, 16, 0, 0, 123456, UTC)
START = RunStart(RUN, "example_source", BEGIN, "full", 'name = "某省建设网"\r\n[manners]\n')
VISIT = Visit("example_source", "zbgg", Kind.NOTICE, "http://www.example.cn/zbgg/1.jhtml", run=RUN)
PAGE = Capture(VISIT, BEGIN, 200, (("Content-Type", "text/html"),), "<p>招标公告</p>".encode())


def kept(archive: Archive, *captures: Capture) -> list[Stored]:
    with archive.writer(START) as writer:
        return [writer.add(capture) for capture in captures]


def records(archive: Archive) -> Iterator[RunStart | RunEnd | Capture]:
    for entry in archive.entries(verify=True):
        assert isinstance(entry, Entry)
        yield entry.record


def survives(tmp_path: Path, capture: Capture) -> None:
    archive = Archive(tmp_path)
    (stored,) = kept(archive, capture)
    expected = replace(capture, id=stored.capture)
    assert list(records(archive)) == [START, expected]
    assert archive.read(stored.warc, stored.position, stored.length) == expected


ANY = st.text(st.characters(), max_size=30)  # lone surrogates too
NAMES = st.one_of(
    ANY,
    st.sampled_from(["Content-Length", "content-length", "Transfer-Encoding", "Set-Cookie", "X-Archive-Orig-Date"]),
    st.sampled_from(["X-Archive-Orig-Content-Length", "Content-Encoding", "Server"]),
)
URLS = st.one_of(ANY, ANY.map("http://www.example.cn/".__add__), ANY.map("file:".__add__))
LEADS = st.builds(Lead, url=ANY, title=ANY, published=ANY, label=ANY)
FORMS = st.lists(st.tuples(ANY, ANY), max_size=3).map(tuple)
VISITS = st.builds(
    Visit,
    source=ANY,
    channel=ANY,
    kind=st.sampled_from(Kind),
    url=URLS,
    lead=st.none() | LEADS,
    page=st.integers(),
    form=st.none() | FORMS,
    hops=st.integers(),
    run=ANY,
)
CAPTURES = st.builds(
    Capture,
    visit=VISITS,
    fetched_at=st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])),
    status=st.integers(-1, 1000),
    headers=st.lists(st.tuples(NAMES, ANY), max_size=5).map(tuple),
    body=st.binary(max_size=200),
    id=st.just("") | st.uuids().map(lambda one: one.hex),
    failure=ANY,
    truncated=st.booleans(),
)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(CAPTURES)
def test_any_capture_survives(tmp_path_factory: pytest.TempPathFactory, capture: Capture) -> None:
    """A capture survives the archive unchanged, whatever a portal or a person put into it."""
    survives(tmp_path_factory.mktemp("any"), capture)


@pytest.mark.parametrize(
    "headers",
    [
        (("Transfer-Encoding", "chunked"), ("Content-Length", "5"), ("Content-Length", "7")),
        (("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("Set-Cookie", "a=1")),
        (("X-Title", "Grüße\x80\xff"), ("X-Han", "公告"), ("X-Lines", "a\r\nSet-Cookie: b\r\n\r\n<html>")),
        (("", "nameless"), ("na me", " v "), ("\x00", "\x00"), ("co:lon", ":"), ("名", "\ud800")),
        (("X-Archive-Orig-Content-Length", "9"), ("Content-Length", "19"), ("x-archive-orig-content-length", "")),
        tuple((f"X-{number}", "v" * 100) for number in range(5000)),
        (("X-Long", "v" * 1_000_000),),
    ],
    ids=["lengths", "repeated", "bytes", "names", "ours", "many", "long"],
)
def test_hostile_headers(tmp_path: Path, headers: tuple[tuple[str, str], ...]) -> None:
    """Headers come back in order, repeated and malformed ones too, and never reach into another header or the body."""
    survives(tmp_path, replace(PAGE, headers=headers))


@pytest.mark.parametrize("status", [1, 100, 204, 304, 404, 599, 999])
def test_any_status(tmp_path: Path, status: int) -> None:
    """A status that no standard knows is kept as it came."""
    survives(tmp_path, replace(PAGE, status=status, body=b""))


def test_large_body(tmp_path: Path) -> None:
    """A body of 20 MB is one record."""
    survives(tmp_path, replace(PAGE, body=bytes(range(256)) * 80_000))


def test_view_state(tmp_path: Path) -> None:
    """A form of 300 KB, as ASP.NET pages send it back, belongs to the visit and comes back with it."""
    form = (("__EVENTTARGET", "ctl00$AspNetPager1"), ("__VIEWSTATE", "dDwtMTI3" * 40_000))
    survives(tmp_path, replace(PAGE, visit=replace(VISIT, form=form)))


def test_no_response(tmp_path: Path) -> None:
    """A visit without an answer is in the archive with its reason."""
    survives(tmp_path, replace(PAGE, status=0, headers=(), body=b"", failure="DNSLookupError: 没有\r\n这个域名"))


def test_brought_file(tmp_path: Path) -> None:
    """A file that a person brings keeps its content type and may be empty."""
    visit = replace(VISIT, kind=Kind.REGISTER, url="file:///home/clerk/登记 2014.csv")
    survives(tmp_path, replace(PAGE, visit=visit, headers=(("Content-Type", "text/csv;charset=gb18030"),), body=b""))


@pytest.mark.parametrize("failure", ["", "length: more than 50000000 bytes", "time: 60 s", "connection lost"])
def test_truncated(tmp_path: Path, failure: str) -> None:
    """A body that was cut is marked as cut, with the reason."""
    survives(tmp_path, replace(PAGE, truncated=True, failure=failure))


def test_run_end(tmp_path: Path) -> None:
    """A run's end comes back with its channels and numbers."""
    channel = ChannelEnd("zbgg", False, "page 7 has no next link", 6, 120, 5505, None)
    end = RunEnd(RUN, BEGIN, Outcome.PARTIAL, "一个栏目没有走完", (channel,), (("requests", 7), ("bytes", 1 << 40)))
    archive = Archive(tmp_path)
    with archive.writer(START) as writer:
        writer.end(end)
    assert list(records(archive)) == [START, end]


def test_rotation(tmp_path: Path) -> None:
    """A long run has several files, each with the run's start, read in the order written."""
    archive = Archive(tmp_path)
    pages = [replace(PAGE, id=f"{number:032x}") for number in range(12)]
    with archive.writer(START, rotate_at=1) as writer:
        stored = [writer.add(page) for page in pages]
    names = archive.files()
    assert names == [f"{RUN}.warc.gz", *(f"{RUN}-{number:04}.warc.gz" for number in range(1, 13))]
    assert [one.warc for one in stored] == names[1:]
    assert [record for record in records(archive) if isinstance(record, Capture)] == pages
    assert list(records(archive)).count(START) == len(names)


def test_starts(tmp_path: Path) -> None:
    """How the files began that are not yet known."""
    archive = Archive(tmp_path)
    other = replace(START, run="20150101T000000Z-example_source-0000", scope="since 2014-12-01")
    for start in (other, START):
        archive.writer(start).close()
    assert list(archive.starts()) == [START, other]
    assert list(archive.starts({f"{RUN}.warc.gz": 0})) == [other]


def test_sync(tmp_path: Path) -> None:
    """A run can ask at any time that what it added lasts; closing twice is closing once."""
    archive = Archive(tmp_path)
    writer = archive.writer(START)
    writer.add(PAGE)
    writer.sync()
    writer.close()
    writer.close()
    assert len(list(records(archive))) == 2


def test_address_that_is_none(tmp_path: Path) -> None:
    """An address that cannot be taken apart is kept with its page all the same."""
    for number, url in enumerate(("http://[1::/x", "http://user:pw@www.example.cn?a#b", "http://www.example.cn//x")):
        survives(tmp_path / str(number), replace(PAGE, visit=replace(VISIT, url=url)))


def test_position_of_an_entry(tmp_path: Path) -> None:
    """An entry's place is the one that add() returned, and reading goes on where it ends."""
    archive = Archive(tmp_path)
    stored = kept(archive, PAGE, replace(PAGE, status=0, body=b"", failure="refused"), PAGE)
    entries = [entry for entry in archive.entries() if isinstance(entry, Entry) and isinstance(entry.record, Capture)]
    assert [(one.warc, one.position, one.length) for one in entries] == [
        (one.warc, one.position, one.length) for one in stored
    ]
    assert all(one.next_position == one.position + one.length for one in entries)
    after = {entries[1].warc: entries[1].next_position}
    assert list(archive.entries(after)) == entries[2:]
    assert list(archive.entries({entries[2].warc: entries[2].next_position})) == []


def test_reading_while_writing(tmp_path: Path) -> None:
    """What add() has returned for can be read at once, before the file has its final name, and after."""
    archive = Archive(tmp_path)
    with archive.writer(START) as writer:
        first = writer.add(PAGE)
        assert archive.files() == [first.warc]
        assert [path.name for path in archive.folder.iterdir()] == [f"{first.warc}.open"]
        position = max(entry.next_position for entry in archive.entries() if isinstance(entry, Entry))
        second = writer.add(PAGE)
        (entry,) = archive.entries({second.warc: position})
        assert isinstance(entry, Entry)
        assert isinstance(entry.record, Capture)
        assert entry.record.id == second.capture
    assert [path.name for path in archive.folder.iterdir()] == [first.warc]
    assert archive.read(first.warc, first.position, first.length).id == first.capture


def test_one_writer_per_run(tmp_path: Path) -> None:
    """A run's file is never written twice, neither beside a living writer nor after it."""
    archive = Archive(tmp_path)
    with archive.writer(START), pytest.raises(FileExistsError):
        archive.writer(START)
    with pytest.raises(FileExistsError):
        archive.writer(START)


@pytest.mark.parametrize("run", ["", "../run", "a/b", ".hidden", "a\n", "公告", "a" * 300])
def test_run_is_a_file_name(tmp_path: Path, run: str) -> None:
    """A run's name cannot lead out of the archive's folder."""
    with pytest.raises(ValueError, match="no file name"):
        Archive(tmp_path).writer(replace(START, run=run))


@pytest.mark.parametrize("name", ["1234", "g" * 32, "A" * 32, "1" * 33, "1" * 31 + "\n"])
def test_capture_id(tmp_path: Path, name: str) -> None:
    """A capture's id is 32 lower-case hex digits."""
    with Archive(tmp_path).writer(START) as writer, pytest.raises(ValueError, match="no capture id"):
        writer.add(replace(PAGE, id=name))


def test_naive_time(tmp_path: Path) -> None:
    """A time without its zone is refused, and nothing of its capture is written."""
    archive = Archive(tmp_path)
    with archive.writer(START) as writer, pytest.raises(ValueError, match="naive"):
        writer.add(replace(PAGE, fetched_at=datetime(2014, 12, 31)))  # noqa: DTZ001
    assert list(records(archive)) == [START]


def test_read_elsewhere(tmp_path: Path) -> None:
    """Reading where no capture is raises Damaged with the place."""
    archive = Archive(tmp_path)
    (stored,) = kept(archive, PAGE)
    position, length = stored.position, stored.length
    places = [(position + 1, length), (position, length - 1), (position, length + 1), (0, position), (10**9, 5), (0, 0)]
    for place in places:
        with pytest.raises(Damaged) as error:
            archive.read(stored.warc, *place)
        assert (error.value.warc, error.value.position) == (stored.warc, place[0])
    with pytest.raises(Damaged, match="No such file"):
        archive.read("absent.warc.gz", 0, 10)


def test_empty_archive(tmp_path: Path) -> None:
    """An archive that nobody has written to has no files, no entries and nothing to repair."""
    archive = Archive(tmp_path / "nothing")
    assert (archive.files(), list(archive.entries()), archive.repair()) == ([], [], [])
