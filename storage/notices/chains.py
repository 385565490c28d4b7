"""The chains of projects kept in step with the postings: only what a batch touched, and what it is connected with."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select

from pipeline.likeness.chain_steps import ChainStep, steps_of
from pipeline.likeness.chains import MOST_SHARING, UNCHAINED, Trace, grouped, keys_of
from pipeline.likeness.project import core_of, name_form, number_form, numbers_in_title, round_of_number
from pipeline.model import NoticeType
from pipeline.tender.facts import Fact, FactName
from storage.notices.facts import facts_of
from storage.tables.chains import chain_keys, chain_members
from storage.tables.core import postings
from storage.tables.upsert import chunks, delete_in, rows_in, upsert

_TELLING = (
    *(FactName.PROJECT_NAME, FactName.PROJECT_NO, FactName.PROJECT_NO_ALT),
    *(FactName.BUYER, FactName.LOT, FactName.ROUND),
)


def refresh_chains(connection: Connection, changed: Iterable[str], gone: Iterable[str]) -> None:
    """The chains of postings that were written or removed, and of all that share a key with them, as they are now."""
    written, removed = set(changed), set(gone)
    if not written and not removed:
        return
    traces = traces_of(connection, written)
    new = {trace.posting: keys_of(trace) for trace in traces}
    old = _keys_of(connection, written | removed)
    touched = {key for keys in (*new.values(), *old.values()) for key in keys}
    before = _sharing(connection, touched)
    _store_keys(connection, old, new)
    after = _sharing(connection, touched)
    # What a key held together as long as few enough had it is looked at once more when it becomes too common.
    telling = {key for key in touched if min(before.get(key, 0), after.get(key, 0)) <= MOST_SHARING}
    reached = _connected(connection, new.keys() | _holders(connection, telling))
    known = {trace.posting: trace for trace in traces}
    members = [*known.values(), *traces_of(connection, reached - known.keys())]
    sharing = _sharing(connection, {key for trace in members for key in keys_of(trace)})
    too_common = frozenset(key for key, n in sharing.items() if n > MOST_SHARING)
    steps = [step for group, links in grouped(members, too_common) for step in steps_of(group, links)]
    _store_steps(connection, reached | written | removed, steps)


def traces_of(connection: Connection, ids: Iterable[str]) -> list[Trace]:
    """What postings are recognised by; without those that announce no tender."""
    wanted = sorted(ids)
    stated = facts_of(connection, wanted, _TELLING)
    c = postings.c
    columns = (c.id, c.source, c.notice_type, c.published_on, c.fingerprint, c.title, c.region, c.lot, c.round)
    rows = rows_in(connection, select(*columns).where(c.notice_type.not_in(sorted(UNCHAINED))), c.id, wanted)
    return [_trace(row, stated.get(row.id, ())) for row in rows]


def _trace(row: Any, facts: tuple[Fact, ...]) -> Trace:
    values: dict[FactName, list[str]] = {name: [] for name in _TELLING}
    for fact in facts:
        if not fact.group:
            values[fact.name].append(fact.value)
    written = values[FactName.PROJECT_NO]
    numbers = (*map(number_form, written), *numbers_in_title(row.title))
    rounds = (*values[FactName.ROUND], *map(round_of_number, written))
    return Trace(
        posting=row.id,
        source=row.source,
        notice_type=NoticeType(row.notice_type),
        day=row.published_on,
        fingerprint=row.fingerprint,
        title=row.title,
        cores=(core_of(row.title), *_distinct(map(core_of, values[FactName.PROJECT_NAME]))),
        numbers=_distinct(numbers),
        others=_distinct(map(number_form, values[FactName.PROJECT_NO_ALT])),
        buyer=next(iter(_distinct(map(name_form, values[FactName.BUYER]))), ""),
        region=row.region,
        lot=row.lot or next(iter(values[FactName.LOT]), ""),
        round=row.round or next(filter(None, rounds), ""),
    )


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _keys_of(connection: Connection, ids: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows_in(connection, select(chain_keys), chain_keys.c.posting, ids):
        found.setdefault(row.posting, set()).add(row.key)
    return found


def _sharing(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """How many postings have each key."""
    c = chain_keys.c
    tally = select(c.key, func.count().label("n")).group_by(c.key)
    return {row.key: row.n for row in rows_in(connection, tally, c.key, keys)}


def _holders(connection: Connection, keys: Iterable[str]) -> set[str]:
    c = chain_keys.c
    return {row.posting for row in rows_in(connection, select(c.posting).distinct(), c.key, keys)}


def _connected(connection: Connection, start: Iterable[str]) -> set[str]:
    """Everything that hangs together with the start by keys that few enough have."""
    reached: set[str] = set()
    asked: set[str] = set()
    waiting = set(start)
    while waiting:
        reached |= waiting
        keys = {key for own in _keys_of(connection, waiting).values() for key in own} - asked
        asked |= keys
        few = {key for key, n in _sharing(connection, keys).items() if 2 <= n <= MOST_SHARING}
        waiting = _holders(connection, few) - reached
    return reached


def _store_keys(connection: Connection, old: dict[str, set[str]], new: dict[str, tuple[str, ...]]) -> None:
    rest = [posting for posting, keys in old.items() if keys != set(new.get(posting, ()))]
    delete_in(connection, chain_keys.c.posting, rest)
    rows = [
        {"posting": posting, "key": key}
        for posting, keys in sorted(new.items())
        if old.get(posting) != set(keys)
        for key in keys
    ]
    for part in chunks(rows):
        upsert(connection, chain_keys, part)


def _store_steps(connection: Connection, ids: set[str], steps: Iterable[ChainStep]) -> None:
    """The rows of these postings, written where they differ."""
    new = {step.posting: _row(step) for step in steps}
    rows = rows_in(connection, select(chain_members), chain_members.c.posting, ids)
    old = {row.posting: dict(row._mapping) for row in rows}
    delete_in(connection, chain_members.c.posting, old.keys() - new.keys())
    for part in chunks([row for posting, row in sorted(new.items()) if old.get(posting) != row]):
        upsert(connection, chain_members, part)


def _row(step: ChainStep) -> dict[str, Any]:
    return {
        "posting": step.posting,
        "chain": step.chain,
        "number": step.number,
        "lot": step.lot,
        "round": step.round,
        "process": step.process,
        "after": step.after,
        "linked_to": step.linked_to,
        "why": step.why,
        "supersedes": " ".join(step.supersedes),
    }
