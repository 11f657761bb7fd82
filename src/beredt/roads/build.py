"""From a study to its network."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.errors import NetworkError
from beredt.model.road_change import TODAYS_ROADS, RoadState
from beredt.model.study import Study
from beredt.roads.cache import cached_network, default_cache_dir
from beredt.roads.hand_links import MainRoads
from beredt.roads.local_links import LocalRules
from beredt.roads.network import Network
from beredt.roads.projects.resolve_links import resolve_links
from beredt.roads.projects.resolve_map import map_changes
from beredt.roads.road_inputs import MapFile, RoadInputs
from beredt.roads.sites import new_nodes, site_nodes


def build_network(study: Study, state: RoadState = TODAYS_ROADS) -> Network:
    """The study's network: sites of today, places, areas, then the sites that only alternatives make.

    Takes seconds for thousands of nodes. `state`: what is different about the roads. Raises NetworkError where the
    study is too large, or changes of roads cannot be made.
    """
    return _make(road_inputs(study, state))


def load_or_build_network(study: Study, cache_dir: Path | None = None, *, state: RoadState = TODAYS_ROADS) -> Network:
    """The study's network from the cache on disk, built and kept there where it is missing or damaged.

    `cache_dir`: folder of kept networks; by default `BEREDT_CACHE_DIR` or the user's cache folder. `state` and errors
    as in `build_network`.
    """
    inputs = road_inputs(study, state)
    folder = default_cache_dir() if cache_dir is None else cache_dir
    return cached_network(inputs.checksum(), lambda: _make(inputs), folder)


def _make(inputs: RoadInputs) -> Network:
    from beredt.roads.make import make_network  # slow to import, and not needed for roads from the cache

    return make_network(inputs)


def road_inputs(study: Study, state: RoadState = TODAYS_ROADS) -> RoadInputs:
    """What the study says about roads, as arrays, and what is different about them in a state.

    Density is that of the study's own year.

    Raises NetworkError for a study on a road graph, which has no links to make a network of.
    """
    if study.roads is not None:
        raise NetworkError(
            f"the study {study.settings.study.id} replays a call trace on a road graph: it has no network between "
            "areas, and only beredt simulate can run it"
        )
    service = study.service
    plans = [*(plan.edits for plan in study.alternatives), *(plan.edits for plan in study.sensitivities)]
    sites = site_nodes(service, ())
    places = [f"place:{place}" for place in study.places["id"].to_list()]
    areas = [f"area:{area.id}" for area in service.areas]
    before_areas = len(sites) + len(places)
    people = _people(study)
    nodes = {place: len(sites) + i for i, place in enumerate(study.places["id"].to_list())}
    return RoadInputs(
        node_ids=(*sites, *places, *areas),
        lat=_column([s.lat for s in sites.values()], study.places["lat"], [a.lat for a in service.areas]),
        lon=_column([s.lon for s in sites.values()], study.places["lon"], [a.lon for a in service.areas]),
        people=_column([0.0] * before_areas, [people.get(area.id, 0.0) for area in service.areas]),
        is_area=np.arange(before_areas + len(areas)) >= before_areas,
        roads=_main_roads(study.links, nodes),
        water=_water_pieces(study.water),
        rules=_local_rules(study),
        access_s=study.settings.travel.access_s,
        added=new_nodes(service, [edit for plan in plans for edit in plan]),
        road_map=None if study.road_map is None else MapFile(study.folder, study.road_map),
        changed_links=resolve_links(service.links, state, nodes) if state and study.road_map is None else None,
        map_changes=map_changes(state) if study.road_map is not None else (),
    )


def _column(*parts: list[float] | pl.Series) -> NDArray[np.float64]:
    return np.concatenate([np.asarray(part, dtype=np.float64) for part in parts])


def _people(study: Study) -> dict[str, float]:
    counted = study.population.filter(pl.col("year") == (study.counted_year or study.settings.study.year))
    return dict(zip(counted["area"].to_list(), counted["people"].to_list(), strict=True))


def _main_roads(links: pl.DataFrame, node: dict[str, int]) -> MainRoads:
    return MainRoads(
        start=np.array([node[place] for place in links["from_place"].to_list()], dtype=np.int64),
        end=np.array([node[place] for place in links["to_place"].to_list()], dtype=np.int64),
        km=_column(links["km"]),
        minutes=_column(links["minutes"]),
        factor=_column(links["factor"]),
        join_km=_column(links["join_km"]),
    )


def _water_pieces(water: pl.DataFrame) -> NDArray[np.float64]:
    """Pieces of the water lines, float64 (W, 2, 2): (end, lat/lon), degrees."""
    pieces = [
        (here, there)
        for _, line in water.sort("line", "seq").group_by("line", maintain_order=True)
        for here, there in pairwise(line.select("lat", "lon").rows())
    ]
    return np.array(pieces, dtype=np.float64).reshape(-1, 2, 2)


def _local_rules(study: Study) -> LocalRules:
    local = study.settings.travel.local
    return LocalRules(
        max_km=local.max_km,
        neighbours=local.neighbours,
        near_km=local.near_km,
        detour_near=local.detour_near,
        detour_far=local.detour_far,
        density_steps=tuple(local.density_steps),
        pace_min_per_km=tuple(local.pace_min_per_km),
    )
