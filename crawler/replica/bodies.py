"""The text of an article as HTML, composed from its project and its seed: the same article always says the same."""

import random
import re
from datetime import date, timedelta

from crawler.replica.compose import ComposedArticle
from crawler.replica.words import firms, lines, words

_SLOT = re.compile(r"\{([^}]+)\}")


def parts_of(article: ComposedArticle) -> list[str]:
    """The text's pages: one, or two where the clerk broke a long notice."""
    blocks = _Text(article).blocks
    if article.void:
        blocks.insert(0, _paragraph("本公告已作废，请以重新发布的公告为准。"))
    ending = f'<p class="sign">{article.project.owner}<br/>{_written(article.signed)}</p>'
    if not in_two_pages(article):
        return ["\n".join([*blocks, ending])]
    middle = len(blocks) // 2
    return ["\n".join(blocks[:middle]), "\n".join([*blocks[middle:], ending])]


def in_two_pages(article: ComposedArticle) -> bool:
    """One tender notice of fifty is broken into two pages."""
    return article.stage == "tender" and article.seed % 50 == 7


def attached(article: ComposedArticle) -> str:
    """The name of the file that the notice brings along, "" for most."""
    if article.stage in {"tender", "retender"} and article.seed % 60 < 2:
        return ("招标文件领取登记表.doc", "工程量清单.pdf")[article.seed % 60]
    return ""


def _paragraph(text: str) -> str:
    return f'<p style="text-indent:2em"><span style="font-size:14px">{text}</span></p>'


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


class _Text:
    """A text of words.toml as it is filled in, drawing from the article's seed in the order of its lines."""

    def __init__(self, article: ComposedArticle) -> None:
        project = article.project
        self.signed = article.signed
        self.rng = random.Random(article.seed)
        self.cents = {"budget": project.budget * 100}
        self.values = {
            **{"code": project.number, "name": project.name, "place": project.place, "owner": project.owner},
            **{"office": project.owner[-3:], "agent": project.agent, "title": article.title},
            **{"amount": str(project.budget), "picture": str(article.seed % 9)},
        }
        self.chosen: list[str] = []
        self.rows: list[list[str]] = []
        self.blocks: list[str] = []
        stage = article.stage
        if stage in words()["changes"]:
            self.values["reason"], self.values["change"] = words()["changes"][stage]
            stage = "change"
        self.write(lines(words()["texts"][words()["same"].get(stage, stage)]))

    def write(self, text: list[str]) -> None:
        """The lines, each as what its first sign says it is."""
        for line in text:
            mark, _, rest = line.partition(" ")
            if self.rows and mark != "|":
                self.table()
            if mark == "=":
                self.remember(*rest.split(" "))
            elif mark == "|":
                self.rows.append([self.filled(cell) for cell in rest.split(" | ")])
            elif mark == "@":
                self.include(rest)
            else:
                filled = self.filled(line)
                self.blocks.append(filled if line.startswith("<p") else _paragraph(filled))

    def table(self) -> None:
        """The rows so far."""
        rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in self.rows)
        self.blocks.append(f'<table border="1" cellspacing="0" style="width:100%"><tbody>{rows}</tbody></table>')
        self.rows = []

    def include(self, name: str) -> None:
        """Another text, or the chosen lines: all, or only the first. Each has drawn its own count before it."""
        if name not in {"lines", "first"}:
            self.write(lines(words()["texts"][name]))
            return
        for place, line in enumerate(self.chosen):
            self.values["count"] = self.drawn("number", "20", "900")
            if name == "lines" or not place:
                self.write([line])

    def remember(self, name: str, *drawing: str) -> None:
        """A value for the lines that follow; some names stand for several values."""
        budget = self.cents["budget"] // 100
        if name == "bids":
            draw = self.rng.randrange
            prices = sorted(budget * draw(8800, 9900) // 100 + draw(10_000) for _ in range(3))
            for place, (firm, price) in enumerate(zip(self.rng.sample(firms(), 3), prices, strict=True), 1):
                self.values[f"firm{place}"], self.cents[f"price{place}"] = firm, price
        elif name == "price":
            self.cents[name] = budget * 97 + self.rng.randrange(100_000)
        elif name == "lines":
            self.chosen = self.rng.sample(lines(words()["texts"]["lines"]), self.rng.randrange(3, 6))
        else:
            self.values[name] = self.drawn(*drawing)

    def filled(self, line: str) -> str:
        """The line with its slots filled, a value that has slots of its own too."""
        return _SLOT.sub(lambda slot: self.drawn(*slot[1].split(" ")), line)

    def drawn(self, kind: str, *given: str) -> str:
        """What a slot says."""
        rng = self.rng
        if kind in self.values and not given:
            return self.filled(self.values[kind])
        if kind == "pick":
            return rng.choice(given)
        if kind == "person":
            return f"{rng.choice(words()['surnames'])}{rng.choice(words()['given'].split())}"
        if kind == "phone":
            # 089x are Tibet's area codes; numbers that begin with 0 are not given out.
            return f"089{rng.randrange(1, 8)}-0{rng.randrange(100000, 999999)}"
        if kind == "yuan":
            return f"{self.cents[given[0]] / 100:,.2f}元"
        number = int(given[0]) if len(given) == 1 else rng.randrange(*map(int, given))
        if kind == "number":
            return str(number)
        return _written(self.signed + timedelta(days=-number if kind == "ago" else number))
