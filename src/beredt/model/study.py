"""A study: a region, its service of today, and the alternatives to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from beredt.errors import UnknownIdError
from beredt.model.alternative import Alternative
from beredt.model.cover_time import CoverTime
from beredt.model.published_figure import PublishedFigure
from beredt.model.road_source import RoadSource
from beredt.model.sensitivity import Sensitivity
from beredt.model.service import Service
from beredt.model.settings import StudySettings
from beredt.model.travel_mode import TravelMode
from beredt.model.travel_period import TravelPeriod
from beredt.model.uncertain import Uncertain

DEMAND_TABLES = ("rate_spread", "day_factors", "big_events", "commuters", "incident_kinds", "conditions")
"""Tables of how generated demand varies and of what incidents are; each may be left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A study as read from a folder, complete and checked.

    `service` is the base ("today"). The frames have the columns of their tables in the field dictionary:
    `population` (area, year, people), `age_shares` (region, year, age_band, share), `places`, `links`, `water`
    (sorted by line and seq). `outlines` is a GeoJSON FeatureCollection whose features carry kind, id and name.
    `fingerprint` is the SHA-256 over everything that was read.

    `projection` (municipality, year, age_band, alternative, people) may be empty. A study that was carried to a later
    year has `counted_year`, its own year, by whose people roads are told.
    A study on imported roads has `road_map`, the SHA-256 of `roads/roads.map` in its folder.
    A study on a road graph has `roads`, the source of the graph, with its `travel_modes` and, in ascending order, its
    `travel_periods`; others have None and nothing. A study of a call trace has `trace` (incident, call_s, urgency,
    lat, lon, handling_s, mobilisation_s, on_scene_s, transported, hospital, handover_s, area), ascending by call_s.
    `demand_points` (lat, lon, people) and `cover` say what it means to cover a region; both may be empty.

    `decision` holds the tables that only the weighing of alternatives reads, by name, with the columns of the field
    dictionary; those that the folder lacks have no rows. `demand` holds in the same way the tables of `DEMAND_TABLES`.
    """

    folder: Path
    settings: StudySettings
    service: Service
    population: pl.DataFrame
    age_shares: pl.DataFrame
    places: pl.DataFrame
    links: pl.DataFrame
    water: pl.DataFrame
    outlines: Mapping[str, Any]
    published: tuple[PublishedFigure, ...]
    alternatives: tuple[Alternative, ...]
    sensitivities: tuple[Sensitivity, ...]
    fingerprint: str
    uncertain: tuple[Uncertain, ...] = ()
    roads: RoadSource | None = None
    road_map: str | None = None
    projection: pl.DataFrame = field(default_factory=pl.DataFrame)
    counted_year: int | None = None
    travel_modes: tuple[TravelMode, ...] = ()
    travel_periods: tuple[TravelPeriod, ...] = ()
    trace: pl.DataFrame | None = None
    demand_points: pl.DataFrame = field(default_factory=pl.DataFrame)
    cover: tuple[CoverTime, ...] = ()
    decision: Mapping[str, pl.DataFrame] = field(default_factory=lambda: MappingProxyType({}))
    demand: Mapping[str, pl.DataFrame] = field(default_factory=lambda: MappingProxyType({}))

    def get_alternative(self, alternative_id: str) -> Alternative:
        """The alternative with this id. Raises UnknownIdError."""
        for alternative in self.alternatives:
            if alternative.id == alternative_id:
                return alternative
        raise UnknownIdError("alternative", alternative_id, (a.id for a in self.alternatives))
