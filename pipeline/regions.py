"""Which place in Tibet a text names: the six-digit code of the innermost one."""

import re
from collections.abc import Iterator

from pipeline.text import no_space
from pipeline.tibet import COUNTIES, PREFECTURES, TIBET, UNMISTAKABLE, Place

_LOOKED_AT = 2000  # characters of each text; what a notice is about stands in its first paragraphs

# A street, a house or a firm named after a place, usually in another city: 西藏中路, 拉萨路, 林芝宾馆.
_NOT_A_NAMESAKE = (
    r"(?![东西南北中]{0,2}(?:[一二三四五六七八九十]{1,2})?(?:路|街|巷|大道|大街|大厦|宾馆|饭店|酒店|餐厅|饭庄|料理))"
)
# 比如县级医院, 探索县域经济: the word before is no county.
_NOT_A_LEVEL = r"(?!级|域|际|以上|以下|处级|乡道)"

_NAMES = {place.code: place.name for place in (TIBET, *PREFECTURES, *COUNTIES)}


def name_of(code: str) -> str:
    """The present name of the place with that code, "" for a code that is none of Tibet's."""
    return _NAMES.get(code, "")


def parent_of(code: str) -> str:
    """The code of the place around: a county's prefecture, a prefecture's region; "" for anything else."""
    if code not in _NAMES or code == TIBET.code:
        return ""
    prefecture = code[:4] + "00"
    return TIBET.code if code == prefecture else prefecture


def _short(name: str) -> str:
    return re.sub("(?:自治区|地区|[市县区])$", "", name) if len(name) > 2 else name


def _full_names(place: Place) -> Iterator[str]:
    yield place.name
    yield from place.earlier


def _county_patterns() -> Iterator[tuple[str, str]]:
    around = {place.code: _short(place.name) for place in PREFECTURES}
    for place in COUNTIES:
        prefecture = around[parent_of(place.code)]
        in_prefecture = rf"{prefecture}(?:市|地区)?"
        if place.name == "城关区":  # Lanzhou has one too
            yield rf"{in_prefecture}城关区", place.code
            continue
        for name in _full_names(place):
            yield re.escape(name) + _NOT_A_LEVEL, place.code
        short = _short(place.name)
        if len(short) > 1:
            yield rf"{in_prefecture}{short}" + _NOT_A_NAMESAKE, place.code
        if short in UNMISTAKABLE:
            yield short + _NOT_A_NAMESAKE, place.code


def _prefecture_patterns() -> Iterator[tuple[str, str]]:
    for place in PREFECTURES:
        short = _short(place.name)
        if short == "山南":  # 佛山南海区, 中山南路, 山南镇
            yield r"山(?<![佛中鞍唐舟黄泰乐眉保象梁稷千房]山)南(?:市|地区)", place.code
            yield r"西藏(?:自治区)?山南(?!路|镇|街)", place.code
        elif short == "阿里":  # 阿里巴巴, 阿里云
            yield r"阿里(?:地区|行署|地委|军分区)", place.code
            yield r"西藏(?:自治区)?阿里(?!巴巴|云|健康|影业)", place.code
        else:
            yield rf"{short}(?:市|地区)?" + _NOT_A_NAMESAKE, place.code
    yield rf"西藏(?:自治区|{_NOT_A_NAMESAKE})", TIBET.code


_PATTERNS = (*_county_patterns(), *_prefecture_patterns())
# Counties first, longer before shorter: 那曲比如 is met before 那曲. Each begins with a literal,
# which lets the engine skip to it; an empty group tells which one matched.
_ORDERED = tuple(sorted(_PATTERNS, key=lambda pattern: (pattern[1].endswith("00"), -len(pattern[0]))))
_PLACES = re.compile("|".join(f"{pattern}()" for pattern, _ in _ORDERED))
_LIST = frozenset("、和及与至,，/—-~")


def region_of(*texts: str) -> str:
    """The code of the innermost place in Tibet that the first text which names one names, "" when none does."""
    for text in texts:
        if region := _region_in(no_space(text[:_LOOKED_AT])):
            return region
    return ""


def _region_in(text: str) -> str:
    named = [(match.start(), match.end(), _ORDERED[(match.lastindex or 1) - 1][1]) for match in _PLACES.finditer(text)]
    if not named:
        return ""
    deepest = max(_depth(code) for _, _, code in named)
    region, end = "", -1
    for start, stop, code in named:
        if _depth(code) < deepest:
            continue
        if not region:
            region, end = code, stop
        elif start - end == 1 and text[end] in _LIST:
            region, end = _around(region, code), stop
    return region


def _depth(code: str) -> int:
    return 0 if not code else 1 + _depth(parent_of(code))


def _around(one: str, other: str) -> str:
    """The innermost place that contains both: 改则县、措勤县 are in 阿里地区."""
    while one != other:
        if _depth(one) >= _depth(other):
            one = parent_of(one)
        else:
            other = parent_of(other)
    return one
