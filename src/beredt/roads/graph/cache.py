"""Road graphs kept on disk, so that the same roads are worked out once."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from platformdirs import user_cache_path

from beredt.roads.cache import say_on_stderr
from beredt.roads.graph.all_pairs import Progress
from beredt.roads.graph.build import build_road_graph, say_nothing
from beredt.roads.graph.graph_file import read_graph, write_graph
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.road_tables import RoadTables

UNUSED_S = 30 * 86400.0
"""A kept graph that nobody used for so long is thrown away when another one is kept: they are hundreds of MB large."""

ENDING = ".graph"
DRAFT = ".making-"


def default_cache_dir() -> Path:
    """`BEREDT_CACHE_DIR`, or the user's cache folder of this machine; graphs lie in `road_graphs` below it."""
    named = os.environ.get("BEREDT_CACHE_DIR")
    return (Path(named) if named else user_cache_path("beredt", appauthor=False)) / "road_graphs"


def load_or_build(
    checksum: str,
    make_tables: Callable[[], RoadTables],
    folder: Path | None = None,
    jobs: int = 2,
    progress: Progress = say_nothing,
    say: Callable[[str], None] = say_on_stderr,
) -> RoadGraph:
    """The graph of road tables from the cache on disk, built and kept there where it is missing or damaged.

    `checksum`: stands for the content of the tables, and changes with it: that of the files they come from, or
    `RoadTables.checksum`. `make_tables` is called only where the graph must be built. `folder`: of kept graphs, by
    default `default_cache_dir`. `jobs`: threads, ≥ 1. `progress`: as in `build_road_graph`. `say`: is told of a damaged
    or unusable cache; neither changes the answer. Raises as `build_road_graph` and `make_tables` do.
    """
    folder = default_cache_dir() if folder is None else folder
    place = folder / f"{_key(checksum)}{ENDING}"
    if place.exists():
        try:
            graph = read_graph(place, jobs)
        except (OSError, ValueError, KeyError, TypeError) as fault:
            say(f"the kept road graph {place} is damaged ({fault}) and is made anew")
        else:
            with suppress(OSError):  # the time of its last use; a folder that cannot be written has none
                os.utime(place)
            return graph
    graph = build_road_graph(make_tables(), jobs, progress)
    try:
        _keep(graph, place, jobs)
    except OSError as fault:
        say(f"the road graph could not be kept in {folder} ({fault}); it will be made again next time")
    return graph


def _key(checksum: str) -> str:
    """What a graph is kept under: the tables it is made of, and the very code that makes it."""
    digest = hashlib.sha256(f"{checksum}\n".encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:32]


def _keep(graph: RoadGraph, place: Path, jobs: int) -> None:
    """Write the graph beside its place and move it there: another process sees a whole graph or none."""
    place.parent.mkdir(parents=True, exist_ok=True)
    _throw_away_unused(place.parent)
    draft = place.with_name(f"{DRAFT}{uuid4().hex}{ENDING}")
    try:
        write_graph(graph, draft, jobs)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def _throw_away_unused(folder: Path) -> None:
    long_ago = time.time() - UNUSED_S
    for path in folder.glob(f"*{ENDING}"):
        with suppress(OSError):  # another process was quicker, or it is somebody else's
            if path.stat().st_mtime < long_ago:
                path.unlink()
