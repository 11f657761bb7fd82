"""One quality indicator, as a file of the catalogue defines it. Every key stands in `model/fields/catalogue.csv`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from beredt.errors import ExpressionError
from beredt.indicators.catalogue.expression.names import Counting
from beredt.indicators.catalogue.expression.parse import parse
from beredt.indicators.catalogue.expression.syntax import Duration
from beredt.indicators.control_chart.signals import RuleSet
from beredt.model.settings_base import FromList, LocalText, Section, Slug, Text

Kind = Literal["share", "rate", "mean", "median", "p90"]
Period = Literal["week", "month", "quarter", "year"]
Chart = Literal["none", "p", "p_prime", "u", "u_prime", "xmr"]

PER_DAY = "day"
NOT_KNOWN = "not_known"
"""Reason for rows of which nothing can be told, always looked for last."""

CHARTS: dict[Kind, tuple[Chart, ...]] = {
    "share": ("p_prime", "p", "xmr", "none"),
    "rate": ("u_prime", "u", "xmr", "none"),
    "mean": ("xmr", "none"),
    "median": ("xmr", "none"),
    "p90": ("xmr", "none"),
}
"""Charts that fit each kind; the first stands where none is named."""


class LeftOut(Section):
    """A reason for which rows are left out, and counted: those for which the condition `when` holds."""

    id: Slug
    when: Text
    title: LocalText


class Target(Section):
    """`at_least` or `at_most`: a number in the unit of the value, or a length of time such as "12 min"."""

    at_least: float | str | None = None
    at_most: float | str | None = None

    @model_validator(mode="after")
    def _is_one_limit(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("give at_least or at_most, one of them")
        if isinstance(self._limit, str) and _seconds(self._limit) is None:
            raise ValueError(f"{self._limit!r} is no length of time such as 12 min")
        return self

    @property
    def _limit(self) -> float | str:
        limit = self.at_least if self.at_least is not None else self.at_most
        assert limit is not None
        return limit

    @property
    def value(self) -> float:
        """The limit; a length of time in seconds."""
        seconds = _seconds(self._limit) if isinstance(self._limit, str) else None
        return float(self._limit) if seconds is None else seconds


def _seconds(text: str) -> float | None:
    """A length of time such as 12 min in seconds; None where it is none."""
    try:
        node = parse(text)
    except ExpressionError:
        return None
    return node.seconds if isinstance(node, Duration) else None


class Indicator(Section):
    """One indicator.

    A share: of the rows `among`, less those left out, how many `counts` holds for. A rate: how many of them per day or
    per hour of the summed duration `per`. A mean, median or p90: of the duration `value`. Rows for which nothing can be
    told are left out as `not_known`.
    """

    title: LocalText
    definition: LocalText
    source: Text
    counting: Counting
    kind: Kind
    among: Text = "true"
    left_out: Annotated[tuple[LeftOut, ...], FromList] = ()
    counts: Text | None = None
    value: Text | None = None
    per: Text | None = None
    target: Target | None = None
    better: Literal["higher", "lower", ""] = ""
    chart: Chart | None = None
    period: Period = "month"
    rules: RuleSet = "western_electric"
    needs: Annotated[tuple[Literal["cancelled", "urgency_first"], ...], FromList] = ()
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = 0.95

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        wanted = {"share": {"counts"}, "rate": {"counts", "per"}}.get(self.kind, {"value"})
        given = {key for key in ("counts", "value", "per") if getattr(self, key) is not None}
        if given != wanted:
            raise ValueError(
                f"a {self.kind} has {' and '.join(sorted(wanted))}, here is {', '.join(sorted(given)) or 'none'}"
            )
        if self.chart is not None and self.chart not in CHARTS[self.kind]:
            raise ValueError(f"a {self.kind} has no {self.chart} chart, but one of {', '.join(CHARTS[self.kind])}")
        ids = [reason.id for reason in self.left_out]
        if len(set(ids)) < len(ids) or NOT_KNOWN in ids:
            raise ValueError(f"reasons for leaving out need names of their own; {NOT_KNOWN} is taken")
        return self

    @property
    def chart_kind(self) -> Chart:
        """The chart that is drawn."""
        return self.chart or CHARTS[self.kind][0]

    @property
    def unit(self) -> str:
        """Unit of the value."""
        if self.kind == "share":
            return "share"
        if self.kind == "rate":
            return "per_day" if self.per == PER_DAY else "per_hour"
        return "s"

    def expressions(self) -> list[tuple[tuple[str | int, ...], str, Literal["truth", "duration"]]]:
        """Every expression with its way in the file and the type that it must have."""
        found: list[tuple[tuple[str | int, ...], str, Literal["truth", "duration"]]] = [
            (("among",), self.among, "truth")
        ]
        found += [(("left_out", n, "when"), reason.when, "truth") for n, reason in enumerate(self.left_out)]
        if self.counts is not None:
            found.append((("counts",), self.counts, "truth"))
        if self.value is not None:
            found.append((("value",), self.value, "duration"))
        if self.per is not None and self.per != PER_DAY:
            found.append((("per",), self.per, "duration"))
        return found
