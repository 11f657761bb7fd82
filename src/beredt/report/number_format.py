"""Figures as text: the only place where a number becomes part of a report."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from beredt.report.estimate import Estimate
from beredt.report.form import COUNT, Form
from beredt.report.words import Words

MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """Writes figures in the manner of a language: its decimal mark, thousands mark and units."""

    words: Words

    def plain(self, value: float, form: Form = COUNT, *, signed: bool = False) -> str:
        """A number without its unit; with a plus sign above zero when `signed`; a dash when it is not known."""
        if not isfinite(value):
            return self.words("number.none")
        text = f"{abs(value * form.factor):,.{form.digits}f}"
        zero = not text.strip("0.,")
        sign = "" if zero else MINUS if value < 0 else "+" if signed else ""
        marks = {",": self.words("number.thousands"), ".": self.words("number.decimal")}
        return sign + "".join(marks.get(letter, letter) for letter in text)

    def rounds_to_zero(self, value: float, form: Form) -> bool:
        """Whether a number is written as zero: too small for a word to be made of it."""
        return isfinite(value) and round(abs(value * form.factor), form.digits) == 0.0

    def text(self, value: float, form: Form, *, signed: bool = False) -> str:
        """A number with its unit: "12,4 min", "86.2%"."""
        if not isfinite(value):
            return self.words("number.none")
        return self.words(f"unit.{form.unit}", number=self.plain(value, form, signed=signed))

    def span(self, low: float, high: float, form: Form, *, signed: bool = False) -> str:
        """Two ends without unit: "12,1–12,7"; with a word between them where one of them has a sign."""
        ends = self.plain(low, form, signed=signed), self.plain(high, form, signed=signed)
        plain = all(end[:1] not in (MINUS, "+") for end in ends)
        return self.words("number.span" if plain else "number.span_signed", low=ends[0], high=ends[1])

    def interval(self, estimate: Estimate, form: Form, *, signed: bool = False) -> str:
        """The interval in brackets, without unit; signs only where there are both; a text when it is not known."""
        if not estimate.has_interval:
            return self.words("number.no_interval")
        signed = signed and estimate.low < 0.0 < estimate.high
        return self.words("number.brackets", inside=self.span(estimate.low, estimate.high, form, signed=signed))

    def estimate(self, estimate: Estimate | None, form: Form, *, signed: bool = False) -> str:
        """A figure with unit and interval, "12,4 min (12,1–12,7)"; alone where nothing varies; a dash for none."""
        if estimate is None or not estimate.known:
            return self.words("number.none")
        text = self.text(estimate.value, form, signed=signed)
        if estimate.low == estimate.high == estimate.value:
            return text
        return f"{text} {self.interval(estimate, form, signed=signed)}"

    def whole(self, value: int) -> str:
        """A whole number that counts something, with thousands marks."""
        return self.plain(float(value))

    def label(self, value: int | str) -> str:
        """A number that names something: a year, a seed, the number of a figure, an identifier."""
        return str(value)

    def hour(self, hour: int) -> str:
        """An hour of the day, 0 to 24, in two digits."""
        return f"{hour:02d}"

    def clock(self, seconds: int) -> str:
        """Seconds after midnight as hours and minutes."""
        return self.words("number.clock", hour=self.hour(seconds // 3600), minute=f"{seconds % 3600 // 60:02d}")

    def duration(self, seconds: float | None) -> str:
        """Seconds as hours, minutes and seconds, "00:12:34"; a dash when they are not known."""
        if seconds is None or not isfinite(seconds):
            return self.words("number.none")
        whole = round(abs(seconds))
        text = f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"
        return MINUS + text if seconds < 0 and whole else text
