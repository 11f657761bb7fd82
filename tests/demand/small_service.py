"""A small made-up service for tests of demand, built without files: eight areas, two centres, three hospitals.

Areas lie in a row from west to east, 1 km apart but for one gap of 5 km; the road between two places is the crow's way
at 50 km/h. West belongs to one centre, east to the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from beredt.demand.population import AGE_BANDS
from beredt.model.age_rate import AgeRate
from beredt.model.area import Area
from beredt.model.centre import Centre
from beredt.model.dispatch_rules import DispatchRules
from beredt.model.district import District
from beredt.model.hospital import Hospital
from beredt.model.hospital_choice import HospitalChoice
from beredt.model.interval import Interval
from beredt.model.misrouting import Misrouting
from beredt.model.municipality import Municipality
from beredt.model.need import Need
from beredt.model.organisation import Organisation
from beredt.model.profile_hour import ProfileHour
from beredt.model.rate import Rate
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES
from beredt.roads.flat import flat_km
from beredt.roads.network import Network

YEAR = 2026
KM_EAST = 1.0 / (111.6 * np.cos(np.radians(59.9)))
"""Degrees of longitude in a kilometre."""

# id, km east, people, rate region; the gap between a4 and a5 is 5 km wide
PLACES = (
    ("a1", 0.0, 4000.0, "town"),
    ("a2", 1.0, 3000.0, "town"),
    ("a3", 2.0, 2000.0, "town"),
    ("a4", 3.0, 1000.0, "land"),
    ("b1", 8.0, 3000.0, "town"),
    ("b2", 9.0, 500.0, "land"),
    ("b3", 10.0, 0.0, "land"),
    ("b4", 11.0, 1500.0, "land"),
)
OLD = ("a2", "b4")
"""Areas in the district with many old people."""

YOUNG_SHARES = (0.14, 0.14, 0.16, 0.16, 0.14, 0.11, 0.08, 0.04, 0.02, 0.01)
OLD_SHARES = (0.05, 0.05, 0.08, 0.09, 0.10, 0.13, 0.17, 0.17, 0.11, 0.05)
RELATIVE = (0.5, 0.4, 0.6, 0.5, 0.6, 0.8, 1.3, 2.2, 4.0, 5.0)
PER_1000 = {"town": (39.6, 44.9, 11.4), "land": (33.9, 38.4, 9.7)}
MEDIANS_S = {
    "handling": (125.0, 365.0, 900.0),
    "mobilisation": (88.0, 122.0, 209.0),
    "mobilisation_out": (60.0, 60.0, 60.0),
    "on_scene": (1640.0, 1540.0, 1060.0),
    "second_on_scene": (1440.0, 1440.0, 1440.0),
    "handover": (1008.0, 827.0, 751.0),
}
SIGMAS = {
    "handling": 0.5,
    "mobilisation": 0.4,
    "mobilisation_out": 0.0,
    "on_scene": 0.5,
    "second_on_scene": 0.3,
    "handover": 0.45,
}


def small_areas() -> tuple[Area, ...]:
    return tuple(
        Area(
            id=name,
            lat=59.9,
            lon=10.5 + km * KM_EAST,
            size_m=1000,
            municipality="west" if name.startswith("a") else "east",
            district="old" if name in OLD else None,
            urban=region == "town",
            hospital_zone="zone-a" if name.startswith("a") else "zone-b",
            rate_region=region,
            centre="centre-a" if name.startswith("a") else "centre-b",
            organisation="trust",
        )
        for name, km, _, region in PLACES
    )


def hour_weight(urgency: str, weekday: int, hour: int) -> float:
    """A profile with a day, a night and, for ordinary incidents, an empty weekend night."""
    weekend = weekday >= 6
    if urgency == "V":
        return 0.0 if weekend and hour < 8 else 3.0 if 8 <= hour < 16 else 0.5
    return (2.0 if 8 <= hour < 20 else 1.0) * (1.3 if weekend and hour >= 20 else 1.0)


def small_profile() -> tuple[ProfileHour, ...]:
    return tuple(
        ProfileHour(u, day, hour, hour_weight(u, day, hour))
        for u in URGENCIES
        for day in range(1, 8)
        for hour in range(24)
    )


def small_service() -> Service:
    return Service(
        areas=small_areas(),
        municipalities=(Municipality("west", "0001", "West", True), Municipality("east", "0002", "East", False)),
        districts=(District("old", "Old Town", "west"),),
        organisations=(Organisation("trust", "Trust"),),
        centres=(Centre("centre-b", "B", "trust", 0), Centre("centre-a", "A", "trust", 0)),
        stations=(),
        standby_points=(),
        unit_kinds=(),
        units=(),
        rosters=(),
        hospitals=tuple(
            Hospital(name, name, 59.9, 10.5 + km * KM_EAST, "trust", True)
            for name, km in (("h-west", 0.3), ("h-mid", 3.4), ("h-east", 10.6))
        ),
        hospital_choice=tuple(
            row
            for u in URGENCIES
            for row in (
                HospitalChoice("zone-a", u, ("h-west", "h-mid"), 0.7),
                HospitalChoice("zone-a", u, ("h-east",), 0.2),
                HospitalChoice("zone-a", u, ("h-mid",), 0.1),
                HospitalChoice("zone-b", u, ("h-east", "h-west"), 1.0),
            )
        ),
        rates=tuple(Rate(r, u, x) for r, per in PER_1000.items() for u, x in zip(URGENCIES, per, strict=True)),
        age_rates=tuple(AgeRate(band, x) for band, x in zip(AGE_BANDS, RELATIVE, strict=True)),
        profile=small_profile(),
        needs=(Need("A", 0.7, 0.23, 0.0), Need("H", 0.75, 0.0, 0.05), Need("V", 0.9, 0.0, 0.4)),
        intervals=tuple(
            Interval(name, u, m, SIGMAS[name])
            for name, medians in MEDIANS_S.items()
            for u, m in zip(URGENCIES, medians, strict=True)
        ),
        speeds=(),
        border_rules=(),
        dispatch=DispatchRules((), 0.0, 0.0),
        misrouting=Misrouting(5.0, 0.2, 10.0, 90.0, simulated=True),
        noise_sigma=0.25,
    )


def small_population() -> pl.DataFrame:
    return pl.DataFrame(
        {"area": [p[0] for p in PLACES], "year": [YEAR] * len(PLACES), "people": [p[2] for p in PLACES]}
    )


def small_age_shares() -> pl.DataFrame:
    rows = [
        (region, YEAR, band, share)
        for region, shares in (("west", YOUNG_SHARES), ("east", YOUNG_SHARES), ("old", OLD_SHARES))
        for band, share in zip(AGE_BANDS, shares, strict=True)
    ]
    return pl.DataFrame(rows, schema=["region", "year", "age_band", "share"], orient="row")


def small_network(service: Service) -> Network:
    """Straight roads at 50 km/h between all areas and hospitals, 51 s of access at each end."""
    places: list[Hospital | Area] = [*service.hospitals, *service.areas]
    ids = [f"hospital:{h.id}" for h in service.hospitals] + [f"area:{a.id}" for a in service.areas]
    lat, lon = np.array([p.lat for p in places]), np.array([p.lon for p in places])
    flat = flat_km(lat, lon, (59.9, 10.5))
    km = np.hypot(*(flat[:, np.newaxis, :] - flat).transpose(2, 0, 1))
    hop = np.broadcast_to(np.arange(len(ids), dtype=np.int16)[:, np.newaxis], km.shape).copy()
    seconds = (km * 72.0).astype(np.float32)
    return Network(tuple(ids), lat, lon, seconds, hop, km.astype(np.float32), np.full(len(ids), 51.0))


def with_areas(service: Service, areas: Sequence[Area]) -> Service:
    return replace(service, areas=tuple(areas))
