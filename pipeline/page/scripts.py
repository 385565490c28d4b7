"""What a page's small scripts say: the addresses that its functions open, the links that they write."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

_MOST = 200  # functions and variables of a page that are looked at; pages have up to 40
_MOST_LINKS = 3000  # of a page that are looked at; a listing has up to 200
_LONGEST_BODY = 600  # characters; a function that opens an address has 40 to 300

_NAMED = re.compile(r"\bfunction\s{1,5}([A-Za-z_$][\w$]{0,60})\s{0,5}\(([\w$,\s]{0,200})\)\s{0,5}\{")
_ASSIGNED = re.compile(r"\b([A-Za-z_$][\w$]{0,60})\s{0,5}[=:]\s{0,5}function\s{0,5}\(([\w$,\s]{0,200})\)\s{0,5}\{")
_NEXT_FUNCTION = re.compile(r"\bfunction\b|</script", re.IGNORECASE)
_VARIABLE = re.compile(r"\bvar\s{1,5}([A-Za-z_$][\w$]{0,60})\s{0,5}=\s{0,5}(?:\"([^\"\n]{0,200})\"|'([^'\n]{0,200})')")
_OPENS = re.compile(
    r"(?:\bopen|\blocation\.(?:replace|assign))\s{0,5}\(([^;\n]{1,400})|\blocation(?:\.href)?\s{0,5}=(?!=)([^;\n]{1,400})"
)
_WRAPPING = re.compile(r"\b(?:encodeURI(?:Component)?|escape|String)\s?\(([\w$]{1,60})\)")
_TERM = re.compile(r"\s*(?:\"([^\"]{0,400})\"|'([^']{0,400})'|([\w$]{1,60}))\s*")
_CALL = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]{0,60})\s{0,5}\(([^()]{0,300})\)")
_ARGUMENT = re.compile(r"\s*(?:\"([^\"]{0,300})\"|'([^']{0,300})'|(\d{1,20}))\s*(?:,|$)")
_ADDRESS = re.compile(r"[^'\"<>{}\s+]{0,800}[/?][^'\"<>{}\s+]{1,800}")

# Scripts that cut a long title and write the row: a condition may only be about a length.
_CUTTING = re.compile(r"\bif\s?\([^(){};]{0,40}\.length[^(){};]{0,40}\)\s?\{?[^;{}]{0,120};\s?\}?")
_DECIDING = re.compile(r"\b(?:if|else|for|while|switch|function|return)\b|\?")
_TEXT = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_SET = re.compile(
    r"(?<![\w$.])([A-Za-z_$][\w$]{0,60})\s{0,5}=\s{0,5}(?:\"([^\"\n]{0,400})\"|'([^'\n]{0,400})')\s{0,5};"
)
_WRITES = re.compile(r"\bdocument\.write(?:ln)?\s{0,5}\(([^\n]{1,600}?)\)\s{0,5}(?:;|$)", re.MULTILINE)
_MOST_WRITTEN = 300  # links that the scripts of one page write

Function = tuple[tuple[str, ...], str]  # its parameters and the beginning of its body


def functions_in(text: str) -> dict[str, Function]:
    """The functions that the page defines, by name."""
    if "function" not in text:
        return {}
    found: dict[str, Function] = {}
    for pattern in (_NAMED, _ASSIGNED):
        for one in islice(pattern.finditer(text), _MOST):
            end = _NEXT_FUNCTION.search(text, one.end(), one.end() + _LONGEST_BODY)
            body = text[one.end() : end.start() if end else one.end() + _LONGEST_BODY]
            found.setdefault(one[1], (tuple(name.strip() for name in one[2].split(",")), body))
    return found


def calls_in(script: str) -> list[tuple[str, tuple[str, ...]]]:
    """The calls with nothing but texts and numbers for arguments that a link's script makes."""
    calls = []
    for call in islice(_CALL.finditer(script[:1000]), 10):
        arguments = [found[1] or found[2] or found[3] or "" for found in _ARGUMENT.finditer(call[2])]
        if len(arguments) == (call[2].count(",") + 1 if call[2].strip() else 0):
            calls.append((call[1], tuple(arguments)))
    return calls


def inline_calls(root: etree._Element, text: str) -> None:
    """Writes into each link that calls such a function the address that the call opens, before the call itself."""
    if "location" not in text and "open(" not in text:
        return
    openers = {
        name: (parameters, [one[1] or one[2] for one in islice(_OPENS.finditer(body), 5)])
        for name, (parameters, body) in functions_in(text).items()
    }
    if not any(expressions for _, expressions in openers.values()):
        return
    variables = {one[1]: one[2] or one[3] or "" for one in islice(_VARIABLE.finditer(text), _MOST)}
    for element in islice(_scripted(root), _MOST_LINKS):
        for name in ("href", "onclick"):
            script = element.get(name) or ""
            if "(" in script and (address := _opened(script, openers, variables)):
                start = "javascript:" if name == "href" else ""
                element.set(name, f"{start}location.href='{address}';{script}")


def write_links(root: etree._Element, text: str) -> None:
    """Puts each link that a script writes from nothing but texts behind the script."""
    if "document.write" not in text or "href" not in text:
        return
    scripts = [one for one in root.iter("script") if one.text and "document.write" in one.text and "href" in one.text]
    for script in scripts[:_MOST_WRITTEN]:
        if (
            len(script.text or "") <= 2000
            and script.getparent() is not None
            and (markup := _written(script.text or ""))
        ):
            for link in reversed(_links_in(markup)):
                script.addnext(link)


def _written(script: str) -> str:
    """The markup that a script writes unconditionally; "" when it decides or counts anything."""
    script = _CUTTING.sub("", script)
    if _DECIDING.search(_TEXT.sub("", script)):
        return ""
    known = {one[1]: one[2] or one[3] or "" for one in _SET.finditer(script)}
    return "".join(_joined(one[1] + ")", known) for one in islice(_WRITES.finditer(script), 10))


def _links_in(markup: str) -> list[etree._Element]:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        root = etree.fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return []
    return [link for link in root.iter("a") if link.get("href")][:5]


def _scripted(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter(etree.Element):
        if element.get("onclick") or "javascript:" in (element.get("href") or "").lower():
            yield element


def _opened(script: str, openers: dict[str, tuple[tuple[str, ...], list[str]]], variables: dict[str, str]) -> str:
    for name, arguments in calls_in(script):
        parameters, expressions = openers.get(name, ((), []))
        known = variables | dict(zip(parameters, arguments, strict=False)) if expressions else {}
        for expression in expressions:
            address = _joined(expression, known)
            if _ADDRESS.fullmatch(address):
                return address
    return ""


def _joined(expression: str, known: dict[str, str]) -> str:
    """The text that "…" + name + "…" makes; "" when anything else takes part in it."""
    expression = _WRAPPING.sub(r"\1", expression).removeprefix("encodeURI(")
    text, at = "", 0
    while term := _TERM.match(expression, at):
        if term[3] is not None and term[3] not in known:
            return ""
        text += known[term[3]] if term[3] is not None else term[1] or term[2] or ""
        at = term.end()
        if expression[at : at + 1] != "+":
            return text if at == len(expression) or expression[at] in ",)}\r" else ""
        at += 1
    return ""
