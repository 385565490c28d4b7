"""Checks an evidence pack of Duizhang 核对证据包: python check.py PACK.wacz (or the folder that it was unpacked to).

Needs Python 3.8 or newer and nothing else. Exit code 0: everything fits together; 1: something does not, and it is
said what; 2: wrong use. evidence/README.txt says what this proves and what it does not.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import html
import io
import json
import os
import re
import sys
import unicodedata
import zipfile
import zlib
from collections import Counter
from datetime import date, timedelta
from typing import Any, BinaryIO, Iterator  # noqa: UP035  # what Python 3.8 has

COLUMNS = (
    *("id", "page", "document", "title", "day", "channel", "bucket", "type", "area", "void", "state", "first_seen"),
    *("url", "counts_as", "page_by", "document_by", "slices", "capture", "fetched_at", "digest", "warc", "offset"),
    *("length", "archive_warc", "archive_offset", "stands_in_capture"),
)
REGISTER = ("medium", "title", "day", "evidence", "capture", "row")
AWARDS = {"award_candidates", "award_result", "award_notice_unspecified"}
OPEN = "award_notice_unspecified"  # 中标公示 alone
BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, EOFError, RecursionError, zlib.error)
LARGEST = 1 << 28  # bytes of one record
SUMS = ("sum_adds_up", "sum_differs")


class Pack:
    """The files of a pack, in a ZIP or in a folder."""

    def __init__(self, path: str) -> None:
        self.path, self.zip = path, None if os.path.isdir(path) else zipfile.ZipFile(path)  # noqa: PTH112

    def names(self) -> list[str]:
        if self.zip:
            return self.zip.namelist()
        walked = ((folder, name) for folder, _, names in os.walk(self.path) for name in names)
        return [os.path.relpath(os.path.join(*one), self.path).replace(os.sep, "/") for one in walked]  # noqa: PTH118

    def open(self, name: str) -> Any:
        return self.zip.open(name) if self.zip else open(os.path.join(self.path, name), "rb")  # noqa: PTH118, PTH123

    def read(self, name: str) -> bytes:
        with self.open(name) as file:
            return bytes(file.read())

    def rows(self, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
        with self.open(name) as file:
            lines = csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline=""))
            if tuple(next(lines)) != columns:
                raise ValueError(f"{name} has other columns")
            for line in lines:
                if len(line) != len(columns):
                    raise ValueError(f"{name} has a row of {len(line)} cells")
                yield dict(zip(columns, line))  # noqa: B905  # Python 3.8


def zip_entry(name: str, size: int, created: str) -> zipfile.ZipInfo:
    """An entry as packs have it: uncompressed, the pack's time as its own."""
    when = tuple(map(int, re.findall("[0-9]+", created)[:6]))
    entry = zipfile.ZipInfo(name, max(when, (1980, 1, 1, 0, 0, 0)))  # type: ignore[arg-type]
    entry.file_size, entry.create_system, entry.external_attr = size, 3, 0o644 << 16
    return entry


def digest_text(datapackage: bytes) -> bytes:
    """The whole of datapackage-digest.json; its hash is the pack's seal 封印."""
    said = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(datapackage).hexdigest()}
    return (json.dumps(said, indent=1) + "\n").encode()


class Same:
    """Takes what would be written and compares it with the file that is there."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.at, self.bad = file, 0, set()  # type: ignore[var-annotated]

    def write(self, data: bytes) -> int:
        self.file.seek(self.at)
        (self.bad.discard if self.file.read(len(data)) == data else self.bad.add)(self.at)  # a header comes twice
        self.at += len(data)
        return len(data)

    def seek(self, at: int) -> None:
        self.at = at

    def tell(self) -> int:
        return self.at

    def flush(self) -> None:
        """Nothing is kept back."""


def container(pack: Pack, created: str) -> Iterator[str]:
    """The ZIP file is, byte for byte, what its entries make; nothing hides between or behind them."""
    assert pack.zip is not None
    with open(pack.path, "rb") as file:  # noqa: PTH123
        same = Same(file)
        with zipfile.ZipFile(same, "w") as again:  # type: ignore[call-overload]
            for info in pack.zip.infolist():
                with (
                    pack.open(info.filename) as old,
                    again.open(zip_entry(info.filename, info.file_size, created), "w") as new,
                ):
                    while piece := old.read(1 << 20):
                        new.write(piece)
        if same.bad or same.tell() != os.path.getsize(pack.path):  # noqa: PTH202
            yield f"{pack.path}: the ZIP file was changed around its files, first at byte {min(same.bad, default=same.tell())}"


def files(pack: Pack) -> Iterator[str]:
    """Every file is listed with its right size and SHA-256, and no other file is there."""
    names = pack.names()
    if pack.zip and any(info.compress_type for info in pack.zip.infolist()):
        raise ValueError("a file in the ZIP is compressed; packs hold them as they are")
    about = pack.read("datapackage.json")
    if pack.read("datapackage-digest.json") != digest_text(about):
        yield "datapackage-digest.json does not have the SHA-256 of datapackage.json"
    said = json.loads(about)
    listed = {one["path"]: one for one in said["resources"]}
    expected = sorted([*(one["path"] for one in said["resources"]), "datapackage.json", "datapackage-digest.json"])
    if sorted(names) != expected:
        yield f"files missing, added or twice: {sorted((Counter(names) - Counter(expected)) + (Counter(expected) - Counter(names)))}"
    for name in sorted(set(names) & set(listed)):
        running, size = hashlib.sha256(), 0
        with pack.open(name) as file:
            while piece := file.read(1 << 20):
                running.update(piece)
                size += len(piece)
        if (size, "sha256:" + running.hexdigest()) != (listed[name]["bytes"], listed[name]["hash"]):
            yield f"{name} does not have the SHA-256 and size that datapackage.json states"
    if pack.zip:
        yield from container(pack, said["created"])


# --- the captures ----------------------------------------------------------------------------------------------------


def members(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Offset, length and content of each gzip member."""
    offset, ahead = 0, file.read(1 << 16)
    while ahead:
        stream, parts, used, size = zlib.decompressobj(31), [], 0, 0
        while not stream.eof:
            ahead = ahead or file.read(1 << 16)
            if not ahead:
                raise ValueError(f"the WARC file ends inside the record at {offset}")
            parts.append(stream.decompress(ahead, LARGEST))
            rest = stream.unconsumed_tail or stream.unused_data
            used, size, ahead = used + len(ahead) - len(rest), size + len(parts[-1]), rest
            if size > LARGEST:
                raise ValueError(f"the record at {offset} is too large")
        yield offset, used, b"".join(parts)
        offset, ahead = offset + used, ahead or file.read(1 << 16)


def record(content: bytes) -> tuple[dict[str, str], bytes]:
    """Named fields and block of a WARC record whose digests are right. Raises ValueError."""
    head, _, block = content.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if not head.startswith(b"WARC/1.") or int(fields["content-length"]) != len(block) - 4 or block[-4:] != b"\r\n\r\n":
        raise ValueError("no WARC record, or not of the length that it states")
    block = block[:-4]
    body = payload(fields, block)
    for name, data in (("warc-block-digest", block), ("warc-payload-digest", body)):
        if name in fields and fields[name] != "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode():
            raise ValueError(f"{fields.get('warc-record-id')} does not have its {name}")
    return fields, block


def payload(fields: dict[str, str], block: bytes) -> bytes:
    """What the server sent, without the HTTP head."""
    return block.partition(b"\r\n\r\n")[2] if fields.get("warc-type") == "response" else block


def plain(text: str) -> str:
    """The text without tags, white space, and differences of width."""
    return "".join(unicodedata.normalize("NFKC", html.unescape(re.sub(r"<[^<>]{1,2000}>", "", text))).split())


def texts(fields: dict[str, str], block: bytes, before: bytes) -> list[str]:
    """What a capture says: its page, and what the list said of it when it was visited."""
    body, head = payload(fields, block), block[:20000].partition(b"\r\n\r\n")[0].lower()
    if b"content-encoding: gzip" in head or b"content-encoding: deflate" in head:
        for bits in (47, -15):
            try:
                body = zlib.decompressobj(bits).decompress(body, LARGEST)
                break
            except zlib.error:
                continue
    for charset in ("utf-8", "gb18030", "latin-1"):
        try:
            page = body.decode(charset)
            break
        except UnicodeDecodeError:
            continue
    page = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), page)
    visit = before.decode("latin-1") if before else fields.get("duizhang-visit", "")
    visit = json.loads(json.loads(visit)["duizhang-visit"]) if before else json.loads(visit or "{}")
    lead = visit.get("lead") or {}
    return [plain(page), plain(lead.get("title", "") + " " + lead.get("published", ""))]


def stands(said: list[str], title: str, day: str) -> str:
    """Which of title and day stand word for word in what a capture says: "title day", "title", "day" or ""."""
    wanted = plain(title[1:] if title[:1] == "'" else title)
    year, month, number = (day.split("-") + ["", ""])[:3] if day else ("x", "x", "x")
    form = rf"{year}(?:[-/.年]0?{int(month)}[-/.月]0?{int(number)}|{month}{number})(?![0-9])" if day else "(?!)"
    found = [
        ("title", any(wanted and wanted in one for one in said)),
        ("day", any(re.search(form, one) for one in said)),
    ]
    return " ".join(word for word, is_there in found if is_there)


def captures(pack: Pack, rows: dict[str, set[tuple[str, ...]]]) -> Iterator[str]:
    """Every record is whole, every row's capture is where the row says, with its digest, title and day."""
    places: dict[tuple[str, int, int], str] = {}
    for name in sorted(name for name in pack.names() if name.startswith("archive/")):
        before = b""
        with pack.open(name) as file:
            for offset, length, content in members(file):
                fields, block = record(content)
                if fields.get("warc-type") in ("response", "resource"):
                    id_, own = fields["warc-record-id"][10:-1].replace("-", ""), fields["warc-payload-digest"]
                    places[os.path.basename(name), offset, length] = own  # noqa: PTH119
                    said = texts(fields, block, before) if id_ in rows else []
                    own = base64.b32decode(own[7:]).hex()
                    for title, day, seen, *place in rows.pop(id_, ()):
                        if place != [own, os.path.basename(name), str(offset), str(length)]:  # noqa: PTH119
                            yield f"the capture {id_} of {title!r} has another digest or place than its row says"
                        if seen != stands(said, title, day):
                            yield f"the capture {id_} does not say what its row says: {title!r} {day}"
                before = block if "duizhang-visit-of" in fields else b""
    yield from (f"the capture {id_} of {min(found)[0]!r} is in no WARC file" for id_, found in sorted(rows.items()))
    yield from index(pack, places)


def index(pack: Pack, places: dict[tuple[str, int, int], str]) -> Iterator[str]:
    """The index has every capture once, in order; the list of pages only has pages of the index."""
    lines = pack.read("indexes/index.cdxj").decode().splitlines()
    listed: Counter[tuple[str, int, int]] = Counter()
    moments = set()
    for line in lines:
        said = json.loads(line.split(" ", 2)[2])
        place = said["filename"], int(said["offset"]), int(said["length"])
        listed[place] += 1
        moments.add((said["url"], line.split(" ", 2)[1]))
        if places.get(place) != said["digest"]:
            yield f"the index has a wrong place or digest: {line[:200]}"
    if lines != sorted(lines) or listed != Counter(places):
        yield "the index does not have every capture once, in order"
    for page in map(json.loads, pack.read("pages/pages.jsonl").decode().splitlines()[1:]):
        if (page["url"], re.sub("[^0-9]", "", page["ts"])) not in moments:
            yield f"the list of pages has one that is not in the index: {page['url']}"


# --- the counts ------------------------------------------------------------------------------------------------------


class Slice:
    """What the rows of a claim add up to in one slice of the archive."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said, self.counts, self.less = said, Counter(), Counter()  # type: ignore[var-annotated]
        since, until = said["since"], said["until"]
        near = 3 if not since or until - since >= 11 else 1
        last = date(until // 100 + until % 100 // 12, until % 100 % 12 + 1, 1) - timedelta(1)
        first = date(since // 100, since % 100, 1) if since else date.min
        self.spans = [(last - timedelta(near - 1), last)] + ([(first, first + timedelta(near - 1))] if since else [])
        self.period = str(first), str(last)
        types = set(said.get("types", ()))
        self.is_open = OPEN in types and not types >= AWARDS

    def has(self, row: dict[str, str]) -> bool:
        chosen = (("channel", "channels"), ("bucket", "buckets"), ("type", "types"), ("area", "areas"))
        return self.period[0] <= row["day"] <= self.period[1] and all(
            not self.said[names] or row[name] in self.said[names] for name, names in chosen
        )

    def add(self, row: dict[str, str], pairs: dict[str, Counter[str]]) -> None:
        for word in row["counts_as"].split():
            self.counts[word, True] += 1
            self.counts[word, False] += row["void"] == "no"
        self.less["years_end"] += sum(str(first) <= row["day"] <= str(last) for first, last in self.spans)
        late = self.said["late_after"].get(row["channel"], "~")
        self.less["late"] += row["first_seen"] > late and row["day"] < str(self.spans[0][0])
        self.less["withdrawn"] += row["state"] in ("gone", "unlisted")
        self.less["category"] += self.is_open and row["type"] == OPEN
        for side, found in pairs.items():
            self.less[side] += found[row["id"]]

    def doubt(self, kind: str) -> int:
        return max(self.less["a"], self.less["b"]) if kind == "merges" else self.less[kind]


def claim_rows(pack: Pack, claim: dict[str, Any], pairs: dict[str, Counter[str]]) -> Iterator[Any]:
    """The claim's slices filled with its rows; what is wrong with a row as text; and each row."""
    slices = [Slice(said) for said in claim["slices"]]
    seen: set[Any] = set()
    for row in pack.rows(claim["rows"], COLUMNS) if claim["rows"] else ():
        inside = [one for one in slices if one.said["scope"] != "register" and one.has(row)]
        for one in inside:
            one.add(row, pairs)
        counts_as = (
            ["postings"] + ["pages"] * (row["page_by"] == row["id"]) + ["documents"] * (row["document_by"] == row["id"])
        )
        numbers = [str(number) for number, one in enumerate(slices, 1) if one in inside]
        if (
            row["id"] in seen
            or not inside
            or (row["slices"], row["counts_as"]) != (" ".join(numbers), " ".join(counts_as))
        ):
            yield f"{claim['rows']}: {row['id']} stands twice, or is not counted as it says"
        seen.add(row["id"])
        yield row
    for row in pack.rows(claim["register"], REGISTER) if claim["register"] else ():
        key = row["medium"], row["title"], row["day"]
        for one in slices:
            if one.said["scope"] == "register" and one.period[0] <= row["day"] <= one.period[1] and key not in seen:
                one.counts["postings", True] += 1
        seen.add(key)
    yield slices


def within(right: dict[str, Any], low: int, high: int | None) -> str:
    """What is proved of a claim that is right for some numbers when the true one is between two others."""
    if right["high"] is not None and low > right["high"]:
        return "underclaimed"
    return "unverifiable" if high is None else "overclaimed" if high < right["low"] else "consistent"


def recount(one: dict[str, Any], slices: list[Slice], right: dict[str, Any]) -> tuple[Any, ...]:
    """Count, interval and verdict of one way of counting, from the rows and the holes."""
    terms = [term for term in one["terms"] if term["observed"]]
    count = sum(slices[term["slice"] - 1].counts[term["definition"], term["void"]] for term in terms)
    doubts = [(slices[term["slice"] - 1], doubt) for term in terms for doubt in term["doubts"]]
    if any(part.doubt(doubt["kind"]) != doubt["less"] for part, doubt in doubts if doubt["less"]):
        return ("a doubt of another size",)
    holes = [hole["missing_at_most"] for term in terms for hole in term["holes"]]
    low = max(0, count - sum(doubt["less"] for _, doubt in doubts))
    high = (
        None if one["open_ended"] or None in holes else count + sum(holes) + sum(doubt["more"] for _, doubt in doubts)
    )
    return count, low, high, within(right, low, high) if terms else "unverifiable"


def hull(found: list[dict[str, Any]]) -> tuple[int, int | None]:
    """The interval around those of several ways of counting."""
    highs = [one["high"] for one in found]
    return min(one["low"] for one in found), None if None in highs else max(highs)


def headline(claim: dict[str, Any], singles: list[dict[str, Any]], unsure: float) -> tuple[Any, ...]:
    """Interval and verdict over all admissible ways of counting; an accusation must hold under every reading."""
    right, seen = claim["right"], [one for one in singles if any(term["observed"] for term in one["terms"])]
    readings = sorted({one["reading"] for one in seen})
    verdicts = {within(right, *hull([one for one in seen if one["reading"] == number])) for number in readings}
    verdict = "consistent" if "consistent" in verdicts else verdicts.pop() if len(verdicts) == 1 else "unverifiable"
    if verdict in ("overclaimed", "underclaimed") and claim["mapping"]["confidence"] < unsure:
        verdict = "unverifiable"
    return (*hull(seen or singles), verdict)


def claim_findings(claim: dict[str, Any], slices: list[Slice], unsure: float) -> Iterator[str]:
    """Each finding of a claim is what its rows give."""
    first, *singles = [one for one in claim["findings"] if one["verdict"] not in SUMS]
    name = f"claim {claim['number'] + 1}"
    for one in singles:
        if (one["count"], one["low"], one["high"], one["verdict"]) != recount(one, slices, claim["right"]):
            yield f"{name}, {one['definition']}: the finding says {one['count']}, the rows give {recount(one, slices, claim['right'])}"
    if not singles:
        if (first["count"], first["low"], first["high"], first["verdict"]) != (None, None, None, "unverifiable"):
            yield f"{name}: a number without a way of counting"
        return
    shown = ("definition", "reading", "void", "count")
    if [first[key] for key in shown] not in [[one[key] for key in shown] for one in singles]:
        yield f"{name}: the headline's count is that of no way of counting"
    if (first["low"], first["high"], first["verdict"]) != headline(claim, singles, unsure):
        yield f"{name}: the headline does not follow from the ways of counting"


def sums(said: dict[str, Any]) -> Iterator[str]:
    """Parts add up to what is said, and each total's finding follows from them."""
    claims = said["claims"]
    found = [
        (claim["number"], one["low"], one["high"], one["verdict"]) for claim in claims for one in claim["findings"]
    ]
    wanted = []
    for one in said["sums"]:
        parts, total = [claims[part] for part in one["parts"]], claims[one["total"]]
        added = sum(part["count"] for part in parts)
        if (added, added - total["count"]) != (one["parts_sum"], one["difference"]):
            yield f"the sum of claim {one['total'] + 1} is {added}, not {one['parts_sum']}"
        low, highs = sum(part["right"]["low"] for part in parts), [part["right"]["high"] for part in parts]
        over = total["right"]["high"] is not None and low > total["right"]["high"]
        short = None not in highs and sum(highs) < total["right"]["low"]
        if one["exhaustive"] or over:
            verdict = SUMS[1] if one["difference"] and (over or short) else SUMS[0]
            wanted.append((one["total"], one["parts_sum"], one["parts_sum"], verdict))
    if sorted(wanted) != sorted(one for one in found if one[3] in SUMS):
        yield "the findings about sums do not follow from the claims"


def findings(pack: Pack, rows: dict[str, set[tuple[str, ...]]]) -> Iterator[str]:
    """Every quote stands in the report, every number follows from the rows."""
    said, text = (
        json.loads(pack.read("evidence/findings.json")),
        pack.read("evidence/report.txt").decode("utf-8", "surrogatepass"),
    )
    rows.setdefault(said["report"]["id"], set())
    pairs: dict[str, Counter[str]] = {"a": Counter(), "b": Counter()}
    for pair in pack.rows("evidence/merges.csv", ("a", "b", "reason")):
        pairs["a"][pair["a"]] += 1
        pairs["b"][pair["b"]] += 1
    for claim in said["claims"]:
        if text[claim["start"] : claim["end"]] != claim["text"]:
            yield f"claim {claim['number'] + 1} is not in the report: {claim['text']!r}"
        *told, slices = claim_rows(pack, claim, pairs)
        yield from (one for one in told if isinstance(one, str))
        for row in (one for one in told if not isinstance(one, str)):
            place = (row["digest"], row["warc"], row["offset"], row["length"])
            rows.setdefault(row["capture"], set()).add((row["title"], row["day"], row["stands_in_capture"], *place))
        yield from claim_findings(claim, slices, said["unsure_below"])
    yield from sums(said)


def problems(path: str) -> Iterator[str]:
    """Everything that does not fit, as sentences; nothing for a good pack."""
    rows: dict[str, set[tuple[str, ...]]] = {}
    try:
        pack = Pack(path)
        yield from files(pack)
        yield from findings(pack, rows)
        yield from captures(pack, rows)
    except (*BROKEN, zipfile.BadZipFile, NotImplementedError) as error:
        yield f"the pack cannot be read to its end: {type(error).__name__}: {error}"


def main(arguments: list[str]) -> int:
    """Prints what was found; the exit code."""
    if len(arguments) != 1:
        sys.stderr.write(__doc__ or "")
        return 2
    found = 0
    for problem in problems(arguments[0]):
        found += 1
        sys.stdout.write(f"不符 WRONG: {problem}\n".encode("ascii", "backslashreplace").decode())
    if not found:
        seal = hashlib.sha256(Pack(arguments[0]).read("datapackage.json")).hexdigest()
        sys.stdout.write(f"OK sha256:{seal}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
