"""What an alternative has more or less of that costs money: staff, units, stations and kilometres by organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from beredt.model.service import Service

ALL = "all"
"""Every organisation together."""

PRICES: Mapping[str, str] = {
    "ambulance_staff": "nok_per_ambulance_fte",
    "centre_staff": "nok_per_centre_fte",
    "patient_travel_staff": "nok_per_patient_travel_fte",
    "units": "nok_per_unit_year",
    "stations": "nok_per_station_year",
    "km": "nok_per_km",
}
"""Items of running cost, and the figure that is the price of one a year."""

UNITS_OF: Mapping[str, str] = {"units": "units", "stations": "stations", "km": "km per year"}
STAFF_ITEMS: Mapping[str, str] = {
    "ambulance": "ambulance_staff",
    **dict.fromkeys(("centre", "call_taking", "coordination"), "centre_staff"),
    "patient_travel": "patient_travel_staff",
}

Key = tuple[str, str]
"""organisation, item."""


def unit_of(item: str) -> str:
    """What an item is counted in."""
    return UNITS_OF.get(item, "FTE")


def fleet_quantities(service: Service, units: pl.DataFrame) -> dict[Key, float]:
    """Units, stations with a unit, and kilometres a year.

    Args:
        service: an alternative's after its edits.
        units: the rows of that alternative in the table of results `units`.
    """
    owner = {station.id: station.organisation for station in service.stations}
    found: dict[Key, float] = {}
    for unit in service.units:
        _add(found, owner[unit.station], "units", 1.0)
    for station in dict.fromkeys(unit.station for unit in service.units):
        _add(found, owner[station], "stations", 1.0)
    for station, km in units.select("station", "km").iter_rows():
        _add(found, owner[station], "km", float(km or 0.0))
    return found


def staff_changes(changes: pl.DataFrame, baseline: str, alternative: str) -> dict[Key, float | None]:
    """Full-time equivalents more or fewer by item; None where a change is known in hours and not in FTE.

    Args:
        changes: the table `staff_changes`.
        baseline: what is compared with.
        alternative: of which.
    """
    found: dict[Key, float | None] = {}
    own = changes.filter((pl.col("baseline") == baseline) & (pl.col("alternative") == alternative))
    for row in own.iter_rows(named=True):
        _add_known(found, row)
    return found


def unstated_items(unstated: pl.DataFrame, alternative: str) -> frozenset[Key]:
    """(organisation, item) of which nobody has said how staff changes, though the people served do.

    Args:
        unstated: the table `staff_unstated`.
        alternative: of which.
    """
    own = unstated.filter(pl.col("alternative") == alternative).select("organisation", "service").iter_rows()
    return frozenset((name, STAFF_ITEMS[service]) for owner, service in own for name in (owner, ALL))


def uncrewed_items(staff: pl.DataFrame, alternative: str, baseline: str) -> frozenset[Key]:
    """(organisation, item) that hold a kind of unit whose crew nobody has said, and that the baseline does not have.

    What a unit of that kind and its kilometres cost is not what those of others do: the study has one price for each.

    Args:
        staff: the table `staff`.
        alternative: of which.
        baseline: what is compared with.
    """
    unknown = staff.filter(pl.col("person_h").is_null() & pl.col("units").is_not_null())
    keys = ("organisation", "station", "kind", "units", "duty_h")
    own, before = (unknown.filter(pl.col("alternative") == one).select(keys) for one in (alternative, baseline))
    owners = own.join(before, on=keys, how="anti")["organisation"].unique().to_list()
    items = ("ambulance_staff", "units", "km")
    return frozenset((name, item) for owner in owners for name in (owner, ALL) for item in items)


def differences(now: Mapping[Key, float], before: Mapping[Key, float]) -> dict[Key, float | None]:
    """What there is more of, key by key."""
    return {key: now.get(key, 0.0) - before.get(key, 0.0) for key in dict.fromkeys((*before, *now))}


def _add(found: dict[Key, float], organisation: str, item: str, amount: float) -> None:
    for name in (organisation, ALL):
        found[name, item] = found.get((name, item), 0.0) + amount


def _add_known(found: dict[Key, float | None], row: Mapping[str, Any]) -> None:
    item, fte = STAFF_ITEMS[row["work"]], row["fte"]
    for name in (row["organisation"], ALL):
        before = found.get((name, item), 0.0)
        found[name, item] = None if fte is None or before is None else before + float(fte)
