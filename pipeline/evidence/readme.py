"""The README of an evidence pack: what it proves, what it does not, and how to check it."""

README = """\
证据包 / EVIDENCE PACK
=====================

报告 report:    {report}
门户 portal:    {source}
档案截至 as of:  {as_of}

1. 内容 / What is in it

archive/           报告及各条信息的原始抓取记录(WARC 1.1),从档案逐字节复制,含请求
                   the captures of the report and of every publication counted, byte for byte as they were archived
indexes/, pages/   索引与网页清单,可用 replayweb.page 或 pywb 打开本文件
                   index and list of pages: open this file in replayweb.page or pywb
rows/              每一申报数所依据的信息清单(CSV),一行一条
                   for every claim the publications behind it, one line each
evidence/findings.json   申报数、口径、区间、结论  claims, how each is counted, intervals, verdicts
evidence/report.txt      从报告中读出的文字,申报数按位置引用  the report's text, which the claims quote by place
evidence/merges.csv      是否重复存疑的信息对  pairs that may be one publication and are counted as two
evidence/coverage.*      覆盖证明:观察到什么,缺什么  certificate of coverage: what was observed and what is missing
evidence/source.toml     门户的声明  how the portal was declared
evidence/reviews.json    人工决定  what people decided about these rows
evidence/check.py        核对程序  the checker

2. 如何核对 / How to check it

解压出 evidence/check.py (Python 3.8 或更高,无需安装任何东西), 然后 / Take evidence/check.py out and run:

    python check.py 文件名.wacz          (或解压后的文件夹 / or the unpacked folder)

它重算一切摘要,按清单重新计数,并与结论对照;任何一个字节、一行、一个数不符即报错。
清单也可以用表格软件自行计数:筛选 slices 含 "1" 且 counts_as 含 documents (或 postings, pages) 的行。
It computes every digest anew, counts the rows anew under every definition and compares with the findings; one changed
byte, row or number is reported. Anyone can count in a spreadsheet too: rows whose `slices` has "1" and whose
`counts_as` has documents (or postings, pages).

请记下封印,即 datapackage.json 的 SHA-256(核对时打印)。生成当时公布它,日后即可证明本包未改。
Write down the seal: the SHA-256 of datapackage.json, which the checker prints. Published on the day on which the pack
was made, it proves later that nothing was changed.

3. 证明什么 / What it proves

- 结论中的条数、区间下限及分项合计确由所列各行得出,各行在每种口径下如何计数都写明。
  The counts, the lower ends of the intervals and the sums follow from the rows that are listed, under every definition.
- 每一行都有一份原始记录,其内容与摘要相符;标题和日期是否原样见于该记录,写在 stands_in_capture 一列。
  Every row has a capture whose content fits its digest; `stands_in_capture` says whether title and day stand in it.

4. 不证明什么 / What it does not prove

- 不证明门户在所写时间确实发出过这些字节: 抓取者自己记录了它们,没有门户的签名。
  That the portal sent these bytes at that time: who crawled recorded them; no portal signs what it sends.
- 不证明没有列出的信息不存在: 区间上限依据覆盖证明中的缺口,以及存疑而未列入的条数,这些数字不能由各行重算。
  That nothing else was published. The upper ends rest on the holes of the certificate and on what could count besides;
  these numbers are stated and cannot be counted from the rows.
- 不证明类别、重复与日期的判断正确: 依据写明,请看原始网页。百分比等算式只写出,核对程序不重算。
  That types, reposts and dates were judged rightly: look at the pages. Percentages are stated, not recomputed.
- 不证明报告的数字就是按所列口径理解的: 口径由程序提出或由人确认,写在结论旁;文字说明和依据的措辞不作核对。
  That the report's number means what the mapping says: it is proposed by a program or confirmed by a person, and
  printed beside. The sentences of reasons are told by the program that made the pack; the checker compares numbers,
  not words.
- 附件、图片和样式不在包内(除非正文取自附件)。
  Attachments, pictures and styles are not in it, but for files that a text was taken from.
- 谁能重写整个包(网页、清单、结论和全部摘要),就能造出前后一致的假包,封印随之改变。能揭穿它的只有: 早先公布的
  封印、同一档案、其他人保存的同一网页。
  Whoever rewrites everything - pages, rows, findings, all digests - can make a false pack that is consistent in itself,
  with another seal. What exposes it is a seal published earlier, the archive itself, and the same pages as others
  saved them.
- WARC 记录照原样复制,其中可能有抓取者的联系地址,以及报告文件当时在其电脑上的路径。
  Records are copied as they are: they can name the crawler's contact address and the path of a report file on its disk.

格式说明 the format: docs/evidence.md, {schema}
"""


def readme(report: str, source: str, as_of: str, schema: str) -> str:
    """The text for one pack."""
    report, source = (" ".join(one.split()) for one in (report, source))
    return README.format(report=report, source=source, as_of=as_of, schema=schema)
