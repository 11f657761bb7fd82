"""Roads from maps: import, memory, engines and reach, on an extract as it is and laid beside itself many times."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import this_machine
from benchmarks.stopwatch import timed
from beredt.roads.imported.folder import load_roads
from beredt.roads.imported.import_roads import import_roads
from beredt.roads.isochrones.reach_roads import RoadReach
from beredt.roads.osm.read_osm import read_osm
from beredt.roads.profile.profile import load_profile
from beredt.roads.routing.engine import DIJKSTRA
from beredt.roads.routing.routes import Routes
from beredt.roads.speeds.speed_table import load_speeds

EXTRACT = "roads/liechtenstein.osm.pbf"
TILES = 17
"""So many times Liechtenstein have a million one-way arcs."""

PLACES = 1_000
LINKS_BETWEEN = 20
WIDE_DEG, HIGH_DEG, PER_ROW = 0.2, 0.25, 6


def main() -> None:
    """Measure, and print what was found."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks roads", description=__doc__)
    ask.add_argument("--extract", type=Path, help="an .osm.pbf [default: Liechtenstein of the reference data]")
    ask.add_argument("--tiles", type=int, default=TILES)
    ask.add_argument("--json", action="store_true")
    options = ask.parse_args()
    folder = Path(os.environ.get("BEREDT_REFERENCE_DATA", "../shared/data"))
    extract = options.extract or folder / EXTRACT
    if not extract.is_file():
        print(f"No extract at {extract}: name one with --extract.", file=sys.stderr)
        raise SystemExit(1)
    answer: dict[str, Any] = {"machine": dataclasses.asdict(this_machine())}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        answer["as it is"] = measured(extract, work / "one", work)
        tiled = work / "tiled.osm.pbf"
        write_tiles(extract, tiled, options.tiles)
        answer[f"{options.tiles} beside each other"] = measured(tiled, work / "many", work)
    if options.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    for case, row in answer.items():
        print(
            f"{case}: " + (", ".join(f"{key} {value}" for key, value in row.items()) if isinstance(row, dict) else row)
        )


def measured(extract: Path, out: Path, cache: Path) -> dict[str, float]:
    """Core seconds of each stage, and the most memory so far (MB)."""
    profile = load_profile()

    def do_import() -> None:
        import_roads(
            lambda limits, tally: read_osm(extract, profile, limits, tally), [extract], "osm", profile, "LI", out, ""
        )

    row: dict[str, float] = {"import_s": core_s(do_import)}
    row["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    row["load_s"] = core_s(lambda: load_roads(out))
    roads, speeds = load_roads(out).roads, load_speeds()
    row |= {"nodes": roads.nodes, "arcs": roads.arcs}
    nodes = np.random.default_rng(1).integers(0, roads.nodes, (2, PLACES)).astype(np.int32)
    made: list[Routes] = []
    row["hierarchy_s"] = core_s(lambda: made.append(Routes(roads, speeds, cache_dir=cache / "cache")))
    row["times_s"] = core_s(lambda: made[0].times_ms(nodes[0], nodes[1], "A", "free"))
    plain = Routes(roads, speeds, DIJKSTRA)
    row["dijkstra_times_s"] = core_s(lambda: plain.times_ms(nodes[0, :20], nodes[1], "A", "free")) * PLACES / 20
    reach = RoadReach(roads, speeds, "A", "free")
    middle = float(np.median(roads.lat)), float(np.median(roads.lon))
    for number in ("first", "next"):
        row[f"reach_{number}_s"] = core_s(lambda: reach.areas("x", [middle[0]], [middle[1]], [10.0, 15.0, 20.0]))
    return {key: round(value, 3) for key, value in row.items()}


def core_s(work: Callable[[], object]) -> float:
    """Seconds on one core."""
    return timed(work).core_s


def write_tiles(extract: Path, out: Path, tiles: int) -> None:
    """The roads of an extract laid beside each other, with some links from each tile to the next."""
    import osmium

    mutable: Any = osmium.osm.mutable
    places: dict[int, tuple[float, float]] = {}
    ways: list[tuple[list[int], dict[str, str]]] = []
    found: Any
    for found in osmium.FileProcessor(str(extract), osmium.osm.NODE | osmium.osm.WAY):
        if found.is_node():
            places[found.id] = found.location.lon, found.location.lat
        elif "highway" in found.tags:
            ways.append(([node.ref for node in found.nodes], dict(found.tags)))
    ids = sorted({ref for refs, _ in ways for ref in refs if ref in places})
    number = {ref: index for index, ref in enumerate(ids, 1)}
    main_roads = [refs[0] for refs, tags in ways if tags["highway"] == "secondary" and refs[0] in number]
    joined = np.random.default_rng(1).choice(main_roads, (tiles, LINKS_BETWEEN)).tolist()
    with osmium.SimpleWriter(str(out)) as writer:
        for tile in range(tiles):
            east, north = tile % PER_ROW * WIDE_DEG, tile // PER_ROW * HIGH_DEG
            for ref in ids:
                lon, lat = places[ref]
                writer.add_node(mutable.Node(id=tile * len(ids) + number[ref], location=(lon + east, lat + north)))
        for tile in range(tiles):
            first, way = tile * len(ids), tile * (len(ways) + LINKS_BETWEEN)
            for index, (refs, tags) in enumerate(ways, 1):
                nodes = [first + number[ref] for ref in refs if ref in number]
                writer.add_way(mutable.Way(id=way + index, nodes=nodes, tags=tags))
            for index, ref in enumerate(joined[tile] if tile + 1 < tiles else [], len(ways) + 1):
                ends = [first + number[ref], first + len(ids) + number[ref]]
                writer.add_way(mutable.Way(id=way + index, nodes=ends, tags={"highway": "primary"}))


if __name__ == "__main__":
    main()
