"""How a portal is visited: only its own hosts, never a private address unless the source allows it, robots obeyed."""

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.error import DNSLookupError

from pipeline.values.urls import same_site

if TYPE_CHECKING:
    from crawler.spiders.portal import PortalSpider


class MannersMiddleware:
    """Refuses what the source or its robots.txt does not allow; the refusal is archived like any exchange."""

    def __init__(self, spider: "PortalSpider") -> None:
        self.spider = spider
        self._public: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "MannersMiddleware":
        return cls(cast("PortalSpider", crawler.spider))

    async def process_request(self, request: Request) -> None:
        """Lets the request pass, or raises IgnoreRequest with a reason that begins with "disallowed:"."""
        source = self.spider.source
        if not same_site(request.url, source):
            raise IgnoreRequest("disallowed: not a host of this source")
        if not request.meta["is_robots"] and (objection := self.spider.robots.objection(request.url)):
            raise IgnoreRequest(f"disallowed: {objection}")
        if not source.manners.allow_private_addresses:
            await self._check_address(urlsplit(request.url).hostname or "")

    async def _check_address(self, host: str) -> None:
        """Scrapy's resolver keeps the answer, so that the connection goes to the address that was checked."""
        if host not in self._public:
            self._public[host] = is_public(await _address_of(host))
        if not self._public[host]:
            raise IgnoreRequest(f"disallowed: {host} has a private address; the source file may allow it")


async def _address_of(host: str) -> str:
    if _is_address(host):
        return host
    from twisted.internet import reactor  # Scrapy chooses the reactor, and that has to come before this import

    resolving: Any = reactor
    try:
        return str(await maybe_deferred_to_future(resolving.resolve(host)))
    except DNSLookupError:
        raise IgnoreRequest(f"the name {host} is not known") from None


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """True for an address of the open internet."""
    return ip_address(address).is_global
