"""A difference in words: how much and how sure, or that there is no clear difference."""

from __future__ import annotations

from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.measures import Measure


def change_text(ctx: ReportContext, measure: Measure, difference: Estimate | None) -> str:
    """How much higher or lower, with the interval; or that there is no (clear) difference, or none is known."""
    if difference is None or not difference.known:
        return ctx.words("change.unknown")
    if difference.is_exactly_zero:
        return ctx.words("change.none")
    form = measure.difference
    if difference.holds_zero or ctx.numbers.rounds_to_zero(difference.value, form):
        return ctx.words("change.unclear", interval=ctx.numbers.interval(difference, form, signed=True))
    return ctx.words(
        f"change.{_way(measure, difference)}",
        amount=ctx.numbers.text(abs(difference.value), form),
        interval=ctx.numbers.interval(_upright(difference), form),
    )


def _way(measure: Measure, difference: Estimate) -> str:
    """Times are longer or shorter, shares higher or lower, amounts more or fewer."""
    more = difference.value > 0
    if measure.level.unit == "min":
        return "longer" if more else "shorter"
    if measure.level.unit == "percent":
        return "higher" if more else "lower"
    return "more" if more else "fewer"


def _upright(difference: Estimate) -> Estimate:
    """The size of a difference that is clearly on one side of zero."""
    if difference.value >= 0:
        return difference
    return Estimate(-difference.value, -difference.high, -difference.low)


def is_better(measure: Measure, difference: Estimate | None) -> bool | None:
    """Whether a clear difference is for the better; None when it is not clear or nobody can say."""
    if difference is None or not difference.known or difference.holds_zero or not measure.better:
        return None
    return (difference.value > 0) == (measure.better > 0)
