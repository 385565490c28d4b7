"""Does each total of a report equal its parts?"""

from pipeline.model import ClaimSum, Finding, Interval, Report, Verdict
from pipeline.verdict.allowed import allowed
from pipeline.verdict.words import sum_reason


def sum_findings(report: Report) -> tuple[Finding, ...]:
    """Does each total equal its parts? A list that does not claim to be whole may only not exceed its total.

    Media may exceed it together, none of them alone: 不同渠道和方式公开相同信息计1条 (the national statistics table).
    """
    return tuple(found for one in report.sums if (found := _of_sum(one, report)) is not None)


def _of_sum(one: ClaimSum, report: Report) -> Finding | None:
    low, high = _reach(one, report)
    low = max(allowed(report.claims[part]).low for part in one.parts) if one.overlapping and one.parts else low
    total = allowed(report.claims[one.total])
    over = total.high is not None and low > total.high
    said_twice = one.overlapping and one.difference > 0  # who adds up will wonder, so it is explained
    if not one.exhaustive and not over and not said_twice:
        return None
    differs = one.difference != 0 and (over or (high is not None and high < total.low))
    verdict = Verdict.SUM_DIFFERS if differs else Verdict.SUM_ADDS_UP
    reason = sum_reason(one, report, verdict)
    return Finding(one.total, verdict, reason, interval=Interval(one.parts_sum, one.parts_sum))


def _reach(one: ClaimSum, report: Report) -> tuple[int, int | None]:
    """The least and the most that the parts can add up to, given their 约 and 余."""
    ranges = [allowed(report.claims[part]) for part in one.parts]
    highs = [part.high for part in ranges if part.high is not None]
    return sum(part.low for part in ranges), sum(highs) if len(highs) == len(ranges) else None
