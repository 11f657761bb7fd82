"""The table of incidents, made of the rows of a log that were grouped and checked."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.missions.checks.sheet import I8, B, Sheet, stamp_series
from beredt.missions.checks.stamps import NO_TIME
from beredt.missions.schema import INCIDENTS
from beredt.model.urgency import URGENCIES

STOPS_CLOCK = ("ambulance", "boat", "")
"""Kinds whose arrival ends the response time: those that can take a patient away. A log that does not tell kinds has
ambulances."""

RESPONDERS = ("single_responder", "doctor", "helicopter")
"""Kinds that begin treatment and are counted apart."""

_LATER = 2**62
_MOST = np.iinfo(np.int16).max  # where a key stands for no incident at all


def incident_table(sheet: Sheet, incident: I8) -> pl.DataFrame:
    """One row per incident, by its number.

    Args:
        sheet: rows whose incidents are known.
        incident: [n] number of the incident of each row.

    Returns:
        The columns of INCIDENTS. Of words and positions the first that are known, of urgencies the most urgent.
    """
    return _Incidents(sheet).table(incident)


class _Incidents:
    """The rows of each incident: the first, and any others, of which there are few."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        first = sheet.first_row == np.arange(sheet.height)
        self.own = np.flatnonzero(first)  # the first row of each incident
        self.others = np.flatnonzero(~first)
        number = np.cumsum(first) - 1
        self.incident = number[sheet.first_row[self.others]]  # the place of each other row's incident among them

    def table(self, incident: I8) -> pl.DataFrame:
        sheet, rows = self.sheet, self.sheet.rows
        unit = sheet.has_unit()
        again = sheet.marked("duplicate", "near_duplicate")
        place = self.first_where(~np.isnan(sheet.lat))
        kind = rows["unit_kind"]
        arrives = {
            "first_scene_t": kind.is_in(STOPS_CLOCK).to_numpy(),
            "first_responder_scene_t": kind.is_in(RESPONDERS).to_numpy(),
        }
        columns: dict[str, object] = {
            "incident": incident[self.own],
            "key": rows["key"].gather(self.own),
            "call_t": stamp_series(self.earliest(sheet.stamps["call_t"], None)),
            "urgency": self.most_urgent("urgency"),
            "urgency_first": self.most_urgent("urgency_first"),
            "lat": sheet.lat[place],
            "lon": sheet.lon[place],
            **{name: self.first_word(name) for name in ("municipality", "district", "tettsted", "criterion")},
            "missions": np.minimum(self.total(unit), _MOST).astype(np.int16),
            "units": np.minimum(self.units(unit), _MOST).astype(np.int16),
            "rows_without_unit": self.total(~unit).astype(np.int32),
            "first_alerted_t": stamp_series(self.earliest(sheet.usable["alerted_t"], unit & ~again)),
            "first_rolling_t": stamp_series(self.earliest(sheet.usable["rolling_t"], unit & ~again)),
        }
        for name, counts in arrives.items():
            columns[name] = stamp_series(self.earliest(sheet.usable["scene_t"], counts & unit & ~again))
        columns["marks"] = self.reduce(np.bitwise_or, sheet.marks)
        table = pl.DataFrame(columns)
        return (
            table.with_columns(pl.col("lat", "lon").fill_nan(None)).select(INCIDENTS.names()).match_to_schema(INCIDENTS)
        )

    def reduce(self, how: np.ufunc, values: np.ndarray) -> np.ndarray:
        found = values[self.own]
        how.at(found, self.incident, values[self.others])
        return found

    def earliest(self, times: I8, counts: B | None) -> I8:
        known = times != NO_TIME if counts is None else (times != NO_TIME) & counts
        found = self.reduce(np.minimum, np.where(known, times, _LATER))
        return np.where(found == _LATER, NO_TIME, found)

    def total(self, counts: B) -> I8:
        return self.reduce(np.add, counts.astype(np.int64))

    def first_where(self, known: B) -> I8:
        """The first row of each incident of which something is known, else its first."""
        at = self.reduce(np.minimum, np.where(known, np.arange(len(known)), _LATER))
        return np.where(at == _LATER, self.own, at)

    def first_word(self, name: str) -> pl.Series:
        words = self.sheet.rows[name]
        known = (words != "").to_numpy()
        return words.gather(self.first_where(known) if known.any() else self.own)

    def most_urgent(self, name: str) -> pl.Series:
        """The most urgent of the codes, "" where none is known."""
        words = pl.Series(name, [*URGENCIES, ""], dtype=pl.Enum([*URGENCIES, ""]))  # cleaning has left no others
        rank = self.sheet.rows[name].cast(words.dtype).to_physical().to_numpy()
        return words.cast(INCIDENTS[name]).gather(self.reduce(np.minimum, rank))

    def units(self, unit: B) -> I8:
        """How many different units each incident has."""
        at = self.sheet.shared_rows()
        different = unit.copy()
        different[at] &= pl.Series(self.sheet.unit_in_incident(at)).is_first_distinct().to_numpy()
        return self.total(different)
