"""Free units in every hour, what units do, and who serves whom: the tables of a service."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from benchmarks.missions_pandas.form import Form
from benchmarks.missions_pandas.keys import ALL, MS_PER_HOUR, Key, with_margins, word_key
from benchmarks.missions_pandas.work import Service

ON, OFF, ASSIGNED, FREE = range(4)
URGENCIES = 3


class Hours(NamedTuple):
    """Of each fleet the least number of free units in every hour, and whether all on duty were busy: [F, days, 24]."""

    fleets: Any
    least: Any
    conflict: Any


def service_tables(service: Service, form: Form) -> dict[str, pd.DataFrame]:
    """All of them by name."""
    changes, hours_of_units = follow_units(service)
    hours = free_units(service, changes)
    return {
        "service_units": unit_table(service, hours_of_units),
        "service_calendar": calendar_table(service, hours),
        "service_hours": hour_table(hours),
        "service_months": month_table(service, hours),
        "service_flows": flow_table(service, form),
        "service_km": km_table(service, form),
        "service_notes": pd.DataFrame({"note": service.notes.keys(), "count": service.notes.values()}),
    }


def follow_units(service: Service) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Follow every unit through its duty and its missions.

    Returns:
        Changes of units that can go first: unit, t, and by how much more units are free and on duty; and hours on duty,
        at work and at work off duty by unit.
    """
    # Every change as one number, so that one sort puts them in order of unit and time.
    length, units = service.length_ms, len(service.units)
    steps = np.diff(service.on.reshape(units, -1).astype(np.int8), axis=1, prepend=0, append=0)
    unit = service.missions["unit"].cat.codes.to_numpy().astype(np.int64)
    begin, end = (np.clip(t, 0, length) for t in (service.begin, service.end))
    real = begin < end
    kinds = [(t[0], t[1] * MS_PER_HOUR) for t in (np.nonzero(steps == step) for step in (1, -1))]
    kinds += [(unit[real], begin[real]), (unit[real], end[real])]
    packed = np.concatenate([(who * (length + 1) + t) * 4 + kind for kind, (who, t) in enumerate(kinds)])
    packed.sort()
    moment, kind = packed >> 2, packed & 3
    on = np.cumsum(np.array([1, -1, 0, 0])[kind]) > 0
    busy = np.cumsum(np.array([0, 0, 1, -1])[kind]) > 0
    who, t = np.divmod(moment, length + 1)
    # A unit ends its days off duty and free of work, so that what lasts until the next unit begins lasts for nothing.
    lasts = np.diff(moment, append=moment[-1:]) / MS_PER_HOUR
    spent = {"duty_h": on, "active_h": busy, "overtime_h": busy & ~on}
    sums = {name: np.bincount(who, np.where(state, lasts, 0.0), units) for name, state in spent.items()}
    changes = pd.DataFrame(
        {"unit": who, "t": t, "free": np.diff((on & ~busy).astype(np.int8), prepend=np.int8(0)),
         "on": np.diff(on.astype(np.int8), prepend=np.int8(0))}
    )  # fmt: skip
    told = service.going_first[who] & ((changes["free"] != 0) | (changes["on"] != 0)).to_numpy()
    return changes[told], pd.DataFrame(sums)


def free_units(service: Service, changes: pd.DataFrame) -> Hours:
    """Add the changes of units up to those of fleets: all of them, and each station's."""
    length, hours = service.length_ms, service.days * 24
    stations, place = np.unique(service.home.names[service.home.number].astype(str), return_inverse=True)
    fleet = place[changes["unit"].to_numpy()] + 1
    fleets = len(stations) + 1
    t = changes["t"].to_numpy()
    step = (changes["free"].to_numpy().astype(np.int64) + 1) * 3 + changes["on"].to_numpy() + 1
    marks = np.add.outer(np.arange(fleets) * (length + 1), np.arange(hours) * MS_PER_HOUR).ravel() * 9 + 4
    packed = np.concatenate([t * 9 + step, (fleet * (length + 1) + t) * 9 + step, marks])
    packed.sort()
    moment, step = np.divmod(packed, 9)
    free, on = np.cumsum(step // 3 - 1), np.cumsum(step % 3 - 1)
    # What changes at one moment changes at once: only what is so after it lasts.
    lasts = np.append(moment[1:] != moment[:-1], True) & (moment % (length + 1) < length)
    moment, free, on = moment[lasts], free[lasts], on[lasts]
    hour = moment // (length + 1) * hours + moment % (length + 1) // MS_PER_HOUR
    first = np.flatnonzero(np.diff(hour, prepend=-1))
    shape = (fleets, service.days, 24)
    least = np.minimum.reduceat(free, first).reshape(shape)
    conflict = np.logical_or.reduceat((free == 0) & (on > 0), first).reshape(shape)
    return Hours(np.array(["all", *stations], object), least, conflict)


def calendar_table(service: Service, hours: Hours) -> pd.DataFrame:
    """The least number of free units of all in every hour; nobody is local, so that none is drawn in."""
    dates = pd.date_range(service.start, periods=service.days).strftime("%Y-%m-%d")
    nothing = dict.fromkeys(("drawn_in", "free_local_least", "conflict"), np.nan)
    return pd.DataFrame(
        {
            "date": np.repeat(dates.to_numpy(object), 24),
            "hour": np.tile(np.arange(24), service.days),
            "free_least": hours.least[0].ravel(),
            **nothing,
        }
    )


def hour_table(hours: Hours) -> pd.DataFrame:
    """How often each fleet has none or one unit free, by hour of the day."""
    whole = _often(hours, hours.least, hours.conflict, lambda what: what.sum(axis=(1, 2)), "hour", [-1])
    return pd.concat(
        [_often(hours, hours.least, hours.conflict, lambda what: what.sum(axis=1), "hour", np.arange(24)), whole],
        ignore_index=True,
    )


def month_table(service: Service, hours: Hours) -> pd.DataFrame:
    """How often each fleet has none or one unit free, by month."""
    month = pd.date_range(service.start, periods=service.days).strftime("%Y-%m").to_numpy(object)
    names, first = np.unique(month.astype(str), return_index=True)
    whole = _often(hours, hours.least, hours.conflict, lambda what: what.sum(axis=(1, 2)), "month", [ALL])
    by = _often(
        hours,
        hours.least,
        hours.conflict,
        lambda what: np.add.reduceat(what.sum(axis=2), first, axis=1),
        "month",
        names,
    )
    return pd.concat([by, whole], ignore_index=True)


def _often(hours: Hours, least: Any, conflict: Any, added: Any, key: str, names: Any) -> pd.DataFrame:
    """Hours without a free unit, with one, and in conflict, added up over some of them."""
    fleets = len(hours.fleets)
    sums = {
        "hours": added(np.ones(least.shape, np.int64)),
        "hours_none_free": added((least == 0).astype(np.int64)),
        "hours_one_free": added((least == 1).astype(np.int64)),
        "hours_conflict": added(conflict.astype(np.int64)),
        "free_least_mean": added(least),
    }
    table = pd.DataFrame({name: values.reshape(fleets, -1).ravel() for name, values in sums.items()})
    table["free_least_mean"] /= table["hours"]
    fleet = np.repeat(hours.fleets, len(names))
    kind = np.where(fleet == "all", "all", "station")
    return table.assign(fleet=fleet, kind=kind, **{key: np.tile(names, fleets)})


def unit_table(service: Service, spent: pd.DataFrame) -> pd.DataFrame:
    """Hours on duty, at work and ready, missions and utilisation of every unit, of every station, and of all."""
    unit = service.missions["unit"].cat.codes.to_numpy()[~service.missions["cancelled"].to_numpy()]
    units = spent.assign(
        missions=np.bincount(unit, minlength=len(service.units)),
        standby_h=spent["duty_h"] + spent["overtime_h"] - spent["active_h"],
        station=service.home.names[service.home.number],
        unit=service.units,
        kind=service.kind.names[service.kind.number],
    )
    values = ["duty_h", "active_h", "overtime_h", "standby_h", "missions"]
    stations = units.groupby("station", as_index=False)[values].sum().assign(unit=ALL, kind=ALL)
    whole = units[values].sum().to_frame().T.assign(station=ALL, unit=ALL, kind=ALL)
    stations["rank"] = (stations["active_h"] / stations["duty_h"]).rank(method="min")
    table = pd.concat([units, stations, whole], ignore_index=True)
    use = (table["active_h"] / table["duty_h"]).where(table["duty_h"] > 0)
    return table.assign(utilisation=use, km=np.nan, suppressed=False)


def flow_table(service: Service, form: Form) -> pd.DataFrame:
    """Missions and first units from stations to municipalities by urgency, with all margins."""
    missions = service.missions
    unit = missions["unit"].cat.codes.to_numpy()
    counted = ~missions["cancelled"].to_numpy()
    keys = {
        "station": Key(service.home.number[unit], service.home.names),
        "zone": word_key(missions["municipality"]),
        "urgency": word_key(missions["urgency"]),
    }
    # The first ambulance at the scene of each incident stops its clock.
    arrived = np.flatnonzero(service.going_first[unit] & missions["scene_t"].notna().to_numpy() & counted)
    incident = missions["incident"].to_numpy()[arrived]
    order = np.lexsort((missions["scene_t"].to_numpy()[arrived], incident))
    first = arrived[order[np.append(True, np.diff(incident[order]) != 0)]]
    names = ["station", "zone", "urgency"]
    sent = form.counted_by(keys, names, counted).rename(columns={"n": "missions"})
    stopped = form.counted_by(keys, names, first).rename(columns={"n": "first_units"})
    counts = sent.merge(stopped, on=names, how="left").fillna({"first_units": 0})
    return with_margins(counts, names, ["missions", "first_units"]).assign(suppressed=False)


def km_table(service: Service, form: Form) -> pd.DataFrame:
    """Missions by station and kind of unit; the log tells no kilometres, and without a study nobody knows the roads."""
    missions = service.missions[~service.missions["cancelled"] & service.missions["call_t"].notna()]
    unit = missions["unit"].cat.codes.to_numpy()
    keys = {name: Key(key.number[unit], key.names) for name, key in (("station", service.home), ("kind", service.kind))}
    counts = form.counted_by(keys, ["station", "kind"]).rename(columns={"n": "missions"})
    table = with_margins(counts, ["station", "kind"], ["missions"])
    nothing = dict.fromkeys(("with_km", "log_km", "with_roads", "out_km", "transport_km", "back_km"), 0)
    unknown = dict.fromkeys(("km", "co2_low_t", "co2_t", "co2_high_t"), np.nan)
    return table.assign(basis="none", **nothing, **unknown, suppressed=False)
