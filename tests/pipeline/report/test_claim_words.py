"""Which numbers count publications, however they are written, through which medium, in whose report."""

import pytest

from pipeline.report import claims_in


def counts(text: str) -> list[int]:
    return [claim.count for claim in claims_in(text, 2020).claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年共公开政府信息２３４５条。", [2345]),
        ("主动公开政府信息1,234条,其中门户网站1,000条,微信公众号234条。", [1234, 1000, 234]),
        ("通过门户网站发布各类信息1.2万余条。", [12000]),
        ("全年累计发布信息3千余条。", [3000]),
        ("全年发布信息三百余条,其中工作动态类信息二百多条。", [300, 200]),
        ("全年公开信息一千二百三十条。", [1230]),
        ("发布涉及民生的信息百余条。", [100]),
        ("全年发布信息逾5000条,近300篇稿件被省级媒体采用。", [5000, 300]),
        ("全系统共公开各类信息21.5万条,同比增长35%。", [215000]),
        ("公开政府信息数量:1356条。", [1356]),
        ("主动公开政府信息共计 4210\n条,其3中新闻动态\n97条。", [4210, 97]),
    ],
)
def test_numbers_in_every_writing(text, expected):
    """Full-width digits, separators, 千, 万, spelled-out hundreds and broken lines are the same numbers."""
    assert counts(text) == expected


@pytest.mark.parametrize(
    ("words", "approximate", "lower"),
    [
        ("120条", False, False),
        ("120余条", True, True),
        ("120多条", True, True),
        ("约120条", True, False),
        ("近120条", True, False),
        ("逾120条", True, True),
        ("超过120条", True, True),
        ("120条以上", True, True),
        ("百余条", True, True),
    ],
)
def test_vague_words(words, approximate, lower):
    """余, 多, 逾, 超过 and 以上 bound a number from below; 约 and 近 only blur it."""
    (claim,) = claims_in(f"全年发布政府信息{words},其他略。").claims
    assert (claim.approximate, claim.lower_bound) == (approximate, lower)


@pytest.mark.parametrize(
    "text",
    [
        "2019年共收到政府信息公开申请45件,其中当面申请10件,网络申请35件,已全部办结。",
        "2019年受理依申请公开12件,按时答复12件,其中予以公开8件、部分公开2件、不予公开2件。",
        "全年办理人大代表建议23件、政协提案41件,办复率100%。",
        "全年网站访问量达25万余次,回复网民留言136条,市长信箱来信52件。",
        "开展政务公开培训3次,参训人员150余人次,建立健全制度12项。",
        "12345热线受理工单1254件,办结1250件。",
        "审核信息1200条,退回35条。",
        "全年报送市委办公室信息120条。",
        "提出意见建议35条,排查隐患56条,归集数据35亿条。",
        "落实“惠民三十条”政策,修建农村公路15条,公开8条惠民举措。",
        "电话:0891-1234567,邮编850000,某政发〔2019〕33号,第711号。",
        "根据第二十条规定开展三条主线、五项活动。",
        "今年信息比上年增加120条。",
        "抽查130个网站,合格71个,合格率54.61%。",
    ],
)
def test_other_numbers_are_no_publications(text):
    """Applications, letters, proposals, visits, staff, rules, ordinals, growth and reports upwards do not count."""
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年公开信息300条,其中住房保障80条;收到申请5件,其中予以公开5件。", [300, 80]),
        ("今年共收到申请5件,主动公开信息300条。", [300]),
        ("设立公开栏35个,发放宣传资料5000余份,张贴公告120份。", [120]),
        ("公开人大代表建议答复23件、政协提案答复41件。", [23, 41]),
        ("共举办12场新闻发布会,发布政策解读18条(其中图解6条、视频2条)。", [12, 18, 6, 2]),
        ("2013年发布信息300条,收到来信12件,依申请公开7件,网站公开了85件。", [300, 85]),
        ("出台十条措施、八项制度,公开五条信息。", [5]),
        ("主动公开政府信息0条。", [0]),
        ("主动公开政府信息的数量为:2013年1256条,2014年1890条。", [1256, 1890]),
        ("公开信息300条,其中政策类120,公告类180。", [300, 120, 180]),
        ("镇政府(街道)公开信息数812,纠错信息数量为3。", [812]),
        ("发布信息51期,编印公报6期,发布短视频12个,制作专题片3部。", [51, 12]),
        ("公开信息300条,其中收到信访5件,网站公开40条。", [300, 40]),
        ("累计公开信息900条,2018年内公开信息1200条。", [900, 1200]),
        ("我局公开情况如下,其中:接收信件5件。", []),
        ("制定规范性文件5件,废止2件;公开后办理建议7件。", [5, 2]),
    ],
)
def test_publications_beside_other_numbers(text, expected):
    """A sentence that speaks of both yields the publications only."""
    assert counts(text) == expected


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("通过政府网站、微博、微信公开信息12条。", "mixed"),
        ("在本县门户网、三务公开平台、村务公开平台公开信息12条。", "mixed"),
        ("通过自治区党政网公开信息12条。", "party_government_intranet"),
        ("利用OA办公系统发布信息12条。", "internal_oa"),
        ("利用电子屏发布信息12条。", "led_screen"),
        ("在公示栏公开信息12条。", "notice_board"),
        ("通过公共查阅室公开信息12条。", "mixed"),
        ("在政府公报刊登文件12件。", "gazette"),
        ("召开新闻发布会12场。", "press_conference"),
        ("转载国务院网站信息12条。", "mixed"),
        ("市政府门户网站共发布信息12条。", "government_portal"),
    ],
)
def test_channel_is_named_by_the_words(text, channel):
    """The medium is the one that the clause names; several, or one without a word of ours, are mixed."""
    assert [claim.channel for claim in claims_in(text, 2019).claims] == [channel]


@pytest.mark.parametrize(
    ("text", "year", "issuer"),
    [
        ("标题 | 某县水利局关于2017年度政府信息公开工作的报告 |\n", 2017, "某县水利局"),
        ("某县某乡2022年政府信息\n公开工作年度报告\n", 2022, "某县某乡"),
        ("年报\n发布机构 | 某县教育局 | 发布日期 | 2021-01-10\n统计期限自2020年1月1日起。\n", 2020, "某县教育局"),
        ("2013年公开信息12条,2014年公开信息30条。2014年发布公告3条。", 2014, ""),
        ("公开信息12条。", None, ""),
    ],
)
def test_year_and_issuer(text, year, issuer):
    """From the title, else from the period and the publisher, else the year that most counts are of; never guessed."""
    report = claims_in(text)
    assert (report.year, report.issuer) == (year, issuer)


def test_invisible_characters_and_doubtful_digits():
    """A zero-width blank changes nothing; blanks between thousands or single digits are layout, others no number."""
    assert counts("公开信\u200b息12\u200b0条。") == [120]
    assert counts("公开信息4 567条。") == [4567]
    assert counts("公开信息4 5 6 7 条。") == [4567]
    assert counts("公开信息45 67条。") == []
