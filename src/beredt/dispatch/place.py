"""Where a moving unit is: the node it reaches next, and the seconds until then."""

from __future__ import annotations

from beredt.dispatch.compiled import compiled
from beredt.dispatch.records import Records
from beredt.dispatch.world import F4, I2


@compiled
def place_on_route(
    seconds: F4, hop: I2, o: int, d: int, road_t: float, off_road_t: float, factor: float, cursor: int, t: float
) -> tuple[int, float]:
    """Node and rest of seconds of a unit on the route from o to d at time t.

    Args:
        seconds: [N, N] dest-major.
        hop: [N, N] dest-major.
        o: node where the route joins the road, at road_t.
        d: node where it leaves the road, at off_road_t.
        road_t: s.
        off_road_t: s.
        factor: of the drive.
        cursor: a node on the route that the unit had not yet passed at some time up to t (o will do).
        t: s, before the arrival.

    Returns:
        The node it reaches and the seconds until then, which a new drive's factor does not change.
    """
    if t <= road_t:
        return o, road_t - t
    if t >= off_road_t:
        return d, t - off_road_t
    n = cursor
    at = off_road_t - seconds[d, n] * factor
    while at < t:
        n = hop[d, n]
        at = off_road_t - seconds[d, n] * factor
    return n, at - t


@compiled
def place_of(seconds: F4, hop: I2, p: Records, u: int, t: float) -> tuple[int, float]:
    """Place of unit u, which is on the move, at time t; remembers it for the next look at a later time."""
    now = p[u]
    n, rest = place_on_route(
        seconds, hop, now.from_node, now.to_node, now.road_t, now.off_road_t, now.factor, now.cursor, t
    )
    if t > now.road_t and t < now.off_road_t:
        p[u].cursor = n
    return n, rest
