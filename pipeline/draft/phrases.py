"""The phrases around a drafted section, in Chinese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a draft says of itself. No phrase gives a number a unit of publications: only the section does."""

    head: str
    nothing: str
    holes: str
    more: str
    unobserved: str
    zero: str
    unfinished: str
    void: str
    undated: str
    rest: str
    overlapping: str
    no_register: str
    listed: str
    left_out: str
    sources: str
    opens: str
    rows: str
    not_observed: str
    at_least: str
    between: str
    total: str
    portal: str
    by_month: str
    by_type: str
    month: str
    type: str
    all: str
    national: str
    empty_cells: str
    older: str
    appendix: str
    first: str
    id: str
    day: str
    title: str
    channel: str
    right: str
    unproved: str
    wrong: str
    unread: str


_ZH = Phrases(
    head="草稿，由 {program} 于 {at} 依据档案起草：来源 {source}（{portal}），列表最后读于 {known}。口径：{definition}",
    nothing="档案中没有观察到这一年的任何部分，写不出数字。不是没有公开，而是无从知道。",
    holes="档案的覆盖有缺口：以上数字只是已查到的，缺口之内可能还有。缺口如下：",
    more="另有 {n} 处，见 duizhang coverage",
    unobserved="{name}：没有观察到归入此项的栏目，未写入，不等于没有。",
    zero="{name}：观察过，未查到，未写入。",
    unfinished="{year} 年尚未结束或年末以后还没有抓取：年底前请再抓取一次。",
    void="门户标为作废的 {n} 已计入：公开过就计数。",
    undated="另有无日期的信息 {n} 条目，不计入任何一年。",
    rest="“其他”共 {n}，没有规则将其归入任何一项：duizhang review 可逐条确定，"
    "或在来源文件 {source}.toml 中写明 [[lines]]。",
    overlapping="来源文件所写各项互有重叠，同一信息计入不止一项，因此分句列出，不作为总数的组成部分。",
    no_register="没有这一年的登记清单：报刊、广播、微博、微信等网站以外的公开未写入，不等于没有。"
    "补登：duizhang register 清单.csv --source {source}",
    listed="登记清单由本单位提供，只证明有此清单，不证明确已刊播。",
    left_out="登记清单中未写入的（其他网站、发布会或媒体不明）：{media}",
    sources="数字的依据",
    opens="打开：",
    rows="所计各条（共 {n}）",
    not_observed="没有观察到，无从知道。",
    at_least="有大小不明的缺口：至少 {low}，上限未知。",
    between="计入缺口和存疑的，可能在 {low} 与 {high} 之间。",
    total="合计（门户网站与登记清单）",
    portal="门户网站",
    by_month="门户网站各月数量",
    by_type="门户网站各类型数量",
    month="月份",
    type="信息类型",
    all="全年",
    national="全国统一格式 {form}",
    empty_cells="以上各格由本单位据实填写：档案只存公开的网页，不知道制发、废止、现行有效、处理决定和收费的数量，所以留空，不是零。",
    older="此表自 {first} 年度的报告起使用；{year} 年度的报告当时用的是别的格式。",
    appendix="附录：数字背后的每一条",
    first="列出前 {n}，共 {total}；全部见上面的命令。",
    id="编号",
    day="日期",
    title="标题",
    channel="栏目或媒体",
    right="自行核对：{n} 个数字全部读出，与档案全部相符。",
    unproved="自行核对：{n} 个数字全部读出，没有不符的，其中 {open} 个无法核实：{reasons}",
    wrong="自行核对未通过，请勿使用：{reasons}",
    unread="“{quote}”没有被读作一个数字",
)
_EN = Phrases(
    head="Draft, written by {program} at {at} from the archive: source {source} ({portal}), lists last read {known}. "
    "Definition: {definition}",
    nothing="Nothing of this year was observed, so no number can be written. That is not: nothing was published.",
    holes="The coverage of the archive has holes: the numbers above are what was found, and these may hide more:",
    more="and {n} more, see duizhang coverage",
    unobserved="{name}: no section that feeds this line was observed; left out, which does not mean that there is "
    "none.",
    zero="{name}: observed, and none found; left out.",
    unfinished="{year} has not ended, or nothing was crawled since its end: crawl again before the report is written.",
    void="{n} that the portal marks as void are counted: what was published counts.",
    undated="Besides, {n} without a date, which count in no year.",
    rest="{n} fall under 其他 since no rule puts them under a line: settle them by duizhang review, or declare "
    "[[lines]] in {source}.toml.",
    overlapping="The lines of the source file overlap: a publication counts under several. They are given one by one, "
    "not as parts of the total.",
    no_register="No register was brought for this year: newspapers, radio, microblogs and the like are left out, which "
    "does not mean that there are none. Bring it: duizhang register LIST.csv --source {source}",
    listed="The register is the office's own list: it proves the list, not the publication.",
    left_out="Registered and left out (other sites, press conferences, media of no known kind): {media}",
    sources="What the numbers rest on",
    opens="Open it: ",
    rows="the rows ({n})",
    not_observed="Not observed, so not known. ",
    at_least="With holes of unknown size: at least {low}, no upper end. ",
    between="With holes and doubts between {low} and {high}. ",
    total="Total (portal and register)",
    portal="Portal",
    by_month="The portal by month",
    by_type="The portal by notice type",
    month="Month",
    type="Notice type",
    all="Year",
    national="national form {form}",
    empty_cells="These cells are the office's to fill: an archive of web pages does not know what was issued, "
    "repealed, in force, decided or collected. They are empty, not nought.",
    older="This form is in use for reports of {first} and later; reports of {year} had another one.",
    appendix="Appendix: the rows behind the numbers",
    first="The first {n} of {total}; the commands above list all.",
    id="Id",
    day="Day",
    title="Title",
    channel="Section or medium",
    right="Verified by itself: all {n} numbers were read again and are consistent with the archive.",
    unproved="Verified by itself: all {n} numbers were read again and none is contradicted; {open} cannot be verified: "
    "{reasons}",
    wrong="Its own verification failed, do not use it: {reasons}",
    unread='"{quote}" was not read as a number',
)
PHRASES = {"zh": _ZH, "en": _EN}
