"""What an observed log says of the service, as tables: `model/fields/missions_report/service_….csv`.

Counts of missions below the threshold are left out, with whatever would give them away. Counts of units and of clock
hours tell of cars, not of patients, and stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.flows import Counting
from beredt.indicators.free_units import FLEET_ALL, FLEET_LOCAL
from beredt.indicators.log.report_table import report_table
from beredt.indicators.measures.block import ALL_HOURS, ratio
from beredt.indicators.moments import MS_PER_HOUR
from beredt.indicators.observed import GROUP_ALL
from beredt.indicators.observing.observe import ObservedService
from beredt.indicators.suppress import ALL, THRESHOLD, Counts, Names, Protected, Split, protect_together
from beredt.indicators.suppression.names import MISSIONS, PLACE
from beredt.indicators.tables import indicator_tables
from beredt.indicators.utilisation import METRES_PER_KM, UnitSum
from beredt.model.urgency import URGENCIES

B = NDArray[np.bool_]
I4 = NDArray[np.int32]

NOT_IN_A_LOG = ("standby_h", "driving_home_h", "waiting_share", "queued_share", "held_share", "wait_mean_s", "bumped")
"""Measures that a log says nothing of: where units go between missions, and who had to wait."""

TABLES = ("service_flows", "service_calendar", "service_hours", "service_months", "service_units", "service_notes")


def service_tables(observed: ObservedService, threshold: int = THRESHOLD) -> dict[str, pl.DataFrame]:
    """All tables of a log's service by name, in the order of `TABLES`.

    Args:
        observed: The log.
        threshold: Counts of missions below it are left out; 0 leaves all in.
    """
    asked = {"service_flows": flows_counts(observed), "service_units": units_counts(observed)}
    flows, units = protect_together(list(asked.values()), threshold)
    tables = clock_tables(observed) | {"service_flows": shown_flows(flows), "service_units": shown_units(units)}
    return {name: tables[name] for name in TABLES}


def clock_tables(observed: ObservedService) -> dict[str, pl.DataFrame]:
    """Those that count hours and units, and the notes."""
    return {
        "service_calendar": calendar_table(observed),
        "service_hours": hours_table(observed),
        "service_months": months_table(observed),
        "service_notes": notes_table(observed),
    }


def as_simulated(observed: ObservedService, name: str = "log") -> dict[str, pl.DataFrame]:
    """The log in the tables of simulated years, for figures that show both; numbers are per year of 365 days.

    **Nothing is left out of them**: they are for drawing what the tables of `service_tables` may show.

    Args:
        observed: The log.
        name: What stands in the place of the alternative.

    Returns:
        By name: indicators, flows, simultaneity, simultaneity_hours, units. Without what a log knows nothing of.
    """
    tables = indicator_tables({name: observed.frame}, {name: [observed.tally]}, [])
    tables["indicators"] = tables["indicators"].filter(~pl.col("measure").is_in(NOT_IN_A_LOG))
    return {kind: tables[kind] for kind in ("indicators", "flows", "simultaneity", "simultaneity_hours", "units")}


def flows_counts(observed: ObservedService) -> Counts:
    """Missions from stations to zones by urgency, with all margins, to be protected."""
    frame, flows = observed.frame, observed.tally.flows.stations.astype(np.int64)  # [S, Z, 3, counting]
    ids = ([*frame.station_ids, ALL], [*frame.zone_ids, ALL])
    for axis in range(3):
        flows = np.concatenate([flows, flows.sum(axis=axis, keepdims=True)], axis=axis)
    station, zone = np.nonzero(flows[..., -1, Counting.MISSIONS])
    counts = {
        f"{name}_{urgency}": pl.Series(flows[station, zone, k, which])
        for name, which in FLOW_COUNTS.items()
        for k, urgency in enumerate((*URGENCIES, ALL))
    }
    named = {"station": [ids[0][row] for row in station.tolist()], "zone": [ids[1][row] for row in zone.tolist()]}
    table = pl.DataFrame({**named, **counts}, schema_overrides=dict.fromkeys(named, pl.String))
    # The urgencies of a pair as parts of one count: the same sums as rows of their own, in a tenth of the time.
    splits = [Split(f"{name}_", tuple(f"{name}_{urgency}" for urgency in URGENCIES)) for name in FLOW_COUNTS]
    whole_first = [f"{name}_{urgency}" for name in FLOW_COUNTS for urgency in (ALL, *URGENCIES)]
    called = {f"{MISSIONS}_{urgency}": (MISSIONS, {"urgency": urgency}) for urgency in (ALL, *URGENCIES)}
    names = Names({"station": "station", "zone": PLACE}, called)
    return Counts(table, ["station", "zone"], whole_first, splits=splits, names=names)


def shown_flows(found: Protected) -> pl.DataFrame:
    """The table `service_flows`, once it has been protected."""
    hidden = found.hidden.select(pl.all().name.prefix("hidden_"))
    shown = pl.concat([found.table, hidden], how="horizontal")
    rows = pl.concat([_of_urgency(shown, urgency) for urgency in (*URGENCIES, ALL)])
    sent = rows.filter(pl.col("missions").is_null() | (pl.col("missions") > 0))
    return report_table("service_flows", sent.sort("station", "zone", "urgency"))


FLOW_COUNTS = {"missions": Counting.MISSIONS, "first_units": Counting.FIRST_UNITS}


def _of_urgency(shown: pl.DataFrame, urgency: str) -> pl.DataFrame:
    """The rows of one urgency, or of all."""
    return shown.select(
        "station",
        "zone",
        *(pl.col(f"{name}_{urgency}").alias(name) for name in FLOW_COUNTS),
        urgency=pl.lit(urgency),
        suppressed=pl.any_horizontal(f"hidden_{name}_{urgency}" for name in FLOW_COUNTS),
    )


def calendar_table(observed: ObservedService) -> pl.DataFrame:
    """Every clock hour of the period: units drawn in from outside, and the least number of free ones."""
    tally, local = observed.tally, bool(observed.frame.local_group)
    day, hour = (axis.ravel() for axis in np.indices((tally.days, 24)))
    dates = [(observed.days.start + timedelta(days=number)).isoformat() for number in range(tally.days)]
    own = {
        "drawn_in": tally.simultaneity.drawn_in,
        "free_local_least": tally.free.least[FLEET_LOCAL],
        "conflict": tally.free.conflict[FLEET_LOCAL],
    }
    return report_table(
        "service_calendar",
        pl.DataFrame(
            {
                "date": np.repeat(dates, 24),
                "hour": hour,
                **{name: values.ravel() if local else [None] * len(day) for name, values in own.items()},
                "free_least": tally.free.least[FLEET_ALL].ravel(),
            }
        ),
    )


def hours_table(observed: ObservedService) -> pl.DataFrame:
    """How often each fleet has none or one unit free, by clock hour of the day."""
    clock = [*((hour, slice(hour, hour + 1)) for hour in range(24)), (ALL_HOURS, slice(None))]
    rows = (
        {"fleet": fleet, "kind": kind, "hour": hour, **_free(least[:, part], conflict[:, part])}
        for fleet, kind, least, conflict in _fleets(observed)
        for hour, part in clock
    )
    return report_table("service_hours", pl.DataFrame(list(rows), infer_schema_length=None))


def months_table(observed: ObservedService) -> pl.DataFrame:
    """How often each fleet has none or one unit free, by month."""
    month = np.array([f"{observed.days.start + timedelta(days=number):%Y-%m}" for number in range(observed.tally.days)])
    parts: list[tuple[str, B]] = [(name, month == name) for name in np.unique(month).tolist()]
    rows = (
        {"fleet": fleet, "kind": kind, "month": name, **_free(least[days], conflict[days])}
        for fleet, kind, least, conflict in _fleets(observed)
        for name, days in [*parts, (ALL, np.ones(len(month), np.bool_))]
    )
    return report_table("service_months", pl.DataFrame(list(rows), infer_schema_length=None))


def units_counts(observed: ObservedService) -> Counts:
    """What every unit, every station and all of them did, from the least busy station on, to be protected."""
    frame = observed.frame
    sums = observed.tally.units.astype(np.float64)
    stations = np.array(frame.station_ids, object)[frame.unit_station]
    units = _unit_rows(
        stations, np.array(frame.unit_ids, object), np.array(frame.kind_ids, object)[frame.unit_kind], sums
    )
    names = np.unique(stations)
    of_station = np.stack([sums[stations == name].sum(axis=0) for name in names])
    nobody = np.full(len(names), ALL, object)
    every = sums.sum(axis=0, keepdims=True)
    table = pl.concat(
        [
            units,
            _ranked(_unit_rows(names, nobody, nobody, of_station)),
            _unit_rows(nobody[:1], nobody[:1], nobody[:1], every),
        ]
    )
    # Duty that was worked out from missions tells of them; a roster does not.
    harmless = {"station", "unit", "kind", "missions"} | ({"duty_h"} if observed.duty.basis == "roster" else set())
    told = [name for name in table.columns if name not in harmless]
    with_km = observed.notes.get("without_km", 0) < observed.notes.get("missions", 0)
    rows = table if with_km else table.with_columns(km=pl.lit(None, pl.Float64))
    called = Names({"station": "station", "unit": "unit"}, {"missions": (MISSIONS, {})})
    return Counts(rows, ["station", "unit"], ["missions"], {"missions": told}, names=called)


def shown_units(found: Protected) -> pl.DataFrame:
    """The table `service_units`, once it has been protected."""
    shown = found.table.with_columns(suppressed=found.hidden["missions"])
    return report_table("service_units", shown.sort("station", "unit"))


def notes_table(observed: ObservedService) -> pl.DataFrame:
    """What was assumed or could not be used, and how often."""
    basis = observed.duty.basis
    if observed.roster is not None and basis == "seen":
        basis = "roster_and_seen"  # there is one, though it says nothing of these days
    notes = {**observed.notes, f"duty_{basis}": len(observed.fleet.unit)}
    return report_table(
        "service_notes", pl.DataFrame({"note": list(notes), "count": list(notes.values())}).sort("note")
    )


def _unit_rows(station: Any, unit: Any, kind: Any, sums: NDArray[np.float64]) -> pl.DataFrame:
    hours = {name: sums[:, what] / MS_PER_HOUR for name, what in UNIT_HOURS.items()}
    return pl.DataFrame(
        {
            "station": pl.Series(station, dtype=pl.String),
            "unit": pl.Series(unit, dtype=pl.String),
            "kind": pl.Series(kind, dtype=pl.String),
            **hours,
            "missions": sums[:, UnitSum.MISSIONS].astype(np.int64),
            "utilisation": ratio(sums[:, UnitSum.ACTIVE], sums[:, UnitSum.DUTY]),
            "km": sums[:, UnitSum.METRES] / METRES_PER_KM,
            "rank": pl.Series([None] * len(sums), dtype=pl.Int64),
        }
    ).with_columns(pl.col("utilisation").fill_nan(None))


UNIT_HOURS = {
    "duty_h": UnitSum.DUTY,
    "active_h": UnitSum.ACTIVE,
    "overtime_h": UnitSum.OVERTIME,
    "standby_h": UnitSum.IDLE,
}
"""A log does not tell where a unit stands ready: all of that is standby."""


def _ranked(stations: pl.DataFrame) -> pl.DataFrame:
    """Stations with units on duty, from the least busy on."""
    return stations.with_columns(rank=pl.col("utilisation").rank("min").cast(pl.Int64))


def _fleets(observed: ObservedService) -> Iterator[tuple[str, str, I4, B]]:
    """Name, kind, least number of free units and conflict [D, 24] of each fleet."""
    frame, free, own = observed.frame, observed.tally.free, observed.fleets
    yield GROUP_ALL, "all", free.least[FLEET_ALL], free.conflict[FLEET_ALL]
    if frame.local_group:
        yield frame.local_group, "local", free.least[FLEET_LOCAL], free.conflict[FLEET_LOCAL]
    for name, least, conflict in zip(own.ids, own.free.least, own.free.conflict, strict=True):
        yield name, own.kind, least, conflict


def _free(least: I4, conflict: B) -> Mapping[str, int | float]:
    return {
        "hours": int(least.size),
        "hours_none_free": int((least == 0).sum()),
        "hours_one_free": int((least == 1).sum()),
        "hours_conflict": int(conflict.sum()),
        "free_least_mean": float(least.mean()),
    }
