"""Tables `travel_trips` and `travel_lines`: how patients travel in each alternative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.frames import Cell, result_frame
from beredt.decision.patient_travel.board import leg_loads
from beredt.decision.patient_travel.bus_rides import StopDrives
from beredt.decision.patient_travel.figures import (
    CLIMATE_FIGURES,
    PRICE_FIGURES,
    TRIP_FIGURES,
    read_figures,
    read_trip_rates,
    rules_of,
)
from beredt.decision.patient_travel.generate_visits import generate_visits, shares_of_areas
from beredt.decision.patient_travel.import_visits import import_visits
from beredt.decision.patient_travel.plan import ALONE, BUS, POOL, Plan, Planner
from beredt.decision.patient_travel.points import (
    Points,
    drives_between,
    points_at,
    points_of_areas,
    points_of_destinations,
)
from beredt.decision.patient_travel.pools import Ground
from beredt.decision.patient_travel.timetable import Line, read_timetable
from beredt.decision.patient_travel.trips import Trips, trips_of
from beredt.decision.patient_travel.visits import Visits
from beredt.decision.ranges import CASES, Range
from beredt.demand.population import people_by_age
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.network import Network

F8 = NDArray[np.float64]
MIN_S = 60.0
EVERY = ""
"""Municipality of the row about all trips."""


def trip_tables(study: Study, network: Network, services: Mapping[str, Service]) -> dict[str, pl.DataFrame]:
    """Both tables; without rows where the study lacks figures or any trip."""
    figures = read_figures(study.decision.get("travel_figures"))
    rules, visits = rules_of(figures), visits_of(study, figures)
    trips: list[dict[str, Cell]] = []
    lines: list[dict[str, Cell]] = []
    if services and rules is not None and visits is not None and len(visits):
        areas = points_of_areas(network, study.service.areas)
        beyond = study.decision.get("travel_places")
        hospitals = points_of_destinations(network, study.service.hospitals, beyond, visits.destinations)
        out, back = drives_between(network, areas, hospitals), drives_between(network, hospitals, areas)
        every = trips_of(visits, out, back, rules.margin_s)
        planner = Planner(every, visits.weekday, Ground(drives_between(network, areas, areas), out, back), rules)
        for name, service in services.items():
            timetable = _timetable(study, name)
            km = [_run_km(network, line) for line in timetable]
            drives = tuple(_stop_drives(network, line, areas, hospitals) for line in timetable)
            plan = planner.plan(timetable, drives, _owner(timetable, service, every))
            runs = [_runs(line, visits) for line in timetable]
            bus_km = sum(one * each for one, each in zip(km, runs, strict=True))
            trips += _trip_rows(name, service, visits, every, plan, bus_km, figures)
            lines += _line_rows(name, timetable, km, runs, plan, every)
    return {"travel_trips": result_frame("travel_trips", trips), "travel_lines": result_frame("travel_lines", lines)}


def visits_of(study: Study, figures: Mapping[str, Range]) -> Visits | None:
    """The study's own visits, else generated ones; None where it brings neither visits nor what they are made of."""
    table = study.decision.get("patient_trips")
    if table is not None and not table.is_empty():
        return import_visits(table, study.service.areas)
    rates = read_trip_rates(study.decision.get("travel_figures"))
    towards = study.decision.get("travel_destinations")
    if rates is None or towards is None or towards.is_empty() or any(name not in figures for name in TRIP_FIGURES):
        return None
    settings = study.settings
    people = people_by_age(study.service.areas, study.population, study.age_shares, settings.study.year)
    shares, destinations = shares_of_areas(study.service.areas, towards)
    expected = people @ rates["likely"] / 1000.0
    return generate_visits(expected, shares, destinations, figures, settings.study.year, settings.simulation.seed)


def _timetable(study: Study, alternative: str) -> tuple[Line, ...]:
    return read_timetable(study.decision.get("bus_lines"), study.decision.get("bus_stops"), alternative)


def _stop_points(network: Network, line: Line) -> Points:
    return points_at(network, [stop.lat for stop in line.stops], [stop.lon for stop in line.stops])


def _stop_drives(network: Network, line: Line, areas: Points, hospitals: Points) -> StopDrives:
    stops = _stop_points(network, line)
    return StopDrives(
        from_areas=drives_between(network, areas, stops),
        to_areas=drives_between(network, stops, areas),
        from_hospitals=drives_between(network, hospitals, stops),
        to_hospitals=drives_between(network, stops, hospitals),
    )


def _run_km(network: Network, line: Line) -> float:
    """Kilometres of one run, as stated or by the study's roads."""
    stops = _stop_points(network, line)
    road = drives_between(network, stops, stops).km
    legs = (road[number, number + 1] if stop.km is None else stop.km for number, stop in enumerate(line.stops[1:]))
    return float(sum(legs))


def _owner(lines: Sequence[Line], service: Service, trips: Trips) -> NDArray[np.bool_]:
    organisation = np.array([area.organisation for area in service.areas])[trips.area]
    return np.array([organisation == line.organisation for line in lines]).reshape(len(lines), len(trips))


def _runs(line: Line, visits: Visits) -> int:
    return int(np.isin(visits.weekday, line.weekdays).sum())


def _trip_rows(
    alternative: str,
    service: Service,
    visits: Visits,
    trips: Trips,
    plan: Plan,
    bus_km: float,
    figures: Mapping[str, Range],
) -> Iterator[dict[str, Cell]]:
    place = np.array([area.municipality for area in service.areas])[trips.area]
    everybody = np.ones(len(trips), bool)
    for municipality, some in ((EVERY, everybody), *((one.id, place == one.id) for one in service.municipalities)):
        if some.any():
            every = municipality == EVERY
            taxi_km = float(plan.taxi_km[some].sum())
            yield {
                "alternative": alternative,
                "municipality": municipality,
                "origin": "generated" if visits.generated else "imported",
                "days": visits.weekday.size,
                "trips": int(some.sum()),
                "bus": int((plan.mode[some] == BUS).sum()),
                "pooled": int((plan.mode[some] == POOL).sum()),
                "alone": int((plan.mode[some] == ALONE).sum()),
                "turned_away": int(plan.turned_away[some].sum()),
                "alone_km": float(trips.km[some].sum()),
                "taxi_km": taxi_km,
                "bus_km": bus_km if every else None,
                "taxi_drives": plan.drives if every else None,
                "wait_min": float(plan.wait_s[some].mean()) / MIN_S,
                "bus_wait_min": _mean_min(plan.wait_s[some & (plan.mode == BUS)]),
                "pool_wait_min": _mean_min(plan.wait_s[some & (plan.mode == POOL)]),
                "extra_ride_min": _mean_min(plan.extra_s[some & (plan.mode == POOL)]),
                **_carbon(taxi_km, bus_km, figures, every),
                **_price(taxi_km, bus_km, plan.drives, figures, every),
            }


def _mean_min(seconds: F8) -> float | None:
    return float(seconds.mean()) / MIN_S if seconds.size else None


def _carbon(taxi_km: float, bus_km: float, figures: Mapping[str, Range], known: bool) -> dict[str, Cell]:
    if not known or any(name not in figures for name in CLIMATE_FIGURES):
        return {"co2_kg_low": None, "co2_kg": None, "co2_kg_high": None}
    taxi, bus = (figures[name] for name in CLIMATE_FIGURES)
    low, likely, high = (taxi.case(case) * taxi_km + bus.case(case) * bus_km for case in CASES)
    return {"co2_kg_low": low, "co2_kg": likely, "co2_kg_high": high}


def _price(taxi_km: float, bus_km: float, drives: int, figures: Mapping[str, Range], known: bool) -> dict[str, Cell]:
    """NOK, only where every price is given: half a price list would make the other half free."""
    if not known or any(name not in figures for name in PRICE_FIGURES):
        return {"nok_low": None, "nok": None, "nok_high": None}
    trip, km, bus = (figures[name] for name in PRICE_FIGURES)
    low, likely, high = (trip.case(c) * drives + km.case(c) * taxi_km + bus.case(c) * bus_km for c in CASES)
    return {"nok_low": low, "nok": likely, "nok_high": high}


def _line_rows(
    alternative: str, lines: Sequence[Line], km: Sequence[float], runs: Sequence[int], plan: Plan, trips: Trips
) -> Iterator[dict[str, Cell]]:
    taken = plan.taken
    for number, line in enumerate(lines):
        own = taken[plan.rides.line[taken] == number]
        days = trips.day[plan.rides.trip[own]]
        legs = len(line.stops) - 1
        full = sum(
            int((leg_loads(own[days == day], plan.rides, trips, number, legs) >= line.seats).any())
            for day in np.unique(days).tolist()
        )
        yield {
            "alternative": alternative,
            "line": line.id,
            "stops": " · ".join(f"{stop.name} {clock(stop.time_s)}" for stop in line.stops),
            "assumed": any(stop.assumed for stop in line.stops),
            "runs": runs[number],
            "seats": line.seats,
            "riders": int(own.size),
            "full_runs": full,
            "run_km": km[number],
        }


def clock(seconds: float) -> str:
    """Seconds after midnight as HH:MM."""
    minutes = int(seconds // MIN_S)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
