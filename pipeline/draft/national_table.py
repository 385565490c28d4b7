"""Section 二 of the national form of disclosure reports (国办公开办函〔2021〕30号), as an empty form.

An archive of publications cannot know what an office made, repealed, decided or collected: no cell is filled, least of
all with 0. 规章 and 行政规范性文件 may stand on the portal, yet a count of postings is not one of documents in force.
"""

from dataclasses import dataclass

FIRST_YEAR = 2021  # reports for earlier years used other forms
FORM = "国办公开办函〔2021〕30号"
HEADING = "二、主动公开政府信息情况"


@dataclass(frozen=True, slots=True)
class TableItem:
    """One item of article 20 of the regulation: its columns and the rows to be filled."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]


ITEMS = (
    TableItem(
        "第二十条第（一）项",
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "行政规范性文件"),
    ),
    TableItem("第二十条第（五）项", ("信息内容", "本年处理决定数量"), ("行政许可",)),
    TableItem("第二十条第（六）项", ("信息内容", "本年处理决定数量"), ("行政处罚", "行政强制")),
    TableItem("第二十条第（八）项", ("信息内容", "本年收费金额（单位：万元）"), ("行政事业性收费",)),
)
