"""Does a counted thing of a report's prose state a number of publications?"""

import re

from pipeline.report.numbers import Counted
from pipeline.report.words import (
    AMENDED,
    APPLICATIONS,
    AVERAGE,
    COUNTED_ELSE,
    DIFFERENCE,
    EVENT,
    EVENT_UNITS,
    GROWN,
    HARD,
    ISSUED,
    NOUN,
    OTHER_ACT,
    PAPER,
    PLAIN_UNITS,
    PRODUCED,
    PUBLISH,
    SENT,
    SENT_TO,
    SHOWN,
    SHOWN_UNITS,
    SOFT,
    STRONG,
    SUMMED,
    WORKED,
    channel_named,
)

_ON_AIR = re.compile("播出|播发|刊播|播报")
_MEDIUM = 14  # characters of a medium's name
_MEDIUM_NAMED = re.compile("(?:网站?|微博|微信|公众号|抖音号?|头条号|公报|报刊|栏|客户端|新媒体)(?:公开|发布)?$")
_NEAR = 8  # characters before a number in which the word that it counts stands
_CONNECTIVES = re.compile(r"(?:总数|数量|共计|累计|总计|合计|总共|各类|达到|超过|[共计约为达的数有了等])+$")
_YEAR_OF = re.compile(r"(?:(?:19|20)[0-9]{2}|去|今|上|本)年度?的?$")


def is_claim(found: Counted, *, listed: bool, after: bool | None) -> bool:
    """True when it counts publications. `listed`: it stands in a list under a claim; `after`: whether the previous
    counted thing of its sentence was a claim, None when there was none."""
    core = _CONNECTIVES.sub("", found.clause)
    if found.unit in EVENT_UNITS and EVENT.search(found.clause[-24:] + found.tail):
        return True
    if _of_something_else(found, core):
        return False
    if found.unit is None:
        return _without_unit(core, listed=listed)
    if found.unit in SHOWN_UNITS:
        return _shown(found, core, listed=listed or bool(after))
    if found.unit not in PLAIN_UNITS:
        return False
    if found.unit == "期" and not (_shown_issue(found, core) or (after and found.before.startswith("、"))):
        return False
    return listed or _medium_alone(found, core) or _plain(found, core, after=after)


def _medium_alone(found: Counted, core: str) -> bool:
    """门户网站:236条 on a line of its own; 件 would as well be letters or cases."""
    named = core.rstrip(":")
    return (
        found.unit != "件"
        and len(named) <= _MEDIUM
        and not SOFT.search(named)
        and _MEDIUM_NAMED.search(named) is not None
        and channel_named(named) != ""
    )


def _of_applications(leads: str) -> bool:
    ends = [told.end() for told in APPLICATIONS.finditer(leads)]
    return bool(ends) and not STRONG.search(leads[ends[-1] :])


def is_comparison(found: Counted) -> bool:
    """True when it says how much a number before it grew or comes to on average."""
    return bool(DIFFERENCE.search(found.clause) or AVERAGE.search(found.clause[-14:]))


def _of_something_else(found: Counted, core: str) -> bool:
    """True when the words say that no publications are counted, wherever the number stands."""
    clause, named = found.clause, NOUN.search(core)
    if HARD.search(clause) or HARD.search(found.tail[:4]) or is_comparison(found):
        return True
    if found.unit == "件" and _of_applications(found.leads):
        return True
    if SENT.search(clause) and not SENT_TO.search(clause):
        return True
    if COUNTED_ELSE.match(found.tail) and not NOUN.search(found.tail):
        return True
    if WORKED.match(core) and not PUBLISH.search(clause):
        return True
    return not named and OTHER_ACT.match(core) is not None and not PUBLISH.search(core[-_NEAR:])


def _without_unit(core: str, *, listed: bool) -> bool:
    if SOFT.search(core[-8:]):
        return False
    return (listed and len(core) >= 2) or bool(_UNITLESS.search(core))


_UNITLESS = re.compile(r"(?:公开|发布)[^,]{0,12}信息(?:数|总数|数量)?$")


def _shown(found: Counted, core: str, *, listed: bool) -> bool:
    if found.unit == "次" and "更新" in found.clause:
        return False  # an act, however many pieces it changed
    if found.unit == "次" and _ON_AIR.search(found.clause):
        return True
    near = SHOWN.search(core[-_NEAR:]) or SHOWN.match(found.tail)
    return near is not None and (listed or bool(PUBLISH.search(found.clause)))


def _plain(found: Counted, core: str, *, after: bool | None) -> bool:
    named = bool(NOUN.search(core)) or bool(NOUN.search(found.tail))
    if ISSUED.search(core):
        return True
    if after is False and not (STRONG.search(found.clause) or (named and found.unit in {"条", "篇"})):
        return False
    if PUBLISH.search(found.clause) or (PRODUCED.search(found.clause) and "信息" in found.clause):
        return named or not OTHER_ACT.match(_object(core))
    if named:
        return found.unit != "份"
    return bool(after) and _goes_on(found, core)


def _goes_on(found: Counted, core: str) -> bool:
    """True when the number continues the claim before it in the sentence."""
    if any(words.search(core) for words in (GROWN, AMENDED, _YEAR_OF)) or SUMMED.match(found.clause):
        return True
    if found.before.startswith("、"):  # 公开建议答复23件、提案答复41件
        return True
    return (found.unit in {"条", "篇", "则"} or bool(PAPER.search(core))) and not SOFT.search(core)


def _shown_issue(found: Counted, core: str) -> bool:
    """编印公报13期 counts printed issues; 发布信息50期 counts publications."""
    return (NOUN.search(core) is not None and not core.endswith("公报")) or STRONG.search(found.clause) is not None


def _object(core: str) -> str:
    """What follows the last verb of publication: 公开建议答复 is published, 公开后办理建议 is not."""
    ends = [verb.end() for verb in PUBLISH.finditer(core)]
    return core[ends[-1] :] if ends else core
