"""A person's word on how a claim is to be read: what is typed, the JSON that is kept, and how it is applied."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pipeline.classify.review import Review
from pipeline.count.media import Medium
from pipeline.count.slices import BEGINNING, Scope, Slice
from pipeline.model import Bucket, Claim, Definition, KeyArea, NoticeType, Report, Source
from pipeline.verdict.mapping import ClaimMapping
from pipeline.verdict.rules import VERSION


class WrongMapping(ValueError):
    """What was typed is no mapping. The message is for the person who typed it."""


_MONTHS = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])))?", re.ASCII
)
_YES = {"yes": (True,), "no": (False,), "both": (True, False), "true": (True,), "false": (False,)}


def mapping_typed(text: str, proposed: ClaimMapping, source: Source) -> ClaimMapping:
    """The proposal with what was typed in its place: JSON, or channel=..,bucket=..,year=..,void=no.

    Keys: scope; channel, bucket, type, area, medium (several by +); year or period (2014, 2014-03, 2014-Q1, 2014-H1,
    FIRST..LAST) or until (everything up to then); definition; void (yes, no, both). Raises WrongMapping.
    """
    given = _given(text)
    if unknown := sorted(given.keys() - _KEYS.keys()):
        raise WrongMapping(f"{unknown[0]!r} is no key of a mapping: {', '.join(_KEYS)}")
    changed = replace(proposed, readings=(_first(proposed, given),), confidence=1.0, rule="a person's reading")
    for key, value in given.items():
        changed = _KEYS[key](changed, value)
    if wrong := set(changed.readings[0].channels) - {channel.key for channel in source.channels}:
        raise WrongMapping(f"{source.key} has no channel {sorted(wrong)[0]!r}")
    reading = changed.readings[0]
    if reading.until == 0 or reading.until < reading.since:
        raise WrongMapping("a mapping needs a period: year=2014, period=2014-01..2014-06 or until=2014")
    return changed


def _given(text: str) -> dict[str, str]:
    if text.lstrip().startswith("{"):
        try:
            found = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise WrongMapping(f"that is no JSON: {error}") from None
        return {str(key): _plain(value) for key, value in found.items()}
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if not pairs or not all(mark for _, mark, _ in pairs):
        raise WrongMapping("a mapping is JSON, or key=value,key=value")
    return {key.strip(): value.strip() for key, _, value in pairs}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "+".join(map(str, value)) if isinstance(value, list) else str(value)


def _first(proposed: ClaimMapping, given: Mapping[str, str]) -> Slice:
    """The proposal's plainest reading; what a section, line, type or area names replaces all four of them."""
    if not proposed.readings:
        return Slice(Scope.PORTAL, 0, 0)
    reading = proposed.readings[0]
    if given.keys() & {"channel", "bucket", "type", "area", "medium"}:
        reading = replace(reading, channels=(), buckets=(), types=(), areas=(), media=(), scope=Scope.PORTAL)
    return reading


def _narrowed(mapping: ClaimMapping, **values: Any) -> ClaimMapping:
    return replace(mapping, readings=(replace(mapping.readings[0], **values),))


def _members(value: str, kind: type[StrEnum]) -> tuple[Any, ...]:
    try:
        return tuple(kind(one.strip()) for one in value.split("+") if one.strip())
    except ValueError as error:
        raise WrongMapping(f"{error}: {', '.join(kind)}") from None


def _months(text: str) -> tuple[int, int]:
    found = _MONTHS.fullmatch(text.strip())
    if found is None:
        raise WrongMapping(f"{text!r} is no period: 2014, 2014-03, 2014-Q1 or 2014-H1")
    start = int(found["year"]) * 100
    if found["month"]:
        return start + int(found["month"]), start + int(found["month"])
    size = 3 if found["quarter"] else 6 if found["half"] else 12
    number = int(found["quarter"] or found["half"] or 1)
    return start + (number - 1) * size + 1, start + number * size


def _period(mapping: ClaimMapping, value: str) -> ClaimMapping:
    first, _, last = value.partition("..")
    return _narrowed(mapping, since=_months(first)[0], until=_months(last or first)[1])


def _voids(mapping: ClaimMapping, value: str) -> ClaimMapping:
    if value.lower() not in _YES:
        raise WrongMapping(f"void is yes, no or both, not {value!r}")
    return replace(mapping, void=_YES[value.lower()])


_KEYS: dict[str, Callable[[ClaimMapping, str], ClaimMapping]] = {
    "scope": lambda one, value: _narrowed(one, scope=_members(value, Scope)[0]),
    "channel": lambda one, value: _narrowed(one, channels=tuple(filter(None, value.split("+")))),
    "bucket": lambda one, value: _narrowed(one, buckets=_members(value, Bucket)),
    "type": lambda one, value: _narrowed(one, types=_members(value, NoticeType)),
    "area": lambda one, value: _narrowed(one, areas=_members(value, KeyArea)),
    "medium": lambda one, value: _narrowed(one, scope=Scope.REGISTER, media=_members(value, Medium)),
    "year": _period,
    "period": _period,
    "until": lambda one, value: _narrowed(one, since=BEGINNING, until=_months(value)[1]),
    "definition": lambda one, value: replace(one, definitions=_members(value, Definition)),
    "void": _voids,
}


# --- kept ------------------------------------------------------------------------------------------------------------


def mapping_kept(mapping: ClaimMapping, claim: Claim) -> str:
    """The JSON of a decision. It names the claim by its quote: a better reader may number claims otherwise."""
    readings = [
        {"scope": one.scope, "since": one.since, "until": one.until, "channels": one.channels, "buckets": one.buckets}
        | {"types": one.types, "areas": one.areas, "media": one.media}
        for one in mapping.readings
    ]
    said = {"version": VERSION, "quote": claim.text, "start": claim.start, "rule": mapping.rule, "readings": readings}
    return json.dumps(said | {"definitions": mapping.definitions, "void": mapping.void}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A decision as it was kept."""

    quote: str
    start: int
    readings: tuple[Slice, ...]
    definitions: tuple[Definition, ...]
    void: tuple[bool, ...]
    rule: str
    version: str


def decided(
    mappings: tuple[ClaimMapping, ...], report: Report, reviews: Mapping[int, Review]
) -> tuple[ClaimMapping, ...]:
    """The mappings with the decisions about this report, by the number that the claim had when it was decided.

    A decision whose quote the report no longer has is not applied to another claim.
    """
    found = list(mappings)
    for number, review in sorted(reviews.items()):
        kept = _read(review.value)
        index = _claim_of(kept, number, report)
        if index is not None:
            found[index] = ClaimMapping(
                index,
                kept.readings,
                kept.rule,
                1.0,
                kept.definitions,
                kept.void,
                version=kept.version,
                by=review.by,
                note=review.note,
            )
    return tuple(found)


def _claim_of(kept: _Kept, number: int, report: Report) -> int | None:
    same = [index for index, claim in enumerate(report.claims) if (claim.text, claim.start) == (kept.quote, kept.start)]
    alike = [index for index, claim in enumerate(report.claims) if claim.text == kept.quote]
    if number in same or number in alike:
        return number
    return same[0] if same else alike[0] if len(alike) == 1 else None


def _read(value: str) -> _Kept:
    said = json.loads(value)
    return _Kept(
        said["quote"],
        said["start"],
        tuple(slice_read(one) for one in said["readings"]),
        tuple(Definition(one) for one in said["definitions"]),
        tuple(said["void"]),
        said["rule"],
        said["version"],
    )


def slice_read(said: Mapping[str, Any]) -> Slice:
    """A slice from its JSON."""
    return Slice(
        Scope(said["scope"]),
        said["since"],
        said["until"],
        tuple(said["channels"]),
        tuple(map(Bucket, said["buckets"])),
        tuple(map(NoticeType, said["types"])),
        tuple(map(KeyArea, said["areas"])),
        tuple(map(Medium, said.get("media", ()))),  # decisions of version 1 name none
    )
