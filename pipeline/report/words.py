"""The words by which a report's sentence about publications is told from one about anything else."""

import re

# Number of pieces; what is counted in 个, 人, 号, 元 ... is never a publication by its unit alone.
UNITS = "张|条次|条|篇次|篇|件次|件|则|期|份|场次|场|项|次|部|个|幅"
PLAIN_UNITS = frozenset({"条", "条次", "篇", "篇次", "则", "件", "期", "份"})
SHOWN_UNITS = frozenset({"个", "张", "部", "幅", "项", "次"})  # only beside a noun that is itself a publication
EVENT_UNITS = frozenset({"场", "场次", "次", "期"})

PUBLISH = re.compile(
    r"公开(?!栏|工作|制度|领导|指南|条例|年报|年度|电话|方式|范围|内容|查阅|点|场所|专栏|申请)|发布(?!会|活动)|公布|公示|刊播|刊发|刊登|刊载|登载|发表|推送|推出|转载|转发|挂网|上网|上传|更新|播发|播出|张贴|制发|"
    r"发送|采用|录用|编发|披露|发文|上线|配发|印发|报道|出台|发出|公告|发稿|供稿"
)
STRONG = re.compile(
    r"主动公开|发布(?!会|活动)|张贴|公布|刊发|刊登|刊载|登载|发表|刊播|播发|播出|推送|转载|转发|挂网|配发|网上公开|网站公开|制发|新增公开|(?:全文|全部|对外|向社会)公开|"
    r"^(?:全年|年内|[共并还]|本年度?|当年)*公开(?!答复|回复)[一-龥]{2}"
)
NOUN = re.compile(
    r"(?:信息|动态|公告|公示|通知|新闻|要闻|稿件|解读|解读件|材料|图文|视频|资讯|目录|博文|微博|推文|通告|消息|文章|"
    r"公报|手机报|报道|类|图解|政务|发布量|公开量|公开数|公开数据|图片|短信)$"
)
SHOWN = re.compile(r"视频|读懂|图解|图文|音频|海报|H5|动漫|长图|漫画|图片|信息|稿件|解读")
EVENT = re.compile(r"新闻发布会|发布会|新闻通气会|新闻发布活动|吹风会")
PAPER = re.compile(r"(?:文件|规章|公文|法规|办法|预案|意见)$")
AMENDED = re.compile(r"(?:新制定|制定|修改|修订|废止|失效|现行有效|新增|保留)(?:了|的)?$")
GROWN = re.compile(r"(?:增加|增长|上升|提高|减少|下降|增|升|降)(?:到|至|为)")
# "比上年增加12条" states a difference, not a number of publications.
DIFFERENCE = re.compile(r"(?:增加|减少|增长|下降|同比|增幅|[多少减]|(?<!新)增)了?$")

# Never a publication, wherever it stands.
HARD = re.compile(
    r"依申请|申请公开|公开申请|申请(?:人|表|书|数|量|数量|件|的|共|共计|[0-9])*$|受理|复议|诉讼|信访|来信|来访|信件|来电|收到|"
    r"接收|收悉|查询|接待|访问|浏览|点击|纠错|不予公开|不公开|同意公开|予以公开|部分公开|免予公开|办结|留言|回复|回帖|"
    r"粉丝|阅读|下载|举报|人次|结转|撤销|来函|收集|征集到|采纳|抽查(?!结果|情况)|错别字|错敏|暗链|死链|印刷|认领|网民|热线|工单|提问|"
    r"评论|转办|督办|应诉|败诉|胜诉|虚假|敏感|错误|违规|有害|(?<!非)涉密|失效链|过期|不准确|标语|横幅|条幅|不掌握|补正|不存在|其他处理|其它处理|非本机关|无法提供|不予处理|不予受理|重复申请|继续办理|驳回"
)
# The sentence speaks of applications until a verb of publication comes.
APPLICATIONS = re.compile(r"(?:收到|受理|答复|新收|接收|从|按)[^,;。]{0,16}申请")
# Not a publication as the verb's object, yet a fair name of a class of publications ("培训类信息12条").
SOFT = re.compile(
    r"办理|建议|提案|答复|咨询|会议|培训|制度|措施|事项|问题|检查|征集|意见|投诉|许可|处罚|强制|整改|任务|职责|"
    r"宣传单|宣传册|宣传资料|资料|发放|经费|清理|审查|备案|栏目|人员|案件|项目|合同|活动|方案|数据|收费"
)
# Work on information that is not yet its publication.
WORKED = re.compile(
    r".*(?:归集|采集|录入|排查|核查)|(?:我[局厅委办县市区]|[并还又共]|同时|全年|另外|累计)*"
    r"(?:处理|处置|监测|研判|审核|撰写|起草|退回|删除|撤稿|撤回|征集|梳理|收集|清查|审查|审阅|调研|汇总)"
)
# Verbs that count something else, unless what they govern ends in a noun of publication.
OTHER_ACT = re.compile(
    r"(?:我[局厅委办县市区]|[并还又共后]|同时|全年|另外)*(?:办理|开展|举办|组织|召开|完成|处理|协调|审批|核发|立案|查处|调解|建设|修建|新建|改造|"
    r"安装|检查|整治|整改|提出|征求|接受|听取|解决|落实|培训|签订|发放|承办|共享|处置|化解|招标|招聘|选拔|承诺)"
)
# 公开8条举措: what follows the number is not a publication.
COUNTED_ELSE = re.compile(
    r"^.{0,6}(?:措施|举措|政策|意见|建议|规定|要求|线路|公路|道路|河道|航线|线索|标准|经验|承诺|禁令|问题)"
)
ISSUED = re.compile(r"(?:制定|印发|出台|修订|修改|起草并发布|制发)[^,]*(?:规范性文件|规章|政府文件|公文)$")
# What is sent to another office is published only where a site or a medium takes it.
SENT = re.compile(r"报送|送交|(?<!以)上报(?!刊|纸)|呈报|投稿|报请|送审")
SENT_TO = re.compile(r"网(?![评络民上格信])|门户|平台|公众号|微博|微信|采用|录用|日报|晚报|电视|广播|主动公开")
PRODUCED = re.compile(r"清理出|梳理出|产生|制作|形成|生成|获取")

# 从公开渠道看: a total is cut once more, in another way.
CUT = re.compile(
    r"(?:^|[,;:。])(?:其中|若)?(?:按照?|依)[^,;:。0-9]{1,12}(?:分|划分|分类|统计|区分|来看)|从[^,;:。0-9]{2,14}(?:看|分析)(?=[,:])"
)
_PARTS_OF = (
    r"其[0-9]{0,3}中|具体(?:情况|数量|内容|包括)?(?:为|是|如下|:)|(?:信息|内容|文件|稿件|总数|总量)当?中(?=[,:])"
)
MARK = re.compile(rf"{_PARTS_OF}|包括|包含|分别|具体为|(?:^|[(,;:])含")
WITHIN = re.compile(_PARTS_OF)
# 月均40条 is what a total comes to, no number of its own.
AVERAGE = re.compile(r"(?:[年月周日天季人](?:度)?|平)均|每(?:个?(?:年|月|季度|周|日|天|工作日|星期))")
SUMMED = re.compile(r"^(?:总计|合计|共计|总共|累计|共|总数为?|总量为?)?(?:达到?|为|有|约)?$")
INTRODUCED = re.compile(
    r"^(?:同时|另外|此外|还|并|又|我[局厅委办县市区]|[一二三四五六七八九十]是|,)*(?:通过(?!率)|利用(?!外资)|在(?![建岗职线])|依托|借助|经(?![济营常费贸信]))"
)

_CHANNELS = (
    ("press_conference", re.compile(r"发布会|通气会|新闻发布活动|吹风会")),
    ("gazette", re.compile(r"公报")),
    ("party_government_intranet", re.compile(r"党政网")),
    ("internal_oa", re.compile(r"OA|办公系统|办公网络|内网|办公自动化", re.IGNORECASE)),
    ("led_screen", re.compile(r"电子屏|显示屏|LED|大屏", re.IGNORECASE)),
    ("notice_board", re.compile(r"(?:公示|公告|公开|宣传)栏(?!目)|公告牌|橱窗")),
    (
        "newspaper_radio",
        re.compile(
            r"校报|《[^》]{1,12}(?<!公)[报刊]》|(?<!公)报刊|报纸|广播|电视|电台|(?<!质量)(?<!水质)(?<!监测)日报|晚报|杂志|(?<!新)媒体"
        ),
    ),
    ("wechat", re.compile(r"微信|公众号")),
    ("weibo", re.compile(r"微博")),
    ("new_media", re.compile(r"手机报|手机短信|抖音|今日头条|头条号|快手|客户端|新媒体")),
    ("government_portal", re.compile(r"政府(?:门户)?网站?|政府信息公开(?:网|平台|专栏|系统)|政府门户|人民政府网")),
    ("business_platform", re.compile(r"(?:信息|共享|服务|交易|监管)平台|公示系统|数据目录|共享目录|开放目录")),
    ("mixed", re.compile(r"新闻网|[新人]民网|新华网|官微")),  # another's site; a microblog or WeChat
    ("portal", re.compile(r"网|主页")),
)


_NEVER_BESIDE_PORTAL = frozenset({"party_government_intranet", "internal_oa", "government_portal", "mixed"})
# 门户网、村务公开平台
_SEVERAL = re.compile(r"(?:网|网站|平台)[、和及与][^、和及与,;:。]{0,16}(?:网|网站|平台)")


def channel_named(text: str) -> str:
    """The channel that the words name; "mixed" for several, "" for none."""
    named = [name for name, pattern in _CHANNELS if pattern.search(text)]
    if not _NEVER_BESIDE_PORTAL.isdisjoint(named):
        named = [name for name in named if name != "portal"]
    if not named:
        return ""
    return named[0] if len(named) == 1 and not _SEVERAL.search(text) else "mixed"


_LEADING = re.compile(
    r"^(?:[(]?[一二三四五六七八九十0-9]{1,3}[)、.]|[一二三四五六七八九十]是|[、,和及与;:的]|以及|同时|另外|此外|其[0-9]{0,3}中|"
    r"[^,;:。]{0,16}(?:信息|内容|文件)当?中[:,]|包括|包含|分别为|分别|含|还|并)+"
)
_ISSUING = re.compile(r"(?:^|.*[厅局委办处县区市州镇乡年度内月来])(?:共|总共|共计|累计|总计)?$")
_BY_WAY_OF = re.compile(r"^(?:通过|利用|在|依托|借助|经)")
_VERB = re.compile(r"(?:主动)?(?:公开|发布|公布|转载|推送|刊登|刊发)")


def quote_start(clause: str) -> int:
    """Where a claim's quote starts in its clause: at the verb when only the office or a medium stands before it."""
    lead = _LEADING.match(clause)
    start = lead.end() if lead else 0
    verb = _VERB.search(clause, start)
    if verb is None or verb.start() == start or verb.end() == len(clause):
        return start
    before = clause[start : verb.start()]
    return verb.start() if _BY_WAY_OF.match(before) or _ISSUING.match(before) else start


_NOISE = re.compile(
    r"^(?:新增|共|累计|主动|及时|公开|发布|公布|各类|有关|相关|转载|各项|全年|了|出|政府|计|等|方面|的|(?:19|20)[0-9]{2}年度?)+"
)
_TAIL = re.compile(r"(?:类|信息|数量|数|总|共|累计|为|达|约|有|计|的|工作|合|等|方面|量|:|(?:19|20)[0-9]{2}年度?)+$")
_ACTS = re.compile(
    r"公开(?!类|栏|平台|指南|专栏|目录)|发布(?!会|活动|量|总)|公示(?=.)|张贴|播出|更新(?=.)|上传|公布|转载|推送|刊登|刊发|制发|配发|报送"
)
_AND_OTHERS = re.compile(r"等(?!级)[^等]*$")


def category_of(quote: str) -> str:
    """What the counted publications are about, "合计" when the quote names nothing narrower than information."""
    named = _AND_OTHERS.sub("", quote[-120:])
    verb = 0
    for found in _ACTS.finditer(named):
        verb = found.end()
    body = _NOISE.sub("", _TAIL.sub("", named[verb:]))
    body = _TAIL.sub("", body)
    body = body[:1] + body[1:].replace("工作", "")
    body = _LEADING.sub("", body)
    return body if body not in {"", "政务", "政府", "信息", "网上", "网站"} else "合计"


_OFFICES = re.compile(
    r"^(?P<subject>[^,;:。]{0,30}?(?:政府|机关|部门|单位|街道|乡镇|县区|市区)(?:[^,;:。公发]{0,12})?)(?:共|累计)?(?:主动)?(?:公开|发布)"
)
_ONE_OFFICE = re.compile(r"^(?:政府|主动|网|在|通过|利用|依托|我|本|全|向|各类|向政府)")


def subject_in(clause: str) -> str:
    """The offices that the clause names as the ones who published, "" when it is the report's own office."""
    found = _OFFICES.match(clause)
    if found is None or _ONE_OFFICE.match(clause) or "网" in found["subject"] or "信息" in found["subject"]:
        return ""
    return re.sub(r"(?:主动|共|累计|及时)+$", "", found["subject"])
