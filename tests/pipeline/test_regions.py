"""Which place in Tibet a text names; codes of GB/T 2260."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.regions import name_of, parent_of, region_of
from pipeline.tibet import COUNTIES, PREFECTURES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("西藏自治区住房和城乡建设厅", "540000"),
        ("拉萨市某道路工程", "540100"),
        ("拉萨市城关区某街道改造", "540102"),
        ("阿里地区改则县保障房建设项目", "542526"),
        ("那曲市比如县疾控中心", "540622"),
        ("那曲比如水电站", "540622"),
        ("山南加查道路", "540528"),
        ("工布江达县卫生院", "540421"),
        ("江达县卫生院", "540321"),
        ("白朗县卫生院", "540228"),
        ("朗县卫生院", "540426"),
        ("墨竹工卡甲玛乡供水", "540127"),
    ],
)
def test_the_innermost_place_is_named(text: str, code: str) -> None:
    """A county outranks its prefecture, a prefecture the region, and the longest name is read."""
    assert region_of(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("日喀则地区公路", "540200"),
        ("日喀则地区日喀则市道路", "540202"),
        ("昌都地区昌都县", "540302"),
        ("林芝县小学", "540402"),
        ("山南地区乃东县", "540502"),
        ("那曲县道路", "540602"),
        ("堆龙德庆县", "540103"),
        ("达孜县", "540104"),
        ("米林县", "540481"),
        ("错那县", "540581"),
        ("错那市", "540581"),
    ],
)
def test_old_names_mean_the_present_place(text: str, code: str) -> None:
    """A place renamed or raised in rank keeps its identity under its present code."""
    assert region_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "上海市黄浦区西藏中路改造",
        "南京市拉萨路小学",
        "成都市林芝宾馆",
        "阿里巴巴采购",
        "比如说明材料",
        "比如县级以上部门的证明",
        "探索县域经济",
        "佛山市佛山南海区",
        "兰州市城关区",
        "增加查询功能",
        "确定日期",
        "桂林周边道路",
        "彩色尼龙布",
        "第八宿舍楼",
        "准噶尔盆地",
        "吉隆坡",
        "",
    ],
)
def test_namesakes_are_no_places(text: str) -> None:
    """Streets, firms and chance sequences of characters name no place."""
    assert region_of(text) == ""


def test_the_first_text_that_names_a_place_wins() -> None:
    """The title is believed before the issuer, the issuer before the body."""
    assert region_of("道路工程", "林芝市住建局", "拉萨市") == "540400"
    assert region_of("", "", "") == ""


def test_a_list_of_places_is_the_place_around_them() -> None:
    """Two counties in one list are their prefecture, two prefectures the region."""
    assert region_of("改则县、措勤县公路") == "542500"
    assert region_of("拉萨市至林芝市公路") == "540000"


def test_spaces_inside_a_name_do_not_hide_it() -> None:
    """Portals space out short names."""
    assert region_of("比 如 县 卫生院") == "540622"


def test_the_table_is_the_whole_of_tibet() -> None:
    """Seven prefectures and 74 counties, each inside its prefecture, each found by its own name."""
    assert (len(PREFECTURES), len(COUNTIES)) == (7, 74)
    for county in COUNTIES:
        assert parent_of(county.code) in {prefecture.code for prefecture in PREFECTURES}
        assert name_of(county.code) == county.name
        assert region_of(f"{name_of(parent_of(county.code))}{county.name}政府") == county.code
    assert {parent_of(prefecture.code) for prefecture in PREFECTURES} == {"540000"}
    assert (parent_of("540000"), parent_of("110000"), name_of("110000")) == ("", "", "")


@given(st.text())
def test_any_text_gives_a_known_code_or_none(text: str) -> None:
    """Whatever the text, the answer is empty or has a name."""
    region = region_of(text)
    assert region == "" or name_of(region)
