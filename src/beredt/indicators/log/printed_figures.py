"""Printed counts and shares of missions, made again: from the other printed figures, and from the log.

A printed share is *recomputed* from the printed counts of its part and its whole, a printed count from printed counts
that make it up place by place. It agrees when it is the recomputed figure rounded to as many decimals as are printed; a
figure that does not agree is wrong, or one of those that it is made of is. What the log says is added up from the
table of missions as it is shown: where that has left anything out, there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import polars as pl

from beredt.errors import StudyError
from beredt.indicators.log.printed_term import Term, Vocabulary, find_count, find_share, vocabulary_of
from beredt.indicators.log.report_table import report_table
from beredt.indicators.suppress import ALL
from beredt.model.dictionary import load_tables
from beredt.model.issue import has_errors
from beredt.model.published_figure import PublishedFigure
from beredt.model.reading.csv_table import read_csv_table
from beredt.model.reading.text import decode
from beredt.model.reading.typed_table import type_table
from beredt.model.settings import StudySettings

MOST_PARTS = 4
"""Printed counts at most that another is tried to be made of."""

ROUNDING = 1e-9


def read_printed(path: Path) -> tuple[PublishedFigure, ...]:
    """Printed figures from a CSV file with the columns of `published`: id, value, unit, indicator, source, note.

    Raises:
        StudyError: With every fault of the file.
    """
    text, issues = decode(path.name, path.read_bytes())
    raw, more = read_csv_table(path.name, text) if text is not None else (None, ())
    issues += more
    if raw is not None:
        table, faults = type_table(load_tables()["published"], raw)
        issues += faults
        if not has_errors(issues):
            return tuple(PublishedFigure(**row) for row in table.frame.iter_rows(named=True))
    raise StudyError(issues, "the printed figures cannot be read")


def printed_table(
    figures: Iterable[PublishedFigure],
    settings: StudySettings | None = None,
    missions: pl.DataFrame | None = None,
    year: int | None = None,
) -> pl.DataFrame:
    """The table `printed_figures`: every printed count or share of missions beside what it should be.

    Args:
        figures: As printed; those that are not about missions are left out.
        settings: Of the study whose groups of places are named.
        missions: The table `missions_by_station` of a log; None: nothing is compared with a log.
        year: Which of its years [default: the last].
    """
    words = vocabulary_of(settings)
    chosen = [
        figure for figure in figures if find_count(figure.indicator, words) or find_share(figure.indicator, words)
    ]
    counts = {figure.id: (figure, find_count(figure.indicator, words)) for figure in chosen}
    printed = [(figure, term) for figure, term in counts.values() if term is not None]
    shown = None if missions is None else _year_of(missions, year)
    rows = [_row(figure, words, printed, shown) for figure in chosen]
    schema = {name: _TYPES.get(name, pl.String()) for name in _COLUMNS}
    return report_table("printed_figures", pl.DataFrame(rows, schema=schema, orient="row"))


_COLUMNS = (
    "id",
    "indicator",
    "unit",
    "printed",
    "recomputed",
    "made_of",
    "agrees",
    "year",
    "in_log",
    "deviation",
    "source",
)
_TYPES = {"agrees": pl.Boolean(), **dict.fromkeys(("printed", "recomputed", "in_log", "deviation"), pl.Float64())}

_Printed = Sequence[tuple[PublishedFigure, Term]]


def _row(figure: PublishedFigure, words: Vocabulary, printed: _Printed, shown: _Shown | None) -> Mapping[str, Any]:
    recomputed, made_of = _recomputed(figure, words, printed)
    in_log = None if shown is None else shown.value(figure, words)
    return {
        "id": figure.id,
        "indicator": figure.indicator,
        "unit": figure.unit,
        "printed": figure.value,
        "recomputed": recomputed,
        "made_of": "+".join(made_of),
        "agrees": None if recomputed is None else _agrees(figure.value, recomputed),
        "year": "" if shown is None else shown.year,
        "in_log": in_log,
        "deviation": None if in_log is None else in_log - figure.value,
        "source": figure.source,
    }


def _recomputed(figure: PublishedFigure, words: Vocabulary, printed: _Printed) -> tuple[float | None, tuple[str, ...]]:
    """What the other printed figures make of it, and their ids; None where they say nothing."""
    share = find_share(figure.indicator, words)
    if share is not None:
        part, whole = (next((one for one, term in printed if term == wanted), None) for wanted in share)
        if part is None or whole is None or whole.value == 0:
            return None, ()
        factor = 100.0 if figure.unit == "%" else 1.0
        return factor * part.value / whole.value, (part.id, whole.id)
    term = find_count(figure.indicator, words)
    others = [(one, own) for one, own in printed if term is not None and own != term]
    for parts in _ways_to_make(term, others) if term is not None else ():
        return sum(one.value for one in parts), tuple(one.id for one in parts)
    return None, ()


def _ways_to_make(term: Term, others: _Printed) -> Iterator[tuple[PublishedFigure, ...]]:
    """Printed counts that differ from the term in one respect only and make it up without overlap."""
    for respect in ("places", "urgencies", "stations"):
        whole: frozenset[str] = getattr(term, respect)
        same = [
            (one, getattr(own, respect))
            for one, own in others
            if all(getattr(own, other) == getattr(term, other) for other in _RESPECTS if other != respect)
            and getattr(own, respect) < whole
        ]
        for number in range(2, MOST_PARTS + 1):
            for parts in combinations(same, number):
                if (
                    sum(len(own) for _, own in parts) == len(whole)
                    and frozenset().union(*(o for _, o in parts)) == whole
                ):
                    yield tuple(one for one, _ in parts)


_RESPECTS = ("places", "urgencies", "stations")


def _agrees(printed: float, recomputed: float) -> bool:
    """Whether the recomputed figure, rounded to as many decimals as are printed, is the printed one."""
    decimals = len(repr(float(printed)).partition(".")[2].rstrip("0"))
    return abs(recomputed - printed) <= 0.5 * 10.0**-decimals + ROUNDING


class _Shown:
    """One year of the table of missions as it is shown."""

    def __init__(self, rows: pl.DataFrame, year: str) -> None:
        self.year = year
        self._count = {
            (municipality, urgency, station): missions
            for municipality, urgency, station, missions in rows.select(
                "municipality", "urgency", "station", "missions"
            ).iter_rows()
        }
        self._municipalities = {municipality for municipality, _, _ in self._count}

    def value(self, figure: PublishedFigure, words: Vocabulary) -> float | None:
        """The log's figure; None where something was left out, or the place is not made of municipalities."""
        term, share = find_count(figure.indicator, words), find_share(figure.indicator, words)
        if term is not None:
            return self._sum(term)
        part, whole = (self._sum(one) for one in share) if share else (None, None)
        if part is None or not whole:
            return None
        return (100.0 if figure.unit == "%" else 1.0) * part / whole

    def _sum(self, term: Term) -> float | None:
        places = {ALL} if term.places == {"all"} else term.places
        if not places <= self._municipalities:
            return None
        found = [
            self._count.get((place, urgency, station), 0)
            for place in places
            for urgency in term.urgencies
            for station in term.stations or {ALL}
        ]
        return None if None in found else float(sum(found))


def _year_of(missions: pl.DataFrame, year: int | None) -> _Shown:
    """One year of the table."""
    years = sorted(one for one in missions["year"].unique() if one.isdigit())
    wanted = str(year) if year is not None else (years[-1] if years else "")
    return _Shown(missions.filter(pl.col("year") == wanted), wanted)
