"""Which notices of one source are one document: a rule about the set, whatever order it was found in."""

from collections.abc import Callable, Mapping, Sequence

from pipeline.likeness.compare import Sameness

Pair = tuple[str, str]


def documents_of(
    order: Sequence[str],
    same: Mapping[str, set[str]],
    decided: Mapping[Pair, Sameness],
    verdict: Callable[[str, str], Sameness],
) -> list[list[str]]:
    """The documents, each as its members in order: every one joins the earliest representative that it is the same as.

    Nothing joins where a member is different from it. What people decided to be the same stays together first, unless
    they decided otherwise about two of its members. `order` is that of representatives, `same` holds the pairs found,
    `verdict` is asked about pairs inside a document only.
    """
    place = {id_: n for n, id_ in enumerate(order)}
    documents: dict[str, list[str]] = {}  # by the first of the representative's bundle
    hosts: dict[str, str] = {}  # every member of a representative's bundle, and that first one
    for bundle in _bundles(order, decided):
        alike = {hosts[other] for member in bundle for other in same.get(member, ()) if other in hosts}
        fitting = (id_ for id_ in sorted(alike, key=place.__getitem__) if not _differ(bundle, documents[id_], verdict))
        if home := next(fitting, None):
            documents[home] += bundle
        else:
            documents[bundle[0]] = list(bundle)
            hosts.update(dict.fromkeys(bundle, bundle[0]))
    return [sorted(members, key=place.__getitem__) for members in documents.values()]


def _bundles(order: Sequence[str], decided: Mapping[Pair, Sameness]) -> list[list[str]]:
    """What people decided to be the same, in the order of its first member; everything else by itself."""
    bundle_of = {id_: [id_] for id_ in order}
    apart = {pair for pair, verdict in decided.items() if verdict is Sameness.DIFFERENT}
    for a, b in sorted(pair for pair, verdict in decided.items() if verdict is Sameness.SAME):
        if a not in bundle_of or b not in bundle_of or bundle_of[a] is bundle_of[b]:
            continue
        if any((min(x, y), max(x, y)) in apart for x in bundle_of[a] for y in bundle_of[b]):
            continue
        joined = bundle_of[a] + bundle_of[b]
        bundle_of.update(dict.fromkeys(joined, joined))
    found: dict[int, list[str]] = {}
    for id_ in order:
        found.setdefault(id(bundle_of[id_]), []).append(id_)
    return list(found.values())


def _differ(bundle: list[str], members: list[str], verdict: Callable[[str, str], Sameness]) -> bool:
    return any(verdict(one, other) is Sameness.DIFFERENT for one in bundle for other in members)
