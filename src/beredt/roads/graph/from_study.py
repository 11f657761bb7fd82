"""From the road tables of a study to its road graph."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from beredt.errors import StudyError
from beredt.model.issue import Issue, has_errors
from beredt.model.road_source import RoadFrames, RoadSource
from beredt.roads.graph.all_pairs import Progress
from beredt.roads.graph.build import say_nothing
from beredt.roads.graph.cache import load_or_build
from beredt.roads.graph.check_tables import list_issues
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.road_tables import RoadTables


def load_or_build_graph(source: RoadSource, jobs: int = 2, progress: Progress = say_nothing) -> RoadGraph:
    """The road graph of a study, from the cache on disk where it was made before: then no table is read.

    `jobs`: threads, ≥ 1. `progress`: as in `build_road_graph`. Raises StudyError with every fault of the tables.
    """
    return load_or_build(source.checksum, lambda: make_road_tables(source), jobs=jobs, progress=progress)


def make_road_tables(source: RoadSource) -> RoadTables:
    """The road tables of a study, ready for a graph. Raises StudyError with every fault in them."""
    tables = tables_of(source, source.read())
    issues = _at_files(source, list_issues(tables))
    if has_errors(issues):
        raise StudyError(issues)
    return tables


def list_road_issues(source: RoadSource) -> tuple[Issue, ...]:
    """What is wrong with roads whose tables are sound one by one: pieces that nobody can drive to or from."""
    return _at_files(source, list_issues(tables_of(source, source.read())))


def tables_of(source: RoadSource, frames: RoadFrames) -> RoadTables:
    """The arrays of sound frames. Nodes and arcs come in the order of their numbers, modes in that of their table."""
    nodes, arcs = frames.nodes.sort("id"), frames.arcs.sort("id")
    node_ids, arc_ids = nodes["id"].to_numpy(), arcs["id"].to_numpy()
    modes = {mode: number for number, mode in enumerate(frames.modes["id"])}
    times = np.full((len(modes), len(arc_ids)), np.nan)
    mode_numbers = frames.times["mode"].replace_strict(modes, return_dtype=None).to_numpy()
    times[mode_numbers, np.searchsorted(arc_ids, frames.times["arc"].to_numpy())] = frames.times["time"].to_numpy()
    return RoadTables(
        lon=nodes["lon"].to_numpy(),
        lat=nodes["lat"].to_numpy(),
        access=nodes["access"].to_numpy(),
        arc_from=np.searchsorted(node_ids, arcs["from_node"].to_numpy()).astype(np.int32),
        arc_to=np.searchsorted(node_ids, arcs["to_node"].to_numpy()).astype(np.int32),
        arc_km=arcs["km"].to_numpy(),
        arc_time=times,
        time_unit_s=source.time_unit_s,
        mode_ids=tuple(modes),
        off_road_kmh=frames.modes["off_road_kmh"].to_numpy(),
        km_per_degree=(source.x_km_per_degree, source.y_km_per_degree),
    )


def _at_files(source: RoadSource, issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
    """The same issues under the names of the study's files, with the rows as an editor counts them."""
    files = {file.partition(".")[0]: file for file in source.contents}
    found = []
    for issue in issues:
        file = files.get(issue.file, issue.file)
        headers = 1 if file.endswith(".csv") else 0
        found.append(replace(issue, file=file, row=None if issue.row is None else issue.row + headers))
    return tuple(found)
