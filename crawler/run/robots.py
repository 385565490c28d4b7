"""What the robots.txt of a source's hosts allow."""

from urllib.parse import urlsplit

from protego import Protego

from storage.derive.owed import NO_ROBOTS

ROBOT = "duizhang"  # the name that robots.txt may address
LONGEST_CRAWL_DELAY = 300.0  # seconds; more would make a year's notices take years: the delay is then this


class Robots:
    """The rules by host and port; a host without rules is asked freely."""

    def __init__(self) -> None:
        self._rules: dict[str, Protego] = {}
        self._refused: dict[str, str] = {}

    def learn(self, url: str, text: str) -> float:
        """The rules of a host; gives back the seconds that they ask to wait between two requests, 0 for none."""
        rules = Protego.parse(text)
        self._rules[urlsplit(url).netloc] = rules
        return min(float(rules.crawl_delay(ROBOT) or 0.0), LONGEST_CRAWL_DELAY)

    def refuse(self, url: str, why: str) -> None:
        """A host whose robots.txt cannot be had is taken to forbid everything (RFC 9309, 2.3.1.4)."""
        self._refused[urlsplit(url).netloc] = f"the portal's {NO_ROBOTS}: {why}"

    def objection(self, url: str) -> str:
        """Why the page may not be visited; "" when it may."""
        place = urlsplit(url).netloc
        if place in self._refused:
            return self._refused[place]
        rules = self._rules.get(place)
        allowed = rules is None or rules.can_fetch(url, ROBOT)
        return "" if allowed else "the portal's robots.txt forbids this page"
