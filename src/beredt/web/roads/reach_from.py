"""Reach from any place of an open study, on the roads of today or of an alternative, from what is kept ready."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from beredt.errors import OptionError
from beredt.model.road_change import RoadState
from beredt.model.study import Study
from beredt.report.figures.area_cells import GRID, grid_corners
from beredt.roads.imported.folder import load_roads
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.isochrones.reach_area import People, ReachArea
from beredt.roads.isochrones.reach_network import NetworkReach
from beredt.roads.isochrones.reach_roads import RoadReach
from beredt.roads.projects.apply_changes import apply_changes
from beredt.roads.projects.resolve_map import ANY_YEAR, map_changes
from beredt.roads.speeds.speed_table import load_speeds
from beredt.web.kept import Kept
from beredt.web.open_study import OpenStudy

KEPT = 6
"""Roads at the times of one purpose and hour that are kept ready: some tens of megabytes each for a region."""


class ReachFrom:
    """Answers how far one comes, by all threads."""

    def __init__(self) -> None:
        self._maps: Kept[tuple[str, RoadState], RoadMap] = Kept(2)
        self._ready: Kept[tuple[Any, ...], RoadReach | NetworkReach] = Kept(KEPT)

    def areas(
        self,
        opened: OpenStudy,
        study: Study,
        state: RoadState,
        place: tuple[float, float],
        minutes: Sequence[float],
        purpose: str,
        period: str,
    ) -> list[ReachArea]:
        """What is reached from a place (latitude, longitude), for each number of minutes in order.

        Raises OptionError for a purpose or period that the roads are not told for, and for a study on a road graph;
        NetworkError where the roads of `state` cannot be made.
        """
        if study.roads is not None:
            raise OptionError("study", study.settings.study.id, "reach is not drawn on a road graph", "import roads")
        lat, lon = [place[0]], [place[1]]
        key = (opened.id, study.fingerprint, state, purpose, period)
        if study.road_map is not None:
            on_map = self._ready.get(key, lambda: self._over_map(study, state, purpose, period))
            assert isinstance(on_map, RoadReach)
            return on_map.areas("", lat, lon, minutes, people_of(study))
        over = self._ready.get(key, lambda: _over_network(opened, study, state, purpose))
        assert isinstance(over, NetworkReach)
        return over.areas("", lat, lon, minutes)

    def _over_map(self, study: Study, state: RoadState, purpose: str, period: str) -> RoadReach:
        speeds = load_speeds()
        if purpose not in speeds.purposes:
            raise OptionError("purpose", purpose, "no speeds are told for it", ", ".join(speeds.purposes))
        if period not in speeds.periods:
            raise OptionError("period", period, "no speeds are told for it", ", ".join(speeds.periods))
        return RoadReach(self._map(study, state), speeds, purpose, period)

    def _map(self, study: Study, state: RoadState) -> RoadMap:
        def make() -> RoadMap:
            today = load_roads(study.folder).roads
            return apply_changes(today, map_changes(state), ANY_YEAR) if state else today

        assert study.road_map is not None
        return self._maps.get((study.road_map, state), make)


def _over_network(opened: OpenStudy, study: Study, state: RoadState, purpose: str) -> NetworkReach:
    import shapely
    from pyproj import Transformer

    known = [speed.purpose for speed in study.service.speeds]
    if purpose not in known:
        raise OptionError("purpose", purpose, "the study's speeds have none of that name", ", ".join(known))
    degrees = Transformer.from_crs(GRID, "EPSG:4326", always_xy=True)
    squares = np.atleast_1d(np.asarray(shapely.polygons(grid_corners(study.service.areas)), dtype=object))
    return NetworkReach(
        study,
        squares,
        lambda places: np.column_stack(degrees.transform(places[:, 0], places[:, 1])),
        purpose,
        opened.get_base_roads(study, state).ground,
    )


def people_of(study: Study) -> People:
    """Where the people of the study's year live."""
    counted = study.population.filter(pl.col("year") == study.settings.study.year)
    by_area = dict(zip(counted["area"].to_list(), counted["people"].to_list(), strict=True))
    areas = study.service.areas
    return People(
        np.array([area.lat for area in areas]),
        np.array([area.lon for area in areas]),
        np.array([by_area.get(area.id, 0.0) for area in areas]),
    )
