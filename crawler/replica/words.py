"""The words and texts of the replica, from words.toml: read once, when the first portal is composed."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> dict[str, Any]:
    """The tables of words.toml."""
    return tomllib.loads(files("crawler.replica").joinpath("words.toml").read_text(encoding="utf-8"))


def lines(text: str) -> list[str]:
    """The lines of a text in words.toml."""
    return text.strip("\n").split("\n")


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of project: what is built, and the office that has it built."""

    thing: str
    office: str
    local: bool  # in a township rather than in the county town


@cache
def works() -> tuple[Work, ...]:
    """What offices have built."""
    told = ([*line.removesuffix("*").split(" "), line[-1:]] for line in lines(words()["works"]["list"]))
    return tuple(Work(thing, office, mark == "*") for office, thing, mark in told)


@cache
def counties() -> tuple[tuple[str, str], ...]:
    """Prefecture and county."""
    return tuple((place, county) for place, names in words()["counties"].items() for county in names.split())


@cache
def firms() -> tuple[str, ...]:
    """Firms that bid."""
    told = {name: text.split() for name, text in words()["firms"].items()}
    return tuple(f"{place}{name}{kind}" for place in told["places"] for name in told["names"] for kind in told["kinds"])


@cache
def title_forms() -> dict[str, tuple[str, str]]:
    """By stage: the channel, and the title with a place for the project's name."""
    return {stage: (channel, title) for channel, own in words()["titles"].items() for stage, title in own.items()}


@cache
def stories() -> tuple[list[list[tuple[str, int]]], list[int]]:
    """The ways that a tender goes, as stages with the days after the first notice, and how often each is taken."""
    told = [line.split(": ") for line in lines(words()["stories"]["list"])]
    return [list(_steps(path)) for _, path in told], [int(weight) for weight, _ in told]


def _steps(path: str) -> Iterator[tuple[str, int]]:
    for step in path.split(", "):
        stage, days = step.split(" ")
        yield stage, int(days)
