"""Tables about kilometres, carbon dioxide, and electric cars in the place of those of today."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import polars as pl

from beredt.decision.cost.electric import Driven, ElectricCar, drive_electric
from beredt.decision.cost.quantities import ALL, fleet_quantities
from beredt.decision.cost.range_events import range_events
from beredt.decision.frames import Cell, result_frame
from beredt.decision.ranges import Range, read_ranges
from beredt.indicators.kilometres.carbon import KG_PER_TONNE
from beredt.indicators.observed import Frame, Year
from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.network import Network
from beredt.roads.networks import Networks
from beredt.simulation.run import Simulator

ELECTRIC = ("electric_range_km", "electric_kwh_per_km", "charge_kw", "reserve_km")
CASES: Mapping[str, tuple[str, str]] = {
    "hard": ("low", "high"),
    "likely": ("likely", "likely"),
    "easy": ("high", "low"),
}
"""Range and charger of a case, and what a kilometre takes."""

Rows = list[dict[str, Cell]]


def climate_tables(
    study: Study, networks: Networks | Network, services: Mapping[str, Service], tables: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """Tables `climate`, `electric` and `electric_units`.

    Electric cars are followed through replication 0 of every alternative, which is simulated once more for that.

    Args:
        study: with or without the table `climate_figures`.
        networks: of the study's services.
        services: finished service by alternative id.
        tables: of results: `units`.
    """
    figures = read_ranges(study.decision.get("climate_figures"))
    electric: Rows = []
    by_unit: Rows = []
    if all(name in figures for name in ELECTRIC):
        cars = {case: electric_car(figures, case) for case in CASES}
        with Simulator(study, networks, 1) as simulator:
            driven = simulator.simulate(services, 1, partial(_followed, cars=tuple(cars.values())))
        for name, service in services.items():
            by_case = dict(zip(CASES, driven[name][0], strict=True))
            electric += [_electric_row(name, case, cars[case], one) for case, one in by_case.items()]
            by_unit += _unit_rows(name, service, by_case)
    return {
        "climate": result_frame("climate", _climate_rows(study, services, tables["units"], figures)),
        "electric": result_frame("electric", electric),
        "electric_units": result_frame("electric_units", by_unit),
    }


def electric_car(figures: Mapping[str, Range], case: str) -> ElectricCar:
    """The car of a case; an hour at the charger gives power over what a kilometre takes."""
    good, bad = CASES[case]
    return ElectricCar(
        range_km=figures["electric_range_km"].case(good),
        charge_km_per_h=figures["charge_kw"].case(good) / figures["electric_kwh_per_km"].case(bad),
        reserve_km=figures["reserve_km"].case(bad),
    )


def _followed(frame: Frame, year: Year, cars: tuple[ElectricCar, ...]) -> tuple[Driven, ...]:
    events = range_events(frame, year)
    return tuple(drive_electric(events, car) for car in cars)


def _electric_row(alternative: str, case: str, car: ElectricCar, found: Driven) -> dict[str, Cell]:
    missions, acute, km = float(found.missions.sum()), float(found.acute.sum()), float(found.km.sum())
    missed, acute_missed = float(found.missed.sum()), float(found.acute_missed.sum())
    return {
        "alternative": alternative,
        "case": case,
        "range_km": car.range_km,
        "charge_km_per_h": car.charge_km_per_h,
        "reserve_km": car.reserve_km,
        "missions": missions,
        "missed": missed,
        "missed_share": missed / missions if missions else None,
        "acute_missed_share": acute_missed / acute if acute else None,
        "electric_km_share": float(found.electric_km.sum()) / km if km else None,
        "units": len(found.missed),
        "units_never_short": int((found.missed == 0).sum()),
    }


def _unit_rows(alternative: str, service: Service, by_case: Mapping[str, Driven]) -> Rows:
    rows: Rows = []
    for number, unit in enumerate(service.units):
        row: dict[str, Cell] = {"alternative": alternative, "unit": unit.id, "station": unit.station}
        row["missions"] = float(by_case["likely"].missions[number])
        row["km"] = float(by_case["likely"].km[number])
        for case, one in by_case.items():
            missions = float(one.missions[number])
            row[f"missed_share_{case}"] = float(one.missed[number]) / missions if missions else None
        row["least_km"] = float(by_case["likely"].least_km[number])
        rows.append(row)
    return rows


def _climate_rows(
    study: Study, services: Mapping[str, Service], units: pl.DataFrame, figures: Mapping[str, Range]
) -> Rows:
    """Kilometres and tonnes by organisation, and their change against the baseline."""
    gate = study.settings.gate
    baseline = gate.baseline if gate and gate.baseline in services else TODAY
    carbon = figures.get("co2_kg_per_km")
    km = {
        name: {
            owner: amount
            for (owner, item), amount in fleet_quantities(service, units.filter(pl.col("alternative") == name)).items()
            if item == "km"
        }
        for name, service in services.items()
    }
    rows: Rows = []
    for name, own in km.items():
        for owner in dict.fromkeys([ALL, *km[baseline], *own]):
            now = own.get(owner, 0.0)
            row: dict[str, Cell] = {"alternative": name, "organisation": owner, "km": now}
            row["km_change"] = now - km[baseline].get(owner, 0.0)
            for end in ("low", "likely", "high"):
                tonnes = None if carbon is None else now * carbon.case(end) / KG_PER_TONNE
                row["co2_t" if end == "likely" else f"co2_{end}_t"] = tonnes
            rows.append(row)
    return rows
