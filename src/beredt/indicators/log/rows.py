"""The rows of a log that count, some at a time: a log may be larger than memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from beredt.indicators.log.options import DISTRICT, MUNICIPALITY, STATION, TETTSTED, UNIT_KIND
from beredt.missions.checks.rule import get_rule
from beredt.missions.intervals import local
from beredt.missions.marks import has_mark
from beredt.missions.schema import INCIDENTS, MISSIONS
from beredt.missions.store import Store, is_unit_response

ROWS_AT_ONCE = 1_000_000
PLACE_WORDS = (MUNICIPALITY, DISTRICT, TETTSTED)
MISSION_WORDS = (STATION, UNIT_KIND)

_SCHEMAS = {"missions": MISSIONS, "incidents": INCIDENTS}

TOLD_TWICE = ("duplicate", "near_duplicate")
"""Rules that mark a mission which another row tells of already."""


@dataclass(frozen=True, slots=True)
class LogSource:
    """A store as it is counted."""

    store: Store

    @property
    def zone(self) -> str:
        """The time zone of the service."""
        return self.store.info.zone

    def missions(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """Unit responses, each once, at most ROWS_AT_ONCE at a time: rows marked as told twice count nowhere."""
        twice = sum(get_rule(name).mask for name in TOLD_TWICE)
        counts = is_unit_response() & ~has_mark(twice)
        for part in self._parts("missions"):
            for rows in _slices(part):
                yield rows.filter(counts).select(columns).collect()

    def incidents(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """Incidents, at most ROWS_AT_ONCE at a time."""
        for part in self._parts("incidents"):
            for rows in _slices(part):
                yield rows.select(columns).collect()

    def words(self) -> dict[str, set[str]]:
        """The words that occur: places of missions and incidents, stations and kinds of units; never the empty one."""
        found: dict[str, set[str]] = {name: set() for name in (*PLACE_WORDS, *MISSION_WORDS)}
        for table, columns in (("missions", (*PLACE_WORDS, *MISSION_WORDS)), ("incidents", PLACE_WORDS)):
            for part in self._parts(table):
                rows = part.select(pl.col(columns).unique().implode()).collect()
                for name in columns:
                    words = rows[name].explode(empty_as_null=True).drop_nulls().cast(pl.String)
                    found[name].update(word for word in words if word.strip())
        return found

    def months(self) -> tuple[int, int]:
        """First and last month of a call, counted from year 0, on local clocks; (0, -1) without any call."""
        ends: list[int] = []
        for table in ("missions", "incidents"):
            for part in self._parts(table):
                here = local("call_t", self.zone)
                call = part.select(low=here.min(), high=here.max()).collect()
                ends += [one.year * 12 + one.month - 1 for one in call.row(0) if one is not None]
        return (min(ends), max(ends)) if ends else (0, -1)

    def _parts(self, table: str) -> list[pl.LazyFrame]:
        """The parts of a table, or one without rows."""
        files = sorted((self.store.path / table).glob("part-*.parquet"))
        return [pl.scan_parquet(file) for file in files] or [pl.LazyFrame(schema=_SCHEMAS[table])]


def _slices(rows: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
    count = int(rows.select(pl.len()).collect().item())
    for begin in range(0, max(count, 1), ROWS_AT_ONCE):
        yield rows.slice(begin, ROWS_AT_ONCE)
