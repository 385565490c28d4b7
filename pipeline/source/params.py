"""What a channel's params may tell each dialect, and complaints about those that cannot be used."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pipeline.dialects._asking import MOST_PARAMETERS, PAGE_NAMES, ROW_NAMES
from pipeline.page.opened import json_of

_ROWS = {
    "link": "the address of a row's page, with the row's fields: link = \"/detail/{id}.html\"",
    "article": 'the address that answers with a notice\'s text: article = "/api/notice/{id}"',
    "article_body": 'what that address is posted: article_body = \'{"id": "{id}"}\'',
}
_ANSWER = {
    "rows": 'where the rows are in the answer: rows = "data.records"',
    "title": 'the field that holds the title: title = "noticeName"',
    "date": 'the field that holds the day of publication: date = "publishTime"',
    "id": 'the field that holds the row\'s id: id = "noticeId"',
}
_REQUEST = {
    "method": 'how the list is asked for: method = "GET", "POST" (JSON) or "FORM"',
    "body": 'the JSON posted for the first page: body = \'{"current": 1, "size": 20}\'',
    "form": 'the form posted for the first page: form = "page=1&rows=20"',
    "page": 'the parameter that numbers the pages, or the first row: page = "current"',
}
_PROXY = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
PARAMS: dict[str, dict[str, str]] = {
    "aspnet": _ROWS,
    "epoint": _ROWS
    | _ANSWER
    | _REQUEST
    | {
        "categorynum": 'the category that the search is for: categorynum = "001001001"',
        "search": 'the search service\'s address: search = "/inteligentsearch/rest/…/getFullTextDataNew"',
        "cap": "the number of rows behind which the search answers nothing: cap = 10000",
    },
    "hanweb": _ROWS
    | {"method": _REQUEST["method"], "proxy": 'the address of dataproxy.jsp: proxy = "/module/web/jpage/dataproxy.jsp"'}
    | {name: f'what the page sends to the proxy: {name} = "1"' for name in _PROXY},
    "jeecms": _ROWS,
    "json_api": _ROWS | _ANSWER | _REQUEST,
    "struts": _ROWS,
    "trs": _ROWS,
}
_METHODS = ("GET", "POST", "FORM")


def complaints_about(dialect: str, address: str, told: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a channel's params, each with what would be right; `address`: its path or url."""
    known = PARAMS.get(dialect)
    if known is None:
        return
    for name, value in told.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"是不是 / did you mean {near[0]}?" if near else f"可用 / known: {', '.join(known)}"
            yield f"params.{name}: {dialect} 没有这个键 / {dialect} is told no such thing; {hint}"
        elif not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
            yield f"params.{name} = {value!r}: 不对 / is not right; 应为 / write {known[name]}"
    yield from _about_request(dialect, address, told, known)


def _about_request(dialect: str, address: str, told: Mapping[str, Any], known: Mapping[str, str]) -> Iterator[str]:
    if "article_body" in told and "article" not in told:
        yield f"params.article: 缺少 / missing beside article_body; 应为 / write {_ROWS['article']}"
    if "method" in known and "method" in told and str(told["method"]).upper() not in _METHODS:
        yield f"params.method = {told['method']!r}: 不对 / is not right; 应为 / write {known['method']}"
    if "body" in known and "body" in told and not isinstance(json_of(str(told["body"])), dict):
        yield f"params.body: 不是 JSON 对象 / is no JSON object; 应为 / write {known['body']}"
    if "cap" in known and "cap" in told and not str(told["cap"]).isdigit():
        yield f"params.cap = {told['cap']!r}: 不对 / is not right; 应为 / write {known['cap']}"
    if dialect == "json_api" and not _is_numbered(address, told):
        yield f"params.page: 缺少 / missing: no parameter of the list numbers its pages; 应为 / write {known['page']}"


def _is_numbered(address: str, told: Mapping[str, Any]) -> bool:
    """True when the request says by itself, or is told, which of its parameters numbers the pages."""
    method = str(told.get("method", "")).upper()
    if "page" in told or (method == "POST" and "body" not in told):
        return True
    try:
        query = parse_qsl(f"{urlsplit(address).query}&{told.get('form', '')}", max_num_fields=2 * MOST_PARAMETERS)
    except ValueError:
        return False
    body = json_of(str(told.get("body", "")))
    names = [name for name, _ in query] + [name for name, _ in _names_in(body)]
    return any(name.replace("_", "").replace("-", "").lower() in PAGE_NAMES | ROW_NAMES for name in names)


def _names_in(body: Any) -> Iterator[tuple[str, Any]]:
    """The parameters of a JSON body and of the objects in it."""
    for name, value in list(body.items())[:MOST_PARAMETERS] if isinstance(body, dict) else ():
        yield str(name), value
        if isinstance(value, dict):
            yield from ((str(inner), one) for inner, one in value.items())
