"""The words of a verified report on paper, in Chinese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """Headings, labels and standing sentences."""

    title: str
    head: str
    verdicts: dict[str, str]
    columns: tuple[str, ...]
    summary: str
    legend: str
    wrong: str
    right: str
    none: str
    claims: str
    claim: str
    sum_of: str
    exact: str
    note: str
    mapping: str
    proposed: str
    decided: str
    void: dict[tuple[bool, ...], str]
    definitions: dict[str, str]
    difference: str
    group: str
    counted: dict[bool, str]
    rows: tuple[str, ...]
    shown: str
    checks: str
    holds: dict[bool, str]
    holes: str
    no_holes: str
    more: str
    limits_title: str
    limits: tuple[str, ...]
    archive_title: str
    archive: str
    unheld: str
    again: str


_VOID_ZH = {(True, False): "作废的计或不计", (True,): "含作废", (False,): "不含作废"}
_VOID_EN = {(True, False): "void ones counted or not", (True,): "void ones counted", (False,): "without void ones"}

_ZH = Phrases(
    title="年报数字核对结果",
    head="由 {program} 于 {at} 出具。报告：{name}（{year} 年度，发布机构 {issuer}），对照来源 {source}（{portal}）。",
    verdicts={
        "consistent": "相符",
        "overclaimed": "多报",
        "underclaimed": "少报",
        "unverifiable": "无法核实",
        "sum_adds_up": "合计相符",
        "sum_differs": "合计不符",
    },
    columns=("号", "报告所称", "所称数", "查到", "区间", "结论", "口径"),
    summary="结论一览",
    legend="查到：按所示口径在档案中查到的数；区间：各种可采用的算法、存疑和缺口之下可能的数。",
    wrong="有不相符之处：多报 {over}，少报 {under}，合计不符 {sums}，计算不符 {checks}。无法核实 {open}。",
    right="没有发现不相符之处。相符 {good}，无法核实 {open}。",
    none="报告中没有读到公开数量。",
    claims="逐项说明",
    claim="第 {n} 项：{text}",
    sum_of="分项合计",
    exact="恰好相符的口径：",
    note="注意：",
    mapping="口径对应：",
    proposed="程序提出，把握 {confidence:.2f}",
    decided="由{by}确认",
    void=_VOID_ZH,
    definitions={"postings": "按条目计", "pages": "按网页计", "documents": "按内容计"},
    difference="造成差异的信息",
    group="{words}：{total}（{counted}）",
    counted={True: "已计入", False: "未计入"},
    rows=("编号", "日期", "标题", "栏目", "网址"),
    shown="共 {total}，列出前 {n}；全部：",
    checks="报告自身的计算",
    holds={True: "相符", False: "不符"},
    holes="覆盖缺口",
    no_holes="与本报告有关的栏目和年份，没有已知的缺口。",
    more="另有 {n} 处：",
    limits_title="这些结论没有说的",
    limits=(
        "只说按某口径在档案中查到多少，不说谁有过错。",
        "没有抓到的不算不存在：缺口使区间变宽，缺口大小不明时没有上限，也就不会判“多报”。",
        "首次抓取以前被门户删改的内容无从知道；内容几乎相同而字句不同的转载算两份。",
        "登记清单由报告单位自行提供，只证明有这份清单，不证明确已刊播。",
        "约、近、余留一成余地，期初期末各留三天，把握不足 0.5 的口径不作不利结论：这些是本项目的约定，法律没有规定。",
        "“无法核实”不是不利结论。",
    ),
    archive_title="档案",
    archive="报告原件 {url}，抓取于 {fetched}，SHA-256 {digest}，存于 {warc}。"
    "档案现有捕获 {captures}，最近一次在 {last}。",
    unheld="档案中没有这份报告的原件。",
    again="重做一遍：",
)
_EN = Phrases(
    title="A report's numbers, verified",
    head="Written by {program} at {at}. Report: {name} ({year}, issued by {issuer}), set against {source} ({portal}).",
    verdicts={
        "consistent": "consistent",
        "overclaimed": "overclaimed",
        "underclaimed": "underclaimed",
        "unverifiable": "unverifiable",
        "sum_adds_up": "adds up",
        "sum_differs": "does not add up",
    },
    columns=("No.", "The report states", "Claimed", "Found", "Range", "Verdict", "Definition"),
    summary="Verdicts",
    legend="Found: what the archive holds under the definition shown. Range: what all admissible ways of counting, "
    "doubts and holes leave possible.",
    wrong="Not all agrees: overclaimed {over}, underclaimed {under}, sums that differ {sums}, calculations that differ "
    "{checks}. Unverifiable {open}.",
    right="Nothing was found to be wrong. Consistent {good}, unverifiable {open}.",
    none="No number of publications was read in the report.",
    claims="Claim by claim",
    claim="Claim {n}: {text}",
    sum_of="Sum of its parts",
    exact="Exactly right as: ",
    note="Note: ",
    mapping="Read as: ",
    proposed="proposed by the program, confidence {confidence:.2f}",
    decided="confirmed by {by}",
    void=_VOID_EN,
    definitions={"postings": "postings", "pages": "pages", "documents": "documents"},
    difference="Rows that make the difference",
    group="{words}: {total} ({counted})",
    counted={True: "counted", False: "not counted"},
    rows=("Id", "Day", "Title", "Section", "Address"),
    shown="{total} in all, the first {n} shown; all: ",
    checks="The report's own arithmetic",
    holds={True: "holds", False: "differs"},
    holes="Holes in the coverage",
    no_holes="No hole is known in the sections and years that the report speaks of.",
    more="and {n} more: ",
    limits_title="What these findings do not say",
    limits=(
        "They say what the archive holds under a definition, not who is at fault.",
        "What was not observed is not absent: holes widen the range, and with a hole of unknown size nothing is called "
        "overclaimed.",
        "What a portal removed or changed before the first crawl cannot be known; reposts in other words count as two.",
        "A register is the office's own list: it proves the list, not the publication.",
        "About, nearly and more than leave a tenth of room, a period's ends three days; a reading of less than 0.5 "
        "confidence accuses nobody: conventions of this project, no law says so.",
        "Unverifiable is no accusation.",
    ),
    archive_title="The archive",
    archive="The report as captured: {url}, at {fetched}, SHA-256 {digest}, kept in {warc}. The archive holds "
    "{captures} captures, the last of {last}.",
    unheld="The archive does not hold the report's bytes.",
    again="Do it again: ",
)
PHRASES = {"zh": _ZH, "en": _EN}
