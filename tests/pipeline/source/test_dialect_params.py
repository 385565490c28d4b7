"""A source file says what its dialect must be told, or hears what would be right."""

import pytest

from pipeline.source.file import SourceError, source_of

FILE = """
name = "甲市"
home = "http://www.portal.example/"
dialect = "{dialect}"

[[channels]]
key = "zb"
name = "招标公告"
path = "{path}"
bucket = "undecided"
params = {{ {params} }}
"""


def complaint(dialect: str, path: str, params: str) -> str:
    with pytest.raises(SourceError) as caught:
        source_of("x", FILE.format(dialect=dialect, path=path, params=params))
    return str(caught.value)


@pytest.mark.parametrize(
    ("dialect", "path", "params"),
    [
        ("json_api", "/list?currPage=1&pageSize=20", ""),
        ("json_api", "/list?n=1", 'page = "n"'),
        ("json_api", "/list", 'method = "POST"'),
        ("json_api", "/list", 'body = \'{"page": {"current": 1}}\''),
        ("json_api", "/list", 'form = "pageNo=1&rows=20"'),
        ("epoint", "/jyxx/trade.html", 'categorynum = "001001", cap = 10000'),
        ("hanweb", "/col/col7/index.html", 'unitid = "88"'),
        ("jeecms", "/zb.jhtml", 'article = "/init", article_body = \'{"code": "{pc}"}\''),
    ],
)
def test_what_may_be_told(dialect: str, path: str, params: str) -> None:
    """Each dialect is told by its own keys; numbers may be written as numbers."""
    told = source_of("x", FILE.format(dialect=dialect, path=path, params=params)).channels[0].params
    assert all(isinstance(value, str) for _, value in told)


@pytest.mark.parametrize(
    ("dialect", "path", "params", "said"),
    [
        ("json_api", "/list", "", "params.page"),
        ("json_api", "/list", "body = '{\"size\": 20}'", "params.page"),
        ("json_api", "/list?page=1", 'method = "PUT"', "params.method"),
        ("json_api", "/list", "page = \"n\", body = '{current: 1}'", "JSON"),
        ("json_api", "/list?page=1", 'articel = "/a"', "did you mean article"),
        ("json_api", "/list?page=1", 'link = ""', "params.link"),
        ("trs", "/zb/", 'categorynum = "1"', "trs is told no such thing"),
        ("trs", "/zb/", "article_body = '{}'", "beside article_body"),
        ("epoint", "/x.html", 'categorynum = "1", cap = "all"', "params.cap"),
    ],
)
def test_what_may_not(dialect: str, path: str, params: str, said: str) -> None:
    """An unknown, unusable or missing key is named with its channel and an example."""
    found = complaint(dialect, path, params)
    assert "[[channels]] 1" in found
    assert said in found
