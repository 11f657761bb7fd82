"""Roads as the compiled rules read them: one form for a table of times between areas and for a graph of real roads.

*Decision nodes* (numbers 0 to N − 1) have all-pairs times and next hops. *Road nodes* N to R − 1 lie inside chains
between them. A table is a graph whose R = N nodes are all decision nodes. A *place* is a road node and an off-road
*leg* to it; a leg is in kilometres where `leg_km` is 1, and in seconds (of no length) where it is 0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
F4 = NDArray[np.float32]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I2 = NDArray[np.int16]
I1 = NDArray[np.int8]
Records = Any
"""A numpy record array: `rows[i].field` in compiled code (numpy's own types do not know the fields)."""

SPOT = np.dtype(
    {
        "names": [
            "from_s0", "from_s1", "to_s0", "to_s1", "arc0", "arc1", "at0", "at1", "n",
            "enter0", "enter1", "leave0", "leave1",
        ],
        "formats": ["f8", "f8", "f8", "f8", "i4", "i4", "i4", "i4", "i4", "i2", "i2", "i2", "i2"],
        "offsets": [0, 8, 16, 24, 32, 36, 40, 44, 48, 52, 54, 56, 58],
        "itemsize": 64,
    }
)  # fmt: skip
"""A road node inside a chain, with the `n` (1 or 2: there and back) arcs it lies on. One cache line.

`enter` and `leave` are the decision nodes where the arc begins and ends, `from_s` and `to_s` the seconds from the one
and to the other, `arc` its number and `at` how many nodes of the chain come before this one.
"""

SPOT_KM = np.dtype([("from_km0", "f8"), ("from_km1", "f8"), ("to_km0", "f8"), ("to_km1", "f8")])


LEAP = 8
"""Hops of a leap. Finding a unit on a way of n decision nodes takes about n / 8 + 4 looks, not n."""


class Roads(NamedTuple):
    """Roads of all alternatives. M travel modes, N decision nodes, R road nodes, A arcs, L nodes along arcs."""

    seconds: F8 | F4  # [M, N, N] dest-major: seconds[m, d, o] from o to d; infinite where there is no way
    hop: I2  # [M, N, N] dest-major: next decision node
    leap: I2  # [M, N, N] dest-major: the decision node LEAP hops on, the destination where it is nearer
    km: F4  # [M, N, N] dest-major: kilometres along that path
    off_pace: F8  # [M] seconds per unit of a leg
    leg_km: float  # kilometres per unit of a leg: 1 or 0
    place_km: F4  # [R, 2] places on a plane, kilometres
    least_pace: F8  # [M] seconds per kilometre as the crow flies that no drive beats; 0 when none is known
    times_as_long: F8  # [M, M] what takes a second by the second mode takes at most so many by the first
    spots: Records  # [M, R - N] SPOT
    spot_km: Records  # [R - N] SPOT_KM
    arc_first: I4  # [A + 1] where an arc's nodes begin in chain_spot
    chain_spot: I4  # [L] road nodes along arcs
    chain_s: F8  # [M, L] seconds from the beginning of the arc
    chain_km: F8  # [L] kilometres from the beginning of the arc
    arc_s: F8  # [M, A]
    arc_km: F8  # [A]
    out_first: I4  # [N + 1] where a decision node's neighbours begin in out_to
    out_to: I4  # [E] neighbours
    out_arc: I4  # [M, E] the arc driven to each
    """Without chains the arrays from `spots` to here are empty."""
    shore_s: F8  # [R] as `Water`, and so the three below; all empty without boats
    landing: I4  # [R]
    water_km: F8  # [L, L]
    water_s_per_km: F8  # [B]


def table_roads(seconds: F4 | F8, hop: I2, km: F4) -> Roads:
    """Roads of one travel mode, given as tables between N nodes whose legs are seconds.

    Args:
        seconds: [N, N] dest-major.
        hop: [N, N] dest-major.
        km: [N, N] dest-major.
    """
    n = len(hop)
    none = np.zeros(0, np.int32)
    return Roads(
        seconds=fixed(seconds[np.newaxis]),
        hop=fixed(hop[np.newaxis]),
        leap=fixed(leaps(hop[np.newaxis])),
        km=fixed(km[np.newaxis]),
        off_pace=np.ones(1),
        leg_km=0.0,
        place_km=np.zeros((n, 2), np.float32),
        least_pace=np.zeros(1),
        times_as_long=np.ones((1, 1)),
        spots=np.zeros((1, 0), SPOT),
        spot_km=np.zeros(0, SPOT_KM),
        arc_first=np.zeros(1, np.int32),
        chain_spot=none,
        chain_s=np.zeros((1, 0)),
        chain_km=np.zeros(0),
        arc_s=np.zeros((1, 0)),
        arc_km=np.zeros(0),
        out_first=none,
        out_to=none,
        out_arc=np.zeros((1, 0), np.int32),
        **no_water(),
    )


def no_water() -> dict[str, Any]:
    """The fields of roads without boats."""
    none = np.zeros(0)
    return {"shore_s": none, "landing": np.zeros(0, np.int32), "water_km": np.zeros((0, 0)), "water_s_per_km": none}


def leaps(hop: I2) -> I2:
    """Where LEAP hops lead, int16 [M, N, N].

    Args:
        hop: [M, N, N] dest-major; -1 where there is no way.
    """
    far = hop
    for _ in range(LEAP.bit_length() - 1):
        far = np.take_along_axis(far, np.maximum(far, 0), axis=-1)  # twice as far; a destination leads to itself
    return np.where(hop < 0, np.int16(-1), far)


def fixed_roads(roads: Roads) -> Roads:
    """Roads all of whose arrays are `fixed`."""
    arrays = {name: fixed(value) for name, value in roads._asdict().items() if not isinstance(value, float)}
    return roads._replace(**arrays)


def fixed(array: Any) -> Any:
    """A read-only view, C-contiguous: tables from a cache on disk and tables just made are one type to the compiler."""
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view
