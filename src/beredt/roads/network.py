"""The finished road network of a study: nodes, and the time, way and distance between every two of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError, UnknownIdError

MOST_NODES = int(np.iinfo(np.int16).max)
"""`hop` counts nodes in 16 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """All-pairs car travel between N nodes.

    `node_ids`: `station:<id>`, `standby:<id>`, `hospital:<id>`, `place:<id>`, `area:<id>`, in this order of
    kinds; then the sites that only edits make, in the order of their kinds.
    `lat`, `lon`: float64 (N,), degrees, WGS84.
    `seconds`: float32 (N, N), row = destination: `seconds[d, o]` is the car time from o to d in ordinary traffic,
    without the access legs; 0 where d = o.
    `hop`: int16 (N, N): `hop[d, o]` is the next node on the quickest way from o to d; `hop[d, d]` = d. For every
    pair `seconds[d, o] = seconds[hop[d, o], o] + seconds[d, hop[d, o]]` within float32 rounding.
    `km`: float32 (N, N): length of that quickest way, which need not be the shortest.
    `leg_s`: float64 (N,): seconds between a node and the road at either end of a trip, so that a whole trip by car
    takes `leg_s[o] + seconds[d, o] + leg_s[d]`.
    `remnants`: nodes that no road reached and that therefore hang on their nearest neighbour.
    """

    node_ids: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    seconds: NDArray[np.float32]
    hop: NDArray[np.int16]
    km: NDArray[np.float32]
    leg_s: NDArray[np.float64]
    remnants: tuple[str, ...] = ()
    _position: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        n = len(self.node_ids)
        shapes = {
            "lat": (n,), "lon": (n,), "leg_s": (n,), "seconds": (n, n), "hop": (n, n), "km": (n, n),
        }  # fmt: skip
        wrong = [name for name, shape in shapes.items() if getattr(self, name).shape != shape]
        if wrong or n > MOST_NODES:
            raise NetworkError(
                f"a network of {n} nodes cannot be: at most {MOST_NODES} are allowed, and the shape of "
                f"{', '.join(wrong) or 'no array'} does not fit"
            )
        position = {node_id: index for index, node_id in enumerate(self.node_ids)}
        if len(position) != n:
            raise NetworkError(f"{n - len(position)} node ids occur twice in the network; every node needs its own id")
        object.__setattr__(self, "_position", position)

    def index_of(self, node_id: str) -> int:
        """Row and column of a node, such as `area:oslo-2620-66490`; raises UnknownIdError."""
        index = self._position.get(node_id)
        if index is None:
            raise UnknownIdError("node", node_id, self.node_ids)
        return index

    def find(self, node_id: str) -> int | None:
        """Row and column of a node, None where there is no such node."""
        return self._position.get(node_id)

    def index_of_place(self, node_id: str, lat: float, lon: float) -> int:
        """Row and column of a site that stands at a place (degrees) in one alternative; raises UnknownIdError.

        A moved site has a node of its own beside the plain `station:<id>`, see `moved_node_id`.
        """
        index = self.index_of(node_id)
        if (float(self.lat[index]), float(self.lon[index])) == (lat, lon):
            return index
        return self.index_of(moved_node_id(node_id, lat, lon))

    def trip_s(self, origin: int, destination: int) -> float:
        """Seconds by car in ordinary traffic from door to door, access legs included."""
        legs = float(self.leg_s[origin] + self.leg_s[destination])
        return legs + float(self.seconds[destination, origin])


def moved_node_id(node_id: str, lat: float, lon: float) -> str:
    """Id of the node of a site that stands elsewhere than its plain node: `station:asker@59.830057,10.439887`."""
    return f"{node_id}@{lat:.6f},{lon:.6f}"
