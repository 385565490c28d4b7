"""What a run is asked to do, from the spider's arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from crawler.run.source_files import load_source
from pipeline.model import Channel, Source
from pipeline.source.file import SourceError, source_of

ARGUMENTS = {"source", "channel", "since", "report", "declaration", "revisit"}


@dataclass(frozen=True, slots=True)
class Assignment:
    """A source, the channels to walk, how far back, or one report and nothing else."""

    source: Source
    channels: tuple[Channel, ...]
    since: date | None
    report: str
    revisit: bool = False  # every page that is held is read again, and not only those that are due

    @property
    def scope(self) -> str:
        """In the words of the runs table."""
        if self.report:
            return "report"
        said = [f"since {self.since}"] if self.since else ["full"]
        if len(self.channels) < len(self.source.channels):
            said += [f"channel {channel.key}" for channel in self.channels]
        return ", ".join(said)

    @property
    def homes(self) -> list[str]:
        """Addresses on every host that may be visited; each host's robots.txt is asked for first."""
        if self.report:
            return [self.report]
        hosts = [f"http://{host}/" for host in self.source.hosts]
        return [self.source.home, *(channel.url for channel in self.channels), *hosts]


def assignment_of(arguments: Mapping[str, str]) -> Assignment:
    """The assignment of `-a name=value` arguments. Raises SourceError for what cannot be carried out."""
    if unknown := sorted(set(arguments) - ARGUMENTS):
        raise SourceError(f"no such argument: {', '.join(unknown)}; use one of: {', '.join(sorted(ARGUMENTS))}")
    name = arguments.get("source", "")
    declaration = arguments.get("declaration", "")
    source = source_of(name, declaration) if declaration else load_source(name)
    report = arguments.get("report", "")
    if report:
        # Whoever names the report's address vouches for its host, in this run only.
        source = replace(source, hosts=(*source.hosts, urlsplit(report).netloc))
    channels = () if report else _chosen(source, arguments.get("channel", ""))
    return Assignment(source, channels, _day(arguments.get("since", "")), report, bool(arguments.get("revisit")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise SourceError(f"since: {text!r} is no day; write it as 2014-06-03") from None


def _chosen(source: Source, keys: str) -> tuple[Channel, ...]:
    """The channels of those keys, all of them for ""."""
    chosen = {key: source.channel(key) for key in filter(None, keys.split(","))}
    if missing := [key for key, channel in chosen.items() if channel is None]:
        known = ", ".join(channel.key for channel in source.channels)
        raise SourceError(f"{source.key}: 没有栏目 / has no channel {', '.join(missing)}; 应为 / one of: {known}")
    return tuple(channel for channel in chosen.values() if channel) or source.channels
