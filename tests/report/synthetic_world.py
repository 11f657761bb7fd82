"""Made-up figures that hang together, for any study: what results are filled with before there is a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.model.edits.apply import apply_edits
from beredt.model.service import Service
from beredt.model.study import Study

F8 = NDArray[np.float64]
URGENCIES = ("A", "H", "V")
BASE_S = {"A": 210.0, "H": 480.0, "V": 1500.0}
SECONDS_PER_KM = {"A": 78.0, "H": 92.0, "V": 120.0}
PER_THOUSAND = {"A": 36.0, "H": 42.0, "V": 11.0}


@dataclass(frozen=True)
class World:
    """Expected response by area and urgency for every alternative, from the distance to the nearest station."""

    study: Study
    services: Mapping[str, Service]
    people: F8
    mean_s: Mapping[str, Mapping[str, F8]]
    nearest: Mapping[str, NDArray[np.int64]]
    groups: Mapping[str, NDArray[np.bool_]]
    rng: np.random.Generator

    def incidents(self, urgency: str) -> F8:
        return self.people * PER_THOUSAND[urgency] / 1000.0

    def zone(self, number: int) -> str:
        area = self.study.service.areas[number]
        return area.district or area.municipality

    def share_within(self, alternative: str, urgency: str, minutes: float) -> F8:
        mean = self.mean_s[alternative][urgency]
        return np.asarray(1.0 / (1.0 + np.exp((mean * 0.97 - minutes * 60.0) / 130.0)))


def make_world(study: Study, seed: int) -> World:
    rng = np.random.default_rng(seed)
    services = {"today": study.service}
    for alternative in study.alternatives:
        services[alternative.id] = apply_edits(study.service, alternative.edits)
    areas = study.service.areas
    year = study.settings.study.year
    by_area = {row["area"]: row["people"] for row in study.population.iter_rows(named=True) if row["year"] == year}
    noise = rng.normal(0.0, 15.0, len(areas))
    mean: dict[str, dict[str, F8]] = {}
    nearest: dict[str, NDArray[np.int64]] = {}
    for key, service in services.items():
        km, which = _nearest_km(study, service)
        border = np.array([20.0 if a.centre != b.centre else 0.0 for a, b in zip(areas, service.areas, strict=True)])
        mean[key] = {u: BASE_S[u] + SECONDS_PER_KM[u] * km + noise + border for u in URGENCIES}
        nearest[key] = which
    return World(study, services, np.array([by_area.get(a.id, 0.0) for a in areas]), mean, nearest, _groups(study), rng)


def _nearest_km(study: Study, service: Service) -> tuple[F8, NDArray[np.int64]]:
    areas = study.service.areas
    lat, lon = np.array([a.lat for a in areas]), np.array([a.lon for a in areas])
    dy = 111.2 * (lat[:, None] - np.array([s.lat for s in service.stations])[None, :])
    dx = 55.7 * (lon[:, None] - np.array([s.lon for s in service.stations])[None, :])
    km = 0.4 + 1.35 * np.hypot(dx, dy)
    return km.min(axis=1), km.argmin(axis=1)


def _groups(study: Study) -> dict[str, NDArray[np.bool_]]:
    areas = study.service.areas
    groups = {"all": np.ones(len(areas), dtype=bool)}
    for group in study.settings.groups:
        inside = [a.municipality in group.municipalities or a.district in group.districts for a in areas]
        groups[group.id] = np.array(inside)
    for municipality in study.service.municipalities:
        groups.setdefault(municipality.id, np.array([a.municipality == municipality.id for a in areas]))
    for district in study.service.districts:
        groups.setdefault(district.id, np.array([a.district == district.id for a in areas]))
    return {key: inside for key, inside in groups.items() if inside.any()}
