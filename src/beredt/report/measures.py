"""What can be said of a service, and how: the form of each measure, and which way is better."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from beredt.indicators.measures.catalogue import load_measures
from beredt.report import form
from beredt.report.form import Form
from beredt.report.number_format import NumberFormat
from beredt.report.words import Words

LEVEL_MEAN: Final = "response_mean_s"
TARGET_SHARE: Final = "share_within_target"
P90: Final = "response_p90_s"

_FORMS: Mapping[str, tuple[Form, Form]] = MappingProxyType(
    {
        "s": (form.MINUTES, form.SECONDS),
        "share": (form.PERCENT, form.POINTS),
        "h per year": (form.HOURS, form.HOURS),
        "days per year": (form.DAYS, form.DAYS),
        "km per year": (form.THOUSAND_KM, form.THOUSAND_KM),
        "units": (form.UNITS, form.UNITS),
        "per year": (form.COUNT, form.COUNT),
    }
)
"""How levels and differences are written, by the unit of the catalogue."""

_WAYS: Mapping[str, int] = MappingProxyType({"higher": 1, "lower": -1, "": 0})


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the results: how its level and its differences are written.

    `better` is 1 where more is better, -1 where less is, 0 where neither can be said.
    """

    id: str
    level: Form
    difference: Form
    better: int

    def name(self, words: Words, numbers: NumberFormat) -> str:
        """Its name; a number that is part of the id, such as the 12 of share_within_12, becomes `{number}`."""
        if words.has(f"measure.{self.id}"):
            return words(f"measure.{self.id}")
        number = "".join(re.findall(r"\d+", self.id))
        key = "measure." + re.sub(r"\d+", "n", self.id)
        return words(key, number=numbers.label(number)) if words.has(key) else self.id


def measure(measure_id: str) -> Measure:
    """How to write a measure, by its unit in the catalogue; one that is not in it is written as a plain number."""
    known = load_measures().get(measure_id)
    if known is None:
        return Measure(measure_id, form.COUNT, form.COUNT, 0)
    level, difference = _FORMS.get(known.unit, (form.COUNT, form.COUNT))
    return Measure(measure_id, level, difference, _WAYS[known.better])
