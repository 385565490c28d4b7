"""What of a notice is compared with another: name without an editor's additions, lot, round, stage and plain body."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b

from pipeline.classify.decide import type_of_title
from pipeline.likeness.fingerprint import SAYS_NOTHING, body_of, fingerprint, plain
from pipeline.model import Notice, NoticeType
from pipeline.values.lots import lot_of, round_of
from pipeline.values.numbers import number_of
from pipeline.values.text import narrow
from pipeline.values.traditional import SIMPLIFIED, simplified

LONGEST = 20_000  # characters of a body that are compared
_LONGEST_TITLE = 400
_CHINA = timedelta(hours=8)  # China keeps one time

# 務(wù): mirrors in traditional script gloss words with pinyin.
_TRADITIONAL = re.compile(f"[{''.join(map(chr, SIMPLIFIED))}]")
_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[)）]")
_BRACKETED = re.compile(r"\[([^\[\]]{0,60})\]|【([^【】]{0,60})】")
_NO_DIGIT = re.compile(r"[^0-9]+")
_HAN = re.compile("[\u4e00-\u9fff]")
_BRACKET = re.compile(r"[\[【]")
_LONG_CODE = re.compile(r"[A-Za-z0-9\-]{6}")
_CODED = re.compile(r"\([^()]{0,60}?[A-Za-z0-9\-]{6}[^()]{0,60}\)")
_AGENCY = re.compile(r"^.{2,40}?(?:公司|中心|局|厅|委员会)关于")
# What a portal's editor adds to or drops from a project's name; the stage is compared by itself.
_ADDED = re.compile(
    r"\(网\)|公开|邀请|招标|采购|竞争性|磋商|谈判|询价|比选|遴选|询比|竞价|中标|成交|结果|候选人|合同|公[告示]|通知|信息(?!化)|项目|关于|"
    r"更正|变更|澄清|答疑|补遗|补充|纪要|[的()]"
)
# Not in 四川, 三峡: only where something is numbered.
_NUMERAL = re.compile(r"(?<=第)[一二三四五六七八九十]{1,4}|[一二三四五六七八九十]{1,4}(?=[期批号年次届标包段]|$)")
_ORDINAL = re.compile(r"第?(\d{1,2})次")
# 四川省成都市… and 成都市…: where a project is, as far as editors write it.
_PLACES = re.compile(r"^(?:[\u4e00-\u9fff]{1,8}?(?:省|自治区|市|州|盟|地区|县|区|旗)){1,4}")
_SHORTEST = 6  # characters of a name by which others are looked up
CODES = re.compile(r"(?=[A-Za-z\-]{1,20}\d)[A-Za-z][A-Za-z0-9\-]{5,}|\d{6,}[A-Za-z0-9\-]*")
_HEADING = re.compile(
    r"(?:公告|公示|通知书?|纪要|[记纪]录|答疑|合同)(?:[(（]?第?[一二三四五六七八九十\d]{1,3}[次号]?[)）]?)?$"
)
_HEADED = re.compile(r"^[\u4e00-\u9fff]{2,14}?(?:公告|公示|纪要)")


@dataclass(frozen=True, slots=True)
class ComparedParts:
    """One notice as it is compared; two of them that are one announcement share at least one of its keys."""

    source: str
    fingerprint: str
    day: date | None  # of publication, in China
    title: str  # narrow and simplified, without pinyin glosses
    name: str  # what the project is called, plain, numerals in digits
    lot: str
    round: str
    body: str  # plain and simplified
    figures: str  # all digits of the body
    lines: str  # the beginning of the text, for the heading that a title without a type word lacks


@dataclass(frozen=True, slots=True)
class Keys:
    """64-bit keys by which candidates are found."""

    text: int  # all digits of the body, in order; where these are few, the fingerprint
    name: int | None  # with lot and day, the day highest; None: says too little


DAY_STEP = 1 << 40  # between the name keys of two days; notices that come together stand together in an index
_FEW = 16  # digits


@dataclass(frozen=True, slots=True)
class Known:
    """What is already known of a notice: its fingerprint, and the lot and round of its title."""

    fingerprint: str
    lot: str
    round: str


def said_in(notice: Notice, known: Known | None = None) -> ComparedParts:
    """The notice as it is compared; what is known is not found out again."""
    narrowed = narrow(notice.title)
    title = _readable(narrowed).strip()[-_LONGEST_TITLE:]
    if known is None or title != narrowed:
        known = Known(known.fingerprint if known else fingerprint(notice), lot_of(title), round_of(title))
    body = _readable(body_of(notice))[:LONGEST]
    return ComparedParts(
        notice.source,
        known.fingerprint,
        (notice.published + _CHINA).date() if notice.published else None,
        title,
        name_in(title),
        known.lot,
        known.round,
        _untitled(body, title),
        _NO_DIGIT.sub("", body),
        notice.text[:6000],
    )


def keys_of(said: ComparedParts) -> Keys:
    """The keys of a notice; the same after every rebuild, and of equal texts the same."""
    name = said.name.replace(f"{said.round}次", "")  # which an editor may have left out
    core = _PLACES.sub("", name)
    name = core if len(core) >= _SHORTEST else name
    told = said.figures if len(said.figures) >= _FEW else said.fingerprint
    if said.day is None or len(name) < _SHORTEST:
        return Keys(_hash(told), None)
    return Keys(_hash(told), said.day.toordinal() * DAY_STEP + _hash(f"{name} {said.lot}") % DAY_STEP)


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1  # what a signed column holds


def name_in(title: str) -> str:
    """一标段（二次）… as a name: plain, without what editors add, numerals in digits, ordinals without 第."""
    text = _BRACKETED.sub(_kept, title) if _BRACKET.search(title) else title
    text = _AGENCY.sub("", text) if "关于" in text else text
    text = CODES.sub("", _CODED.sub("", text)) if _LONG_CODE.search(text) else text
    text = _NUMERAL.sub(lambda found: str(number_of(found[0]) or found[0]), _ADDED.sub("", text))
    return plain(_ORDINAL.sub(r"\1次", text).replace("年度", "年"))


def _kept(found: re.Match[str]) -> str:
    """A bracket that numbers something stays; a district, an agency or a label goes."""
    inside = found[1] or found[2] or ""
    return inside if re.search(r"\d|[一二三四五六七八九十][次标包期批号]", inside) else ""


def _untitled(body: str, title: str) -> str:
    """The body without the title that a text in one line repeats before it, whole or, with nothing after, in part."""
    if title[:1] not in body[:3] and _HAN.match(title):
        return body  # told at a glance
    title = plain(title)
    for _ in range(3):
        if len(title) >= 6 and body.startswith(title):
            body = body[len(title) :]
    if len(body) - len(title) >= SAYS_NOTHING:
        return body
    name = next((n for n, (x, y) in enumerate(zip(title, body, strict=False)) if x != y), min(len(title), len(body)))
    return body[name:] if len(body) - name < SAYS_NOTHING else body


def _readable(text: str) -> str:
    """The text in simplified characters and without glosses; most is that already, and told so at a glance."""
    return _GLOSS.sub("", simplified(text)) if _TRADITIONAL.search(text) else text


def stage_of(said: ComparedParts) -> NoticeType:
    """The type that the title names, else the one of a heading in the text; UNDECIDABLE when both are silent."""
    named = type_of_title(said.title)[0]
    if named is not NoticeType.UNDECIDABLE:
        return named
    for line in said.lines.splitlines()[:80]:
        heading = line.strip()
        if len(heading) <= 40 and _HEADING.search(heading) and (found := _type(heading)):
            return found
    headed = _HEADED.match(said.body)  # a text in one line has the type word after the repeated title
    return (_type(headed[0]) if headed else None) or NoticeType.UNDECIDABLE


def _type(heading: str) -> NoticeType | None:
    found = type_of_title(narrow(simplified(heading)))[0]
    return None if found is NoticeType.UNDECIDABLE else found


def tokens(pattern: re.Pattern[str], text: str) -> Counter[str]:
    """How often each match of the pattern occurs."""
    return Counter(pattern.findall(text))
