"""Which CMS family a page betrays."""

import re

from pipeline.page.opened import Page

# What only that family's pages have (domain.md, section 2), surest first; the first group found is the sign shown.
_SIGNS = {
    "jeecms": re.compile(r"[\w/-]{1,80}\.jhtml\b|JEECMS"),
    "trs": re.compile(r"[\w/-]{0,60}/t\d{8}_\d+\.s?html?|createPageHTML\(|TRS_Editor"),
    "hanweb": re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html|/col/col\d+/|/module/web/jpage|<datastore>"),
    "epoint": re.compile(r"categorynum|EpointWebBuilder|(?:inteligent|fulltext)search/rest|\?pageing=", re.IGNORECASE),
    "aspnet": re.compile(r"__VIEWSTATE|__doPostBack"),
    "json_api": re.compile(r"<div id=[\"']?(?:app|root)[\"']?[^<>]{0,100}>\s{0,100}</div>|chunk-vendors"),
    "struts": re.compile(r"[\w/-]{1,80}(?:![A-Za-z]\w{0,60})?\.(?:do|action)\b"),
}
_FAR = 2_000_000  # characters of a page that are looked at


def guess_dialect(page: Page) -> list[tuple[str, str]]:
    """The dialects whose signs the page shows, the most frequent first, each with one of its signs."""
    text = f"{page.url}\n{page.text[:_FAR]}"
    found = {name: [match[0] for match in sign.finditer(text)] for name, sign in _SIGNS.items()}
    seen = sorted(((len(signs), name) for name, signs in found.items() if signs), reverse=True)
    if not seen and page.is_json:
        return [("json_api", "JSON")]
    return [(name, found[name][0]) for _, name in seen]
