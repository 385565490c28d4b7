"""Which place a text names: a county of Tibet, elsewhere a prefecture; codes of GB/T 2260."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.places.divisions import AREAS
from pipeline.places.regions import parent_of, region_of
from pipeline.places.tibet import COUNTIES, PREFECTURES, TIBET

NAMES = {place.code: place.name for place in (TIBET, *PREFECTURES, *COUNTIES, *AREAS)}


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
        "阿里巴巴采购",
        "比如说明材料",
        "比如县级以上部门的证明",
        "探索县域经济",
        "增加查询功能",
        "确定日期",
        "彩色尼龙布",
        "第八宿舍楼",
        "准噶尔盆地",
        "吉隆坡",
        "西藏中路改造",
        "拉萨路小学",
        "北京东路管网改造",
        "林芝宾馆",
        "城关区某路",
        "鼓楼区某小学",
        "朝阳区环卫设备采购",
        "老城区供水管网改造工程",
        "城西安置房二期",
        "黄河北岸堤防",
        "河北岸堤防",
        "安康杯竞赛",
        "开封时间变更",
        "日照分析报告",
        "中山装采购",
        "东方市场改造",
        "新县城道路工程",
        "大同小异",
        "长治久安",
        "新华区块链",
        "搭建县级平台",
        "新建水厂",
        "雅安镇小学",
        "改则不限",
        "加查一次",
        "东方医院（东方）",
        "",
    ],
)
def test_namesakes_are_no_places(text: str) -> None:
    """Streets, firms and chance sequences of characters name no place."""
    assert region_of(text) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("宜昌市夷陵区道路", "420500"),
        ("夷陵区老旧小区改造", "420500"),
        ("敖汉旗新惠镇供水", "150400"),
        ("大武口区体育设备采购", "640200"),
        ("峨边彝族自治县产业园", "511100"),
        ("峨边县产业园", "511100"),
        ("长阳土家族自治县卫生院", "420500"),
        ("甘孜州公路", "513300"),
        ("恩施土家族苗族自治州中心医院", "422800"),
        ("锡林郭勒盟草原站", "152500"),
        ("大兴安岭地区林场", "232700"),
        ("江苏南通道路工程", "320600"),
        ("2025年宜昌城区管网", "420500"),
        ("中国电信萍乡分公司机房", "360300"),
        ("重庆市垫江县体育场", "500000"),
        ("重庆垫江体育场", "500000"),
        ("沙坪坝体育馆", "500000"),
        ("北京市朝阳区环卫", "110000"),
        ("长春市朝阳区环卫", "220100"),
        ("朝阳市朝阳县环卫", "211300"),
        ("辽宁朝阳环卫", "211300"),
        ("徐州市鼓楼区小学", "320300"),
        ("福州鼓楼区小学", "350100"),
        ("[垫江]体育公园", "500000"),
        ("垫江", "500000"),
        ("【日照】供热", "371100"),
        ("江西新建水厂", "360000"),
        ("四川安居工程", "510000"),
        ("海南省水务厅", "460000"),
        ("海南琼海市供水", "469002"),
        ("青海省海南州公路", "632500"),
        ("青海海南公路", "632500"),
        ("海南藏族自治州医院", "632500"),
        ("吉林省水利厅", "220000"),
        ("吉林大桥", "220000"),
        ("吉林市船营区", "220200"),
        ("吉林省吉林市医院", "220200"),
        ("兰州市城关区", "620100"),
        ("仙桃市小学", "429004"),
        ("石河子市供热", "659001"),
        ("香港特别行政区", "810000"),
        ("洛阳市老城区道路", "410300"),
        ("上海市黄浦区西藏中路改造", "310000"),
        ("南京市拉萨路小学", "320100"),
        ("成都市林芝宾馆", "510100"),
        ("佛山市佛山南海区", "440600"),
        ("河南平顶山道路", "410400"),
        ("云南昌宁县水库", "530500"),
        ("山西宁武县水库", "140900"),
        ("江西安福县水库", "360800"),
    ],
)
def test_elsewhere_the_prefecture_is_named(text: str, code: str) -> None:
    """Outside Tibet a county means its prefecture; a municipality, and a county under its province, mean themselves."""
    assert region_of(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("襄樊市道路", "420600"),
        ("毕节地区医院", "520500"),
        ("思茅市机场", "530800"),
        ("莱芜市水务局", "370100"),
        ("溧水县中学", "320100"),
        ("卢湾区绿化", "310000"),
        ("长泰县公路", "350600"),
    ],
)
def test_places_of_the_past_mean_where_they_lay(text: str, code: str) -> None:
    """A prefecture or county that is gone since means the prefecture that has its land now."""
    assert region_of(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("江西甲招标咨询有限公司关于新余市燃气管道改造", "360500"),
        ("四川甲项目管理有限公司关于江孜县小学的公告", "540222"),
        ("中标单位：成都甲科技有限公司，招标人：林芝市水利局", "540400"),
        ("重庆大学援建察隅县项目", "540425"),
        ("广东省对口支援林芝市项目", "540400"),
        ("山东省援建日喀则市白朗县大棚", "540228"),
        ("四川大学支援林芝市人民医院", "540400"),
        ("国网西藏电力有限公司拉萨供电公司", "540100"),
        ("贵溪市甲开发有限公司", "360600"),
        ("江苏甲招标代理有限公司", ""),
        ("河南省第二建筑工程公司", ""),
    ],
)
def test_who_helps_or_serves_is_not_the_place(text: str, code: str) -> None:
    """A contractor's, an agency's and a helper's seat does not count; a buying firm's does when alone."""
    assert region_of(text) == code


def test_a_namesake_waits_for_what_a_later_text_names() -> None:
    """鼓楼区 in the title is decided by an issuer in 南京, 城关区 by one in 拉萨."""
    assert region_of("鼓楼区小学改造", "南京市教育局") == "320100"
    assert region_of("城关区小学改造", "拉萨市教育局") == "540102"
    assert region_of("城关区小学改造", "甘肃省教育厅") == "620100"
    assert region_of("城关区小学改造", "") == ""
    assert region_of("改则某路改造", "阿里地区住建局") == "542526"
    assert region_of("江达某小学", "昌都市教育局") == "540321"
    assert region_of("江达某小学", "拉萨市教育局") == "540100"


def test_the_first_text_that_names_a_place_wins() -> None:
    """The title is believed before the issuer, the issuer before the body."""
    assert region_of("道路工程", "林芝市住建局", "拉萨市") == "540400"
    assert region_of("", "", "") == ""


def test_a_list_of_places_is_the_place_around_them() -> None:
    """Two counties in one list are their prefecture, two prefectures the region."""
    assert region_of("改则县、措勤县公路") == "542500"
    assert region_of("拉萨市至林芝市公路") == "540000"
    assert region_of("拉萨那曲公路") == "540000"
    assert region_of("西安咸阳国际机场") == "610000"
    assert region_of("拉萨市拉萨达孜区道路") == "540104"
    assert region_of("枝江市和宜都市公路") == "420500"
    assert region_of("南通市、盐城市公路") == "320000"
    assert region_of("成都市至拉萨市公路") == ""
    assert region_of("山南市乃东区、扎囊县公路，乃东区段") == "540500"


def test_spaces_inside_a_name_do_not_hide_it() -> None:
    """Portals space out short names."""
    assert region_of("比 如 县 卫生院") == "540622"


def test_the_table_is_the_whole_of_tibet() -> None:
    """Seven prefectures and 74 counties, each inside its prefecture, each found by its own name."""
    assert (len(PREFECTURES), len(COUNTIES)) == (7, 74)
    for county in COUNTIES:
        assert parent_of(county.code) in {prefecture.code for prefecture in PREFECTURES}
        assert region_of(f"{NAMES[parent_of(county.code)]}{county.name}政府") == county.code
    assert {parent_of(prefecture.code) for prefecture in PREFECTURES} == {"540000"}
    assert (parent_of("540000"), parent_of("110000"), parent_of("999999")) == ("", "", "")


def test_the_table_of_china_is_whole() -> None:
    """33 provinces besides Tibet, each prefecture in one of them, each found by its full name."""
    provinces = {area.code for area in AREAS if area.code.endswith("0000")}
    assert len(provinces) == 33
    assert len({area.code for area in AREAS}) == len(AREAS)
    for area in AREAS:
        assert region_of(f"{area.name}政府") == area.code
        assert area.code in provinces or parent_of(area.code) in provinces


def test_a_county_in_its_prefecture_is_found() -> None:
    """Every county, named after its prefecture or municipality, means it; for the namesakes it decides."""
    for area in AREAS:
        for county in (*area.counties, *area.gone):
            assert region_of(f"{area.name}{county}政府") == area.code, county


def test_reading_takes_time_in_proportion() -> None:
    """Text of nothing but names, and of firms that never end, is read as fast as any."""
    for hostile in ("西藏自治区" * 400, "拉萨招标" * 500, "城关区" * 700, "山" * 2000, "宜昌市某" * 500):
        begun = perf_counter()
        region_of(*[hostile] * 20)
        assert perf_counter() - begun < 2


@given(st.text())
def test_any_text_gives_a_known_code_or_none(text: str) -> None:
    """Whatever the text, the answer is empty or has a name."""
    region = region_of(text)
    assert region == "" or region in NAMES
