"""Visits for every working day of a year, drawn from rates by age and from where patients travel: all is generated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.patient_travel.figures import MIN_S
from beredt.decision.patient_travel.visits import Visits
from beredt.decision.ranges import Range, triangular
from beredt.demand.public_holidays import public_holidays
from beredt.model.area import Area

F8 = NDArray[np.float64]

STREAM = 5515
"""What these draws are told apart by from all others of the study's seed: no other draw of the program uses it."""

STEP_S = 900.0
"""Appointments begin at whole quarters of an hour."""


def weekdays_of(year: int) -> tuple[int, ...]:
    """Monday to Friday of a year, in order, 1 to 5 each, without public holidays."""
    first, closed = date(year, 1, 1), public_holidays(year)
    length = (date(year + 1, 1, 1) - first).days
    days = (first + timedelta(days=number) for number in range(length))
    return tuple(day.isoweekday() for day in days if day.isoweekday() <= 5 and day not in closed)


def shares_of_areas(areas: tuple[Area, ...], table: pl.DataFrame) -> tuple[F8, tuple[str, ...]]:
    """Where the patients of each area travel.

    Args:
        areas: of the service.
        table: `travel_destinations`; a district's rows come before its municipality's.

    Returns:
        float64 [areas, destinations], rows that sum to 1, or to 0 where the table knows nothing of the area; and the
        destinations.
    """
    destinations = tuple(dict.fromkeys(table["destination"].to_list()))
    by_origin: dict[str, F8] = {}
    for origin, destination, share in table.select("origin", "destination", "share").iter_rows():
        by_origin.setdefault(origin, np.zeros(len(destinations)))[destinations.index(destination)] += share
    nothing = np.zeros(len(destinations))
    rows = [by_origin.get(area.district or "", by_origin.get(area.municipality, nothing)) for area in areas]
    return np.array(rows).reshape(-1, len(destinations)), destinations


def generate_visits(
    trips: F8, shares: F8, destinations: tuple[str, ...], figures: Mapping[str, Range], year: int, seed: int
) -> Visits:
    """Draw a year of visits, two trips each; the same for every alternative.

    Args:
        trips: [areas] expected one-way trips a year.
        shares: [areas, destinations] where they go, rows that sum to 1 or 0.
        destinations: ids.
        figures: those of `TRIP_FIGURES`.
        year: of the calendar.
        seed: of the study.

    Returns:
        Visits by day and time. Their number is Poisson; times lie evenly between the first and the last appointment.
    """
    weekday = np.array(weekdays_of(year), np.int64)
    rng = np.random.default_rng([seed, STREAM])
    per_day = (trips[:, np.newaxis] * shares / 2.0).ravel() / weekday.size
    total = float(per_day.sum())
    number = rng.poisson(total, weekday.size) if total > 0.0 else np.zeros(weekday.size, np.int64)
    day = np.repeat(np.arange(weekday.size), number)
    n = day.size
    cell = np.searchsorted(np.cumsum(per_day) / total, rng.random(n), side="right") if total > 0.0 else np.zeros(0, int)
    first, last = figures["first_appointment_h"].likely * 3600.0, figures["last_appointment_h"].likely * 3600.0
    steps = int((last - first) // STEP_S) + 1
    appointment = np.asarray(first + STEP_S * rng.integers(0, steps, n), np.float64)
    stay = np.round(triangular(rng.random(n), figures["visit_min"])) * MIN_S
    needs, company = rng.random(n), rng.random(n)
    stretcher = needs < figures["stretcher_share"].likely
    wheelchair = ~stretcher & (needs < figures["stretcher_share"].likely + figures["wheelchair_share"].likely)
    order = np.lexsort((cell, appointment, day))
    cell = np.minimum(cell, per_day.size - 1)[order]
    return Visits(
        day=day[order].astype(np.int64),
        weekday=weekday,
        area=(cell // len(destinations)).astype(np.int64),
        destination=(cell % len(destinations)).astype(np.int64),
        destinations=destinations,
        appointment_s=appointment[order],
        ready_s=(appointment + stay)[order],
        seats=(1 + (company < figures["companion_share"].likely).astype(np.int64))[order],
        wheelchair=wheelchair[order],
        stretcher=stretcher[order],
        generated=True,
    )
