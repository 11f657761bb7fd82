"""Engines that find the quickest ways: customizable contraction hierarchies where they are installed, else Dijkstra.

Both count in whole milliseconds, so they give the same answer to the digit. Contraction hierarchies [1] are prepared
once per map and take new times in milliseconds; Dijkstra's algorithm needs no preparation and serves one place well.

1. J. Dibbelt, B. Strasser, D. Wagner, Customizable contraction hierarchies, Journal of Experimental Algorithmics 21
   (2016), 1.5. doi 10.1145/2886843
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from beredt.errors import OptionError
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.routing.route_graph import RouteGraph

NO_WAY = np.iinfo(np.uint32).max
"""Milliseconds where no way leads."""
CCH, DIJKSTRA = "cch", "dijkstra"
ROWS_AT_ONCE = 64
SEAL = "seal"
UNUSED_S = 30 * 86400.0
"""A kept hierarchy that nobody used for so long is thrown away when another one is kept."""


class Engine(Protocol):
    """Quickest times over a route graph."""

    name: str

    def set_times(self, arc_ms: NDArray[np.uint32]) -> None:
        """Take the milliseconds of every arc of the road map, (a,)."""
        ...

    def times_ms(self, origins: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.uint32]:
        """Milliseconds between nodes of the route graph, uint32 (origins, ends); `NO_WAY` where none leads."""
        ...


class DijkstraEngine:
    """scipy's Dijkstra, one search per origin. Every sum is below 2⁵³, so float64 keeps whole milliseconds."""

    name = DIJKSTRA

    def __init__(self, graph: RouteGraph) -> None:
        self._graph = graph
        self._matrix: Any = None

    def set_times(self, arc_ms: NDArray[np.uint32]) -> None:
        """Take the milliseconds of every arc."""
        self._matrix = times_matrix(self._graph, arc_ms)

    def times_ms(self, origins: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.uint32]:
        """Milliseconds between nodes, (origins, ends)."""
        from scipy.sparse.csgraph import dijkstra

        answer = np.empty((len(origins), len(ends)), dtype=np.uint32)
        for begin in range(0, len(origins), ROWS_AT_ONCE):
            found = dijkstra(self._matrix, indices=origins[begin : begin + ROWS_AT_ONCE])[:, ends]
            answer[begin : begin + len(found)] = np.where(np.isfinite(found), found, NO_WAY)
        return answer


class HierarchyEngine:
    """Customizable contraction hierarchies of RoutingKit."""

    name = CCH

    def __init__(self, roads: RoadMap, graph: RouteGraph, folder: Path | None = None) -> None:
        from pyroutingkit import CCHMetric

        self._graph = graph
        self._topology = _topology(roads, graph, folder)
        self._metric: Any = CCHMetric(self._topology)

    def set_times(self, arc_ms: NDArray[np.uint32]) -> None:
        """Take the milliseconds of every arc: some milliseconds of work, too."""
        self._metric.customize(np.ascontiguousarray(arc_ms[self._graph.arc]), 1)

    def times_ms(self, origins: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.uint32]:
        """Milliseconds between nodes, (origins, ends)."""
        from pyroutingkit import INF_WEIGHT

        if not len(origins) or not len(ends):
            return np.empty((len(origins), len(ends)), dtype=np.uint32)
        found = self._metric.distances_many_to_many(origins.astype(np.uint32), ends.astype(np.uint32))
        found = found.reshape(len(origins), len(ends))
        return np.where(found >= INF_WEIGHT, np.uint32(NO_WAY), found)


def make_engine(roads: RoadMap, graph: RouteGraph, name: str | None = None, folder: Path | None = None) -> Engine:
    """The engine of that name, or the best one that is installed. `folder`: where hierarchies are kept.

    Raises OptionError for one that is not there.
    """
    there = (CCH, DIJKSTRA) if find_spec("pyroutingkit") else (DIJKSTRA,)
    chosen = there[0] if name is None else name
    if chosen not in there:
        raise OptionError("engine", chosen, "it is not installed", f"there is {', '.join(there)}")
    return HierarchyEngine(roads, graph, folder) if chosen == CCH else DijkstraEngine(graph)


def times_matrix(graph: RouteGraph, arc_ms: NDArray[np.uint32]) -> Any:
    """The graph as a sparse matrix of milliseconds for scipy, (K, K). Parallel arcs stay beside each other."""
    from scipy.sparse import csr_array

    times = arc_ms[graph.arc].astype(np.float64)
    return csr_array((times, graph.end, graph.first), shape=(graph.nodes, graph.nodes))


def default_cache_dir() -> Path:
    """`BEREDT_CACHE_DIR`, or the user's cache folder of this machine; hierarchies lie in `road_routes` below it."""
    named = os.environ.get("BEREDT_CACHE_DIR")
    return (Path(named) if named else user_cache_path("beredt", appauthor=False)) / "road_routes"


def _topology(roads: RoadMap, graph: RouteGraph, folder: Path | None) -> Any:
    """The hierarchy of a map, from the cache where it was made before. The cache never changes the answer."""
    from pyroutingkit import CCHTopology

    place = (default_cache_dir() if folder is None else folder) / _key(graph)
    topology = CCHTopology()
    # The engine reads whatever it is given, and falls over what is damaged: so only what is as it was written.
    with suppress(OSError, RuntimeError):
        if (place / SEAL).read_text("ascii") == _seal(place):
            topology.load(str(place))
            with suppress(OSError):  # the time of its last use; a folder that cannot be written has none
                os.utime(place)
            return topology
    lat, lon = (column[graph.road_node].astype(np.float32) for column in (roads.lat, roads.lon))
    topology.build(graph.start.astype(np.uint32), graph.end.astype(np.uint32), lat, lon, graph.nodes)
    with suppress(OSError, RuntimeError):  # a folder that cannot be written: it is made again next time
        place.parent.mkdir(parents=True, exist_ok=True)
        _throw_away_unused(place.parent)
        draft = Path(mkdtemp(prefix=".making-", dir=place.parent))
        try:
            topology.save(str(draft))
            (draft / SEAL).write_text(_seal(draft), encoding="ascii")
            shutil.rmtree(place, ignore_errors=True)
            draft.rename(place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return topology


def _throw_away_unused(folder: Path) -> None:
    """Hierarchies that nobody used for long, and what a killed process left half made."""
    long_ago = time.time() - UNUSED_S
    for path in folder.iterdir():
        with suppress(OSError):  # another process was quicker, or it is somebody else's
            if path.is_dir() and path.stat().st_mtime < long_ago:
                shutil.rmtree(path)


def _seal(folder: Path) -> str:
    """SHA-256 over all files of a kept hierarchy but the seal itself."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name != SEAL:
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def _key(graph: RouteGraph) -> str:
    import pyroutingkit

    digest = hashlib.sha256(f"cch {getattr(pyroutingkit, '__version__', '')} {graph.nodes}\n".encode())
    for column in (graph.start, graph.end):
        digest.update(np.ascontiguousarray(column).data)
    return digest.hexdigest()[:32]
