"""Amounts of money: exact yuan, and what is no amount kept apart."""

from decimal import Decimal

import pytest

from pipeline.values.amounts import Money, amounts_in, as_text


def read(text: str, unit: str = "") -> list[tuple[str, str]]:
    return [(str(amount.money), as_text(amount.yuan)) for amount in amounts_in(text, unit)]


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("1234567.89元", "", "1234567.89"),
        ("1,234,567.89 元", "", "1234567.89"),
        ("￥1,234,567.89", "", "1234567.89"),
        ("人民币：1234567.89", "", "1234567.89"),
        ("123.4567万元", "", "1234567.00"),
        ("１２３万元", "", "1230000"),
        ("1.2亿元", "", "120000000.0"),
        ("30.0\n(万元)", "", "300000.0"),
        ("987600（元）", "", "987600"),
        ("123萬圓", "", "1230000"),
        ("321.5", "万元", "3215000.0"),
        ("2345678.00", "元", "2345678.00"),
        ("12345678.5300元", "", "12345678.53"),
    ],
)
def test_amounts(text: str, unit: str, yuan: str) -> None:
    """An amount is exact yuan, whatever its unit, separators and widths; the label's unit counts where it has none."""
    assert read(text, unit) == [("amount", yuan)]


@pytest.mark.parametrize(
    ("text", "unit", "money"),
    [
        ("下浮3.21%", "", Money.RATE),
        ("65.4", "%", Money.RATE),
        ("按8.5折", "", Money.RATE),
        ("14（元/吨）", "", Money.UNIT_PRICE),
        ("123.4元/工日", "", Money.UNIT_PRICE),
        ("89000元每年", "", Money.UNIT_PRICE),
        ("123.45", "元/公顷", Money.UNIT_PRICE),
        ("投标总价不超过480万元", "", Money.CAP),
        ("480万元以内", "", Money.CAP),
        ("0.00元", "", Money.PLACEHOLDER),
        ("1", "元", Money.PLACEHOLDER),
        ("1.46元", "", Money.PLACEHOLDER),
        ("2345678.00", "元/%", Money.BARE),
    ],
)
def test_no_amounts(text: str, unit: str, money: Money) -> None:
    """A rate, a unit price, a cap and a placeholder are never amounts; a number without a unit is no amount yet."""
    assert [amount.money for amount in amounts_in(text, unit)] == [money]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "1234567.89"),
        ("贰佰万零伍仟陆佰元整", "2005600"),
        ("人民币壹亿贰仟万元整", "120000000"),
        ("貳拾萬圓整", "200000"),
        ("壹仟元零伍分", "1000.05"),
    ],
)
def test_capitals(text: str, yuan: str) -> None:
    """Chinese capitals are read to the cent."""
    assert [amount.yuan for amount in amounts_in(text)] == [Decimal(yuan)]


def test_capitals_of_nothing() -> None:
    """What is no amount in capitals is none: counts, ordinals, words that hold a numeral."""
    assert amounts_in("第一标段一年") == []
    assert amounts_in("万元") == []


@pytest.mark.parametrize("text", ["计价格[2002]10号", "K12+345", "3PE（X70-φ123.4）", "2014年6月3日", "0717-1234567"])
def test_codes(text: str) -> None:
    """Digits of codes, dates and dimensions have no unit of money and never come out as an amount."""
    assert all(amount.money is Money.BARE for amount in amounts_in(text))


@pytest.mark.parametrize("text", ["1" * 200_000, "壹佰" * 50_000 + "元", "1," * 100_000, "（元" * 50_000])
def test_hostile_amounts(text: str) -> None:
    """Endless digits, capitals and brackets are read in linear time."""
    assert isinstance(amounts_in(text), list)
