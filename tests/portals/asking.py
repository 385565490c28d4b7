"""Asking a test portal as a browser would, for the portals' own tests."""

import http.client
import json
import re
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from tests.portals import Portal

ROW_LINKS = {
    "jeecms-lines": "//div[@class='c1-bline']//a/@href",
    "jeecms-list": "//ul[@class='list']/li/a/@href",
    "jeecms-onclick": "//ul[@class='detail_content_right_box_content_ul']/li/p/@onclick",
    "trs-list": "//ul[@class='zwyw_list clearfix']/li/a/@href",
    "trs-table": "//table[@class='list']//a/@href",
    "struts": "//ul[@class='x-main-jr-top-content']/li/p/a/@href",
    "epoint-list": "//ul[@class='ewb-list']/li/a/@href",
    "aspnet": "//table[@id='GridView1']//a/@href",
}
_RECORD = re.compile(r"<record><!\[CDATA\[<li><a href='([^']*)'")


def get(place: Portal, target: str) -> tuple[http.client.HTTPResponse, bytes]:
    """The answer to a GET, and its body."""
    connection = http.client.HTTPConnection(urlsplit(place.base_url).netloc, timeout=5)
    connection.request("GET", target)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def text_of(place: Portal, target: str) -> str:
    """The page at that target, which must be there."""
    response, body = get(place, target)
    assert response.status == 200, target
    return body.decode()


def rows(place: Portal, markup: str, target: str) -> list[str]:
    """The targets that a listing page's rows link, resolved as a browser does."""
    text = text_of(place, target)
    if markup not in ROW_LINKS:
        return [urljoin(place.base_url + target, link).removeprefix(place.base_url) for link in _links_of(text)]
    page = Selector(text)
    base = urljoin(place.base_url + target, page.xpath("//base/@href").get(target))
    written = [re.sub(r"^window\.open\('(.*)'\)$", r"\1", link) for link in page.xpath(ROW_LINKS[markup]).getall()]
    return [urljoin(base, link).removeprefix(place.base_url) for link in written]


def _links_of(text: str) -> list[str]:
    """The links of a datastore's records, or of a JSON answer's rows: those with an id alone have none."""
    if not text.startswith("{"):
        return _RECORD.findall(text)
    answer = json.loads(text)
    held = answer.get("result") or answer["data"]
    found = held if isinstance(held, list) else held["records"]
    names = ("linkurl", "pageurl", "url")
    given = [next((row[name] for name in names if row.get(name)), None) for row in found]
    return [link or f"/api/article?id={row['id']}" for link, row in zip(given, found, strict=True)]


def walked(place: Portal, markup: str, channel: str) -> list[str]:
    """The targets that all pages of a channel link, in their order."""
    scene = place.scene
    pages = range(1, scene.world.pages(channel) + 1)
    return [link for n in pages for link in rows(place, markup, scene.markup.listing_path(channel, n))]
