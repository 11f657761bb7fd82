"""Printed counts and shares of missions, made again: from the other printed figures, and from the log.

A printed share is *recomputed* from the printed counts of its part and its whole, a printed count from printed counts
that make it up place by place. It agrees when it is the recomputed figure rounded to as many decimals as are printed; a
figure that does not agree is wrong, or one of those that it is made of is. What the log says is added up from its
missions, and told where that gives away nothing that the table of missions leaves out (`safe_sums`).

Figures about something else than missions are dealt with in `printed_others`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from beredt.errors import StudyError
from beredt.indicators.log.printed_term import Term, Vocabulary, find_count, find_share, vocabulary_of
from beredt.indicators.log.printed_values import LEFT_OUT, NOT_IN_LOG
from beredt.indicators.log.report_table import report_table
from beredt.indicators.log.safe_sums import Cells, safe_sums
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

COUNT_KEYS = ("municipality", "urgency", "station")


class CountedMissions(NamedTuple):
    """The table `missions_by_station` of a log as it is shown and with nothing left out, and its threshold."""

    shown: pl.DataFrame
    counted: pl.DataFrame
    threshold: int


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
    log: CountedMissions | None = None,
    year: int | None = None,
) -> pl.DataFrame:
    """The table `printed_figures`: every printed count or share of missions beside what it should be.

    Args:
        figures: As printed; those that are not about missions are left out.
        settings: Of the study whose groups of places are named.
        log: Missions of a log; None: nothing is compared with a log.
        year: Which of its years [default: the one with most missions, the last of several].
    """
    words = vocabulary_of(settings)
    chosen = [
        figure for figure in figures if find_count(figure.indicator, words) or find_share(figure.indicator, words)
    ]
    counts = {figure.id: (figure, find_count(figure.indicator, words)) for figure in chosen}
    printed = [(figure, term) for figure, term in counts.values() if term is not None]
    shares = [term for figure in chosen for term in find_share(figure.indicator, words) or ()]
    wanted = [*(term for _, term in printed), *shares]
    shown = None if log is None else _year_of(log, year, wanted)
    rows = [_row(figure, words, printed, shown) for figure in chosen]
    return table_of_rows(rows)


def table_of_rows(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as the table."""
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
    "missing",
    "source",
)
_TYPES = {"agrees": pl.Boolean(), **dict.fromkeys(("printed", "recomputed", "in_log", "deviation"), pl.Float64())}

_Printed = Sequence[tuple[PublishedFigure, Term]]


def _row(figure: PublishedFigure, words: Vocabulary, printed: _Printed, shown: _Shown | None) -> Mapping[str, Any]:
    recomputed, made_of = _recomputed(figure, words, printed)
    in_log, missing = (None, "") if shown is None else shown.value(figure, words)
    return printed_row(figure, recomputed, made_of, in_log, missing, "" if shown is None else shown.year)


def printed_row(
    figure: PublishedFigure,
    recomputed: float | None,
    made_of: Sequence[str],
    in_log: float | None,
    missing: str,
    year: str,
    agrees: bool | None = None,
) -> Mapping[str, Any]:
    """A row of the table; whether a recomputed figure agrees is worked out here."""
    return {
        "id": figure.id,
        "indicator": figure.indicator,
        "unit": figure.unit,
        "printed": figure.value,
        "recomputed": recomputed,
        "made_of": "+".join(made_of),
        "agrees": agrees if recomputed is None else as_printed(figure.value, recomputed),
        "year": year,
        "in_log": in_log,
        "deviation": None if in_log is None else in_log - figure.value,
        "missing": missing,
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


def as_printed(printed: float, recomputed: float) -> bool:
    """Whether the recomputed figure, rounded to as many decimals as are printed, is the printed one."""
    decimals = len(repr(float(printed)).partition(".")[2].rstrip("0"))
    return abs(recomputed - printed) <= 0.5 * 10.0**-decimals + ROUNDING


class _Shown:
    """One year of the missions of a log: sums that may be told."""

    def __init__(self, year: str, municipalities: frozenset[str], sums: Mapping[Term, float | None]) -> None:
        self.year, self._municipalities, self._sums = year, municipalities, sums

    def value(self, figure: PublishedFigure, words: Vocabulary) -> tuple[float | None, str]:
        """The log's figure; else None and why: too much was left out, or the place is not made of municipalities."""
        term, share = find_count(figure.indicator, words), find_share(figure.indicator, words)
        terms = [term] if term is not None else list(share or ())
        if not all(self._knows(one) for one in terms):
            return None, NOT_IN_LOG
        values = [self._sums[one] for one in terms]
        if None in values:
            return None, LEFT_OUT
        if term is not None:
            return values[0], ""
        part, whole = values
        if not whole or part is None:
            return None, NOT_IN_LOG
        return (100.0 if figure.unit == "%" else 1.0) * part / whole, ""

    def _knows(self, term: Term) -> bool:
        return term.places == {"all"} or term.places <= self._municipalities


def _year_of(log: CountedMissions, year: int | None, terms: Iterable[Term]) -> _Shown:
    """One year of the missions, with the sums that are asked for."""
    wanted = str(year) if year is not None else _fullest_year(log.counted)
    shown, counted = (table.filter(pl.col("year") == wanted) for table in (log.shown, log.counted))
    asked = list(dict.fromkeys(terms))
    sums = safe_sums(counted, shown, COUNT_KEYS, "missions", [_cells(term) for term in asked], log.threshold)
    return _Shown(wanted, frozenset(shown["municipality"]), dict(zip(asked, sums, strict=True)))


def _fullest_year(counted: pl.DataFrame) -> str:
    """The year with most missions: a log seldom begins and ends with a year."""
    wholes = counted.filter(*(pl.col(key) == ALL for key in COUNT_KEYS), pl.col("year").str.contains(r"^\d+$"))
    years = wholes.sort("missions", "year")["year"]
    return str(years[-1]) if len(years) else ""


def _cells(term: Term) -> Cells:
    """The rows that a term adds up."""
    places = {ALL} if term.places == {"all"} else term.places
    stations = term.stations or {ALL}
    return frozenset(
        (place, urgency, station) for place in places for urgency in term.urgencies for station in stations
    )
