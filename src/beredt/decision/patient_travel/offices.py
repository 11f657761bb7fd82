"""What every patient-travel office has to do in each alternative: people, trips, calls, and calls to hand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.frames import Cell, result_frame
from beredt.decision.patient_travel.figures import CALL_FIGURES, read_figures, read_trip_rates
from beredt.decision.patient_travel.handed_over import Kind, calls_between, kinds_of, sum_by_kind
from beredt.decision.ranges import CASES, Range
from beredt.demand.population import people_by_age
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.network import Network

F8 = NDArray[np.float64]


def office_tables(study: Study, network: Network, services: Mapping[str, Service]) -> dict[str, pl.DataFrame]:
    """Tables `travel_offices` and `travel_handed_over`; without rows where the study lacks figures."""
    frame = study.decision.get("travel_figures")
    figures, rates = read_figures(frame), read_trip_rates(frame)
    offices: list[dict[str, Cell]] = []
    handed: list[dict[str, Cell]] = []
    if rates is not None and all(name in figures for name in CALL_FIGURES):
        year = study.settings.study.year
        people = people_by_age(study.service.areas, study.population, study.age_shares, year)
        trips = {case: people @ rates[case] / 1000.0 for case in CASES}
        kinds, kind = kinds_of({name: service.areas for name, service in services.items()})
        between = _between(study, network, people.sum(axis=1), trips, figures, kind, len(kinds))
        for place, name in enumerate(services, start=1):
            own: dict[str, F8] = {case: np.bincount(kind, trips[case], len(kinds)).astype(np.float64) for case in CASES}
            lives = np.bincount(kind, people.sum(axis=1), len(kinds)).astype(np.float64)
            calls = {case: own[case] * figures["calls_per_trip"].case(case) for case in CASES}
            offices += _office_rows(name, place, kinds, lives, own, calls, between)
            handed += _handed_rows(name, place, kinds, between)
    return {
        "travel_offices": result_frame("travel_offices", offices),
        "travel_handed_over": result_frame("travel_handed_over", handed),
    }


def _between(
    study: Study,
    network: Network,
    people: F8,
    trips: Mapping[str, F8],
    figures: Mapping[str, Range],
    kind: NDArray[np.int64],
    kinds: int,
) -> dict[str, F8]:
    """Calls from elsewhere by kind of home and of place, for each case: every figure at its lowest, and so on."""
    nodes = np.array([network.index_of(f"area:{area.id}") for area in study.service.areas])
    km = network.km[np.ix_(nodes, nodes)].T.astype(np.float64)
    return {
        case: sum_by_kind(
            calls_between(
                trips[case] * figures["calls_per_trip"].case(case),
                people,
                km,
                figures["away_share"].case(case),
                figures["roam_km"].case(case),
            ),
            kind,
            kinds,
        )
        for case in CASES
    }


def _office_rows(
    alternative: str,
    place: int,
    kinds: tuple[Kind, ...],
    lives: F8,
    trips: Mapping[str, F8],
    calls: Mapping[str, F8],
    between: Mapping[str, F8],
) -> Iterator[dict[str, Cell]]:
    office = np.array([kind[place] for kind in kinds])
    for one in dict.fromkeys(office.tolist()):
        own = office == one
        row: dict[str, Cell] = {"alternative": alternative, "office": one, "people": float(lives[own].sum())}
        figures: dict[str, Mapping[str, float]] = {
            "trips": {case: float(trips[case][own].sum()) for case in CASES},
            "calls": {case: _reached(calls[case], between[case], own) for case in CASES},
            "handed_on": {case: float(between[case][~own][:, own].sum()) for case in CASES},
        }
        for name, by_case in figures.items():
            row |= _three(name, by_case)
        yield row


def _reached(calls: F8, between: F8, own: NDArray[np.bool_]) -> float:
    """Calls of everybody who is here: those of its own patients who are not away, and of others who are here."""
    return float(calls[own].sum() - between[own][:, ~own].sum() + between[~own][:, own].sum())


def _handed_rows(
    alternative: str, place: int, kinds: tuple[Kind, ...], between: Mapping[str, F8]
) -> Iterator[dict[str, Cell]]:
    found: dict[tuple[str, str, str, str], dict[str, float]] = {}
    for home, one in enumerate(kinds):
        for call, other in enumerate(kinds):
            if one[place] != other[place]:
                sums = found.setdefault((one[0], other[0], one[place], other[place]), dict.fromkeys(CASES, 0.0))
                for case in CASES:
                    sums[case] += float(between[case][home, call])
    for (home_zone, call_zone, home_office, call_office), sums in found.items():
        yield {
            "alternative": alternative, "home_zone": home_zone, "call_zone": call_zone, "home_office": home_office,
            "call_office": call_office, **_three("calls", sums),
        }  # fmt: skip


def _three(name: str, by_case: Mapping[str, float]) -> dict[str, Cell]:
    """The columns <name>_low, <name> and <name>_high; lowest and highest are told in order, however figures pull."""
    low, likely, high = (by_case[case] for case in CASES)
    return {f"{name}_low": min(low, likely, high), name: likely, f"{name}_high": max(low, likely, high)}
