"""What the chapters of a calibration are made from, and how its figures are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType

from beredt.decision.calibration.calibrate import Calibration
from beredt.decision.calibration.change import Change, is_few
from beredt.indicators.suppress import THRESHOLD
from beredt.report import form
from beredt.report.form import Form
from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Cell
from beredt.report.words import Words

PER_1000 = Form("count", 1.0, 1)

VALUE_FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "per_1000": PER_1000,
        "median_s": form.SECONDS,
        "sigma": form.RATIO,
        "transport_share": form.PERCENT,
        "second_unit_share": form.PERCENT,
        "factor": form.RATIO,
    }
)
"""How the values of each field are written."""

ERROR_FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "rates": form.PERCENT,
        "area_factors": form.RATIO,
        "profile": form.RATIO,
        "intervals": form.PERCENT,
        "needs": form.POINTS,
        "speeds": form.SECONDS,
    }
)
"""How the errors of each table are written."""


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationPage:
    """A calibration with the words and numbers of one language."""

    calibration: Calibration
    words: Words
    numbers: NumberFormat

    def value(self, field: str, value: float) -> Cell:
        """A value of a table."""
        return Cell(self.numbers.text(value, VALUE_FORMS[field]), value)

    def error(self, table: str, value: float) -> Cell:
        """An error of a table; a dash where nothing could be measured."""
        if not isfinite(value):
            return self.nothing()
        return Cell(self.numbers.text(value, ERROR_FORMS[table]), value)

    def nothing(self) -> Cell:
        """What stands where there is no figure."""
        return Cell(self.words("number.none"), style="quiet")

    def count(self, count: int) -> Cell:
        """A count of observations, hidden where it is small."""
        if is_few(count):
            return Cell(self.words("number.below", number=self.numbers.whole(THRESHOLD)), float(count), "quiet")
        return Cell(self.numbers.whole(count), float(count))

    def verdict(self, change: Change) -> Cell:
        """Whether a row was replaced, or why not."""
        if change.replaced:
            return Cell(self.words("calibration.replaced"), 1.0, "good")
        return Cell(self.words(f"calibration.reason.{change.reason}"), 0.0, "quiet")

    def row_name(self, change: Change) -> str:
        """The row in words: its interval, region, purpose and urgency."""
        parts = [self._key_name(name, value) for name, value in change.key.items()]
        return self.words.sentence(self.words("list.comma").join(parts))

    def _key_name(self, name: str, value: str) -> str:
        if name == "rate_region":
            return value
        known = f"urgency.{value}"
        return self.words(known) if self.words.has(known) else self.words(f"edit.value.{value}")
