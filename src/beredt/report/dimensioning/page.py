"""What the chapters of a dimensioning are made from, and how its figures are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any

import polars as pl

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.estimate import Estimate
from beredt.report.form import Form
from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Cell, Column
from beredt.report.words import Words
from beredt.siting.dimensioning.dimension_study import Dimensioned, Dimensioning
from beredt.siting.dimensioning.tables import dimension_tables

UNITS = Form("count", 1.0, 1)
FTE = Form("count", 1.0, 1)
SHARE = form.PERCENT


@dataclass(frozen=True)
class DimensionPage:
    """A dimensioning with the words and numbers of one language."""

    done: Dimensioning
    words: Words
    numbers: NumberFormat

    @cached_property
    def tables(self) -> dict[str, pl.DataFrame]:
        """Its tables by name, without the prefix."""
        return {name.removeprefix("dimension_"): table for name, table in dimension_tables(self.done).items()}

    def rows(self, table: str, **equal: str) -> list[dict[str, Any]]:
        """Rows of a table whose columns have these values."""
        found = self.tables[table]
        for column, value in equal.items():
            found = found.filter(pl.col(column) == value)
        return found.to_dicts()

    def alternative(self, name: str) -> str:
        """A short name: "Today", "Alternative 2"."""
        if name == TODAY:
            return self.words.local(self.done.study.settings.study.base_title) or self.words("dimension.today")
        return self.words("alternative.label", id=name)

    def inline(self, name: str) -> str:
        """The same within a sentence."""
        if name == TODAY:
            return self.words("alternative.today")
        return self.words("alternative.inline.one", ids=name)

    def scenario(self, row: dict[str, Any], *, inline: bool = False) -> str:
        """An alternative with or without borders, as a reader names it."""
        borders = self.words(f"dimension.{row['borders']}")
        name = self.inline(row["alternative"]) if inline else self.alternative(row["alternative"])
        if not row["without"]:
            return self.words("dimension.scenario", alternative=name, borders=borders)
        return self.words(
            "dimension.scenario_without", alternative=name, borders=borders, station=self.station(row["without"])
        )

    def station(self, name: str) -> str:
        """The name of a station of any alternative."""
        for service in self.done.services.values():
            for row in service.stations:
                if row.id == name:
                    return row.name
        return name

    def organisation(self, name: str) -> str:
        """The name of an organisation."""
        rows = (row for service in self.done.services.values() for row in service.organisations)
        return next((row.name for row in rows if row.id == name), name)

    def band(self, name: str) -> str:
        """The name of a band with its hours."""
        band = next(one for one in self.done.rule.bands if one.id == name)
        text = self.words(f"dimension.band.{name}") if self.words.has(f"dimension.band.{name}") else name
        hours = self.numbers.span(float(band.hours[0]), float(band.hours[-1] + 1), form.COUNT)
        return f"{text} {hours}"

    def dimensioned(self, alternative: str) -> Dimensioned | None:
        """The answer to an alternative with its borders."""
        return self.done.scenarios.get(f"{alternative}/own")

    # ---- cells -------------------------------------------------------------------------------------

    def number(self, value: float | None, how: Form, *, signed: bool = False, style: str = "") -> Cell:
        """A figure; a dash where it is not known."""
        if value is None or not isfinite(value):
            return Cell(self.words("number.none"), style="quiet")
        return Cell(self.numbers.text(value, how, signed=signed), value, style)

    def estimate(self, row: dict[str, Any], name: str, how: Form) -> Cell:
        """A figure with its interval, of columns `name`, `name_low` and `name_high`; a dash where it is not known."""
        value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
        if value is None:
            return Cell(self.words("number.none"), style="quiet")
        nan = float("nan")
        both = Estimate(value, nan if low is None else low, nan if high is None else high)
        return Cell(self.numbers.estimate(both, how, signed=True), value)

    def columns(self, *names: str, text: tuple[str, ...]) -> tuple[Column, ...]:
        """Columns by key; those in `text` hold words."""
        return tuple(Column(self.words(f"dimension.column.{name}"), name not in text) for name in names)
