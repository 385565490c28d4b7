"""Captures, run starts and run ends as WARC records, and back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from pipeline.model import Capture, ChannelEnd, Kind, Lead, Outcome, RunEnd, RunStart, Visit
from storage.archive.http import escaped, request_block, response_head, response_in, uri_of
from storage.archive.warc import Broken, WarcRecord, digest, digest_of_sum, packed

VISIT = "Duizhang-Visit"  # JSON of the whole Visit
BESIDES = "Duizhang-Besides"  # JSON of what else a Capture holds and WARC has no place for
VISIT_OF = "Duizhang-Visit-Of"  # in a record that holds the two for the next record, where they are long

# An ASP.NET form can have 100 KB of view state. FastWARC refuses records whose header is longer than about 32 KB.
_LONGEST = 8192
_RUN = "urn:duizhang:run:"
_JSON = "application/json"
_FAILURE = "failure: "
_HTTP = "application/http; msgtype="
_TRUNCATED = frozenset({"length", "time", "disconnect"})  # WARC 1.1 5.13; the failure begins with the word
_encode = json.JSONEncoder(separators=(",", ":")).encode

_VISIT = {"source": str, "channel": str, "kind": str, "url": str, "lead": dict, "page": int, "form": list, "json": str}
_VISIT |= {"hops": int, "run": str}
_LEAD = {"url": str, "title": str, "published": str, "label": str}
_BESIDES = {"status": int, "headers": list, "odd": list, "failure": str, "origin": str}
_START = {"run": str, "source": str, "started": str, "scope": str, "source_text": str}
_END = {"run": str, "ended": str, "outcome": str, "reason": str, "channels": list, "numbers": list}

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Origin:
    """What all records of one file share."""

    warcinfo: UUID
    user_agent: str = ""


# --- to WARC ---------------------------------------------------------------------------------------------------------


def opening(start: RunStart, origin: Origin, at: datetime, fields: Iterable[tuple[str, str]]) -> bytes:
    """What every file begins with, so that it stands alone: who wrote it, and the run."""
    lines = [*fields, ("format", "WARC File Format 1.1")]
    lines += [("conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/")]
    lines += [("http-header-user-agent", origin.user_agent)] if origin.user_agent else []
    block = "".join(f"{name}: {value}\r\n" for name, value in [*lines, ("run", start.run)]).encode("ascii")
    head = [("WARC-Type", "warcinfo"), ("WARC-Record-ID", _urn(origin.warcinfo)), ("WARC-Date", _date(at))]
    head += [("Content-Type", "application/warc-fields"), ("WARC-Block-Digest", digest(block))]
    return packed(head, block) + _about_run(f"{_RUN}{start.run}:start", start.started, asdict(start), origin)


def ending(end: RunEnd, origin: Origin) -> bytes:
    """The record of how a run ended."""
    return _about_run(f"{_RUN}{end.run}:end", end.ended, asdict(end), origin)


def _about_run(uri: str, at: datetime, said: dict[str, Any], origin: Origin) -> bytes:
    block = json.dumps(said, default=datetime.isoformat).encode("ascii")
    fields = _head("metadata", uuid5(origin.warcinfo, uri), at, uri, origin)
    return packed([*fields, ("Content-Type", _JSON), ("WARC-Block-Digest", digest(block))], block)


def exchange(capture: Capture, origin: Origin) -> tuple[bytes, bytes]:
    """The capture's request as far as it is known (b"" when there was none), and the capture itself."""
    uri = uri_of(capture.visit.url)
    if uri.startswith(("file:", "urn:")):
        return b"", _resource(capture, uri, origin)
    if capture.status > 0:
        return _request(capture, uri, origin), _response(capture, uri, origin)
    if capture.body:
        return b"", _resource(capture, uri, origin)
    return b"", _failure(capture, uri, origin)


def _request(capture: Capture, uri: str, origin: Origin) -> bytes:
    response = UUID(capture.id)
    head, body = request_block(uri, origin.user_agent, capture.visit)
    fields = [("WARC-Type", "request"), ("WARC-Record-ID", _urn(uuid5(response, "request")))]
    fields += [("WARC-Concurrent-To", _urn(response)), ("WARC-Date", _date(capture.fetched_at))]
    fields += [("WARC-Target-URI", uri), ("Content-Type", _HTTP + "request"), ("WARC-Block-Digest", digest(head, body))]
    return packed(fields, head, body)


def _response(capture: Capture, uri: str, origin: Origin) -> bytes:
    head, odd = response_head(capture.status, capture.headers, len(capture.body))
    fields = _main("response", capture, uri, origin)
    fields += [("Content-Type", _HTTP + "response"), ("WARC-Block-Digest", digest(head, capture.body))]
    fields += [("WARC-Payload-Digest", digest_of_sum(bytes.fromhex(capture.digest)))]
    besides = {"odd": odd, "failure": capture.failure, "origin": capture.origin}
    before, lines = _told(capture, besides, origin)
    return before + packed(fields + lines, head, capture.body)


def _resource(capture: Capture, uri: str, origin: Origin) -> bytes:
    kind = escaped(capture.header("content-type")) or "application/octet-stream"
    same = digest_of_sum(bytes.fromhex(capture.digest))
    fields = _main("resource", capture, uri, origin)
    fields += [("Content-Type", kind), ("WARC-Block-Digest", same), ("WARC-Payload-Digest", same)]
    besides = {"status": capture.status, "headers": capture.headers, "failure": capture.failure}
    besides["origin"] = capture.origin
    before, lines = _told(capture, besides, origin)
    return before + packed(fields + lines, capture.body)


def _failure(capture: Capture, uri: str, origin: Origin) -> bytes:
    block = f"{_FAILURE}{_encode(capture.failure)}\r\n".encode("ascii")
    fields = _main("metadata", capture, uri, origin)
    # pywb replays metadata records of other types, in place of a good capture of the same address.
    fields += [("Content-Type", "application/warc-fields"), ("WARC-Block-Digest", digest(block))]
    before, lines = _told(
        capture, {"status": capture.status, "headers": capture.headers, "origin": capture.origin}, origin
    )
    return before + packed(fields + lines, block)


def _main(kind: str, capture: Capture, uri: str, origin: Origin) -> Fields:
    fields = _head(kind, UUID(capture.id), capture.fetched_at, uri, origin)
    if capture.truncated:
        word = capture.failure.partition(":")[0]
        fields.append(("WARC-Truncated", word if word in _TRUNCATED else "unspecified"))
    return fields


def _head(kind: str, record: UUID, at: datetime, uri: str, origin: Origin) -> Fields:
    fields = [("WARC-Type", kind), ("WARC-Record-ID", _urn(record)), ("WARC-Warcinfo-ID", _urn(origin.warcinfo))]
    return [*fields, ("WARC-Date", _date(at)), ("WARC-Target-URI", uri)]


def _told(capture: Capture, besides: dict[str, Any], origin: Origin) -> tuple[bytes, Fields]:
    """The header lines that say the rest; with the record before, that says it, where these would be too long."""
    told = [(VISIT, _encode(_words_of(capture.visit)))]
    if said := {name: value for name, value in besides.items() if value}:
        told.append((BESIDES, _encode(said)))
    if sum(len(text) for _, text in told) <= _LONGEST:
        return b"", told
    own = UUID(capture.id)
    before = uuid5(own, "visit")
    block = _encode({name.lower(): text for name, text in told}).encode("ascii")
    fields = _head("metadata", before, capture.fetched_at, f"urn:uuid:{own}", origin)
    fields += [(VISIT_OF, _urn(own)), ("Content-Type", _JSON), ("WARC-Block-Digest", digest(block))]
    return packed(fields, block), [(VISIT, _urn(before))]


def _words_of(visit: Visit) -> dict[str, Any]:
    words: dict[str, Any] = {"source": visit.source, "channel": visit.channel, "kind": visit.kind, "url": visit.url}
    if lead := visit.lead:
        words["lead"] = {"url": lead.url, "title": lead.title, "published": lead.published, "label": lead.label}
    if visit.form is not None:
        words["form"] = visit.form
    if visit.json:
        words["json"] = visit.json
    return words | {"page": visit.page, "hops": visit.hops, "run": visit.run}


def _urn(record: UUID) -> str:
    return f"<urn:uuid:{record}>"


def _date(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError(f"naive time {at!r}")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


# --- from WARC -------------------------------------------------------------------------------------------------------


def tells_visit(record: WarcRecord) -> bool:
    """True for a record that only says why the one after it was fetched."""
    return VISIT_OF.lower() in record.fields


def meaning_of(record: WarcRecord, before: WarcRecord | None = None) -> RunStart | RunEnd | Capture | None:
    """What the record, with the one before that tells its visit, keeps for us; None for all others. Raises Broken."""
    fields = record.fields
    try:
        if VISIT.lower() in fields:
            return _capture_in(record, before)
        uri = fields.get("warc-target-uri", "")
        if fields.get("warc-type") == "metadata" and uri.startswith(_RUN):
            return _end_in(record.block) if uri.endswith(":end") else _start_in(record.block)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise Broken(f"the record is not understood: {error!r}"[:500]) from None
    return None


def _capture_in(record: WarcRecord, before: WarcRecord | None) -> Capture:
    fields = record.fields
    told = fields if before is None else _typed(json.loads(before.block), {VISIT.lower(): str, BESIDES.lower(): str})
    if before and (fields[VISIT.lower()], fields["warc-record-id"]) != (
        before.fields["warc-record-id"],
        before.fields[VISIT_OF.lower()],
    ):
        raise ValueError("the visit told before is another record's")
    besides = _typed(json.loads(told.get(BESIDES.lower(), "{}")), _BESIDES)
    status, failure, body = besides.get("status", 0), besides.get("failure", ""), record.block
    headers = tuple((_text(name), _text(value)) for name, value in besides.get("headers", ()))
    match fields.get("warc-type"):
        case "response":
            status, headers, body = response_in(body, _odd(besides.get("odd", [])))
        case "metadata":
            failure, body = _text(json.loads(body.decode("ascii").removeprefix(_FAILURE))), b""
    return Capture(
        visit=_visit_in(told[VISIT.lower()]),
        fetched_at=_moment(fields["warc-date"]),
        status=status,
        headers=headers,
        body=body,
        id=UUID(fields["warc-record-id"].strip("<>")).hex,
        failure=failure,
        truncated="warc-truncated" in fields,
        origin=besides.get("origin", ""),
    )


def _odd(found: list[Any]) -> list[tuple[int, str, str]]:
    if any(type(number) is not int for number, _, _ in found):
        raise TypeError("a header has no number")
    return [(number, _text(name), _text(value)) for number, name, value in found]


def _visit_in(text: str) -> Visit:
    said = _typed(json.loads(text), _VISIT)
    said["kind"] = Kind(said["kind"])
    if "lead" in said:
        said["lead"] = Lead(**_typed(said["lead"], _LEAD))
    if "form" in said:
        said["form"] = tuple((_text(name), _text(value)) for name, value in said["form"])
    return Visit(**said)


def _start_in(block: bytes) -> RunStart:
    said = _typed(json.loads(block), _START)
    return RunStart(**{**said, "started": _moment(said["started"])})


def _end_in(block: bytes) -> RunEnd:
    said = _typed(json.loads(block), _END)
    said["ended"], said["outcome"] = _moment(said["ended"]), Outcome(said["outcome"])
    said["channels"] = tuple(
        ChannelEnd(**{**channel, "holes": tuple(map(_text, channel.get("holes", ())))}) for channel in said["channels"]
    )
    said["numbers"] = tuple((_text(name), int(number)) for name, number in said["numbers"])
    return RunEnd(**said)


def _typed(found: Any, kinds: Mapping[str, type]) -> dict[str, Any]:
    """The object, when all that it says is known and of the type expected."""
    if type(found) is not dict:
        raise TypeError(f"{str(found)[:40]!r} is no object")
    for name, value in found.items():
        if type(value) is not kinds.get(name):
            raise TypeError(f"{name[:40]!r} is not expected or not of its type")
    return found


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"naive time {text!r}")
    return moment


def _text(found: Any) -> str:
    if type(found) is not str:
        raise TypeError(f"{str(found)[:40]!r} is no text")
    return found
