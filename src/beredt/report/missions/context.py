"""What every chapter of a log's report is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from beredt.indicators.log.dimensions import NONE_KEY
from beredt.indicators.observing.fleet import UNKNOWN
from beredt.indicators.suppress import ALL
from beredt.model.study import Study
from beredt.report.names import Names, names_of
from beredt.report.number_format import NumberFormat
from beredt.report.results import Results
from beredt.report.words import Words

if TYPE_CHECKING:
    from beredt.report.figures.atlas import Atlas

_TABLES = {"municipality": "municipalities", "district": "districts", "station": "stations"}


@dataclass(frozen=True, slots=True, eq=False)
class LogContext:
    """Tables and facts of a log, and the words, numbers and names of one language.

    `study` knows names and outlines, and `atlas` its sheets; both None without a study.
    """

    results: Results
    words: Words
    numbers: NumberFormat
    names: Names
    study: Study | None
    atlas: Atlas | None

    def table(self, name: str) -> pl.DataFrame | None:
        """The table, or None where it is not there or empty."""
        return self.results.find_table(name)

    def fact(self, name: str) -> str:
        """A fact beside the tables, "" where there is none."""
        value = self.results.fact(name)
        return "" if value is None else str(value)

    @property
    def threshold(self) -> int:
        """Counts below it are left out."""
        return int(self.results.fact("threshold", 0))

    def why_not(self, question: str) -> str | None:
        """The sentence that says why a question is not answered; None where it is."""
        reasons = self.results.fact("not_answered", {})
        return self.words(f"log.reason.{reasons[question]}") if question in reasons else None

    def place(self, by: str, key: str) -> str:
        """The name of a key of a breakdown: a place, a station, an hour, a day, a month."""
        if key in (NONE_KEY, UNKNOWN):
            return self.words("log.unknown")
        if key == ALL:
            return self.words("log.all")
        if by == "hour" and key.isdigit():
            return self.numbers.clock(int(key) * 3600)
        if by == "weekday":
            return self.words(f"log.weekday.{key}")
        if by == "unit_kind":
            return self.unit_kind(key)
        if by == "zone":
            return self.names.zone(key)
        return self.names.get(_TABLES.get(by, by), key)

    def unit_kind(self, key: str) -> str:
        """The name of a kind of unit."""
        if key in self.names.by_table["unit_kinds"]:
            return self.names.get("unit_kinds", key)
        return self.words(f"log.kind.{key}") if self.words.has(f"log.kind.{key}") else key

    def urgency(self, key: str) -> str:
        """An urgency with its letter; all; unknown."""
        return self.words("log.unknown") if key == NONE_KEY else self.names.urgency(key)


def make_log_context(results: Results, study: Study | None, words: Words, atlas: Atlas | None) -> LogContext:
    """Put together what the chapters need."""
    numbers = NumberFormat(words)
    names = names_of(study, words, numbers) if study else _no_names(words)
    return LogContext(results, words, numbers, names, study, atlas)


def _no_names(words: Words) -> Names:
    tables = ("municipalities", "districts", "stations", "groups", "unit_kinds")
    empty: Mapping[str, Mapping[str, str]] = MappingProxyType({name: {} for name in tables})
    return Names(words, empty, MappingProxyType({}))
