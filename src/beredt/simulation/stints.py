"""Writing down what units do between missions."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import compiled, entry_point
from beredt.dispatch.picture import FREE, GOING_OFF, OFF
from beredt.dispatch.place import place_of
from beredt.dispatch.records import Land
from beredt.dispatch.world import HOME, OFF_HOME, SPEED_RETURN, STANDBY
from beredt.simulation.state import STINT_COUNT, State


@compiled
def end_stint(w: Land, s: State, u: int, t: float) -> tuple[int, float]:
    """Close the stint of unit u at time t: the node where it is or will be next, and the seconds until then."""
    p, rows, r = s.picture, s.stints, s.picture[u].stint
    d = p[u].to_node
    rows[r].end_t = t
    if p[u].kind == STANDBY:
        s.at_point[p[u].point] -= 1
    if t >= p[u].arrive_t:
        rows[r].end_node = d
        return d, 0.0
    node, rest = place_of(w.seconds, w.hop, p, u, t)
    rows[r].end_node = node
    return node, rest


@compiled
def begin_stint(
    w: Land, s: State, u: int, t: float, kind: int, point: int, o: int, d: int, road_t: float, standing: bool
) -> None:
    """Unit u sets out at time t from node o, on the road at road_t, to node d; `standing` when it is there already."""
    p, rows = s.picture, s.stints
    r = s.at[STINT_COUNT]
    s.at[STINT_COUNT] = r + 1
    factor = w.speed[SPEED_RETURN]
    off_road_t = t if standing else road_t + w.seconds[d, o] * factor
    arrive_t = t if standing else off_road_t + w.leg_s[d] * factor
    p[u].status = GOING_OFF if kind == OFF_HOME else FREE
    p[u].kind, p[u].point = kind, point
    p[u].from_node, p[u].to_node, p[u].cursor = o, d, o
    p[u].road_t, p[u].off_road_t, p[u].arrive_t, p[u].factor = road_t, off_road_t, arrive_t, factor
    rows[r].unit, rows[r].kind, rows[r].point = u, kind, point
    rows[r].from_node, rows[r].to_node = o, d
    rows[r].start_t, rows[r].road_t, rows[r].arrive_t, rows[r].end_t = t, road_t, arrive_t, np.inf
    rows[r].begin_node = rows[r].end_node = o
    if kind == STANDBY:
        s.at_point[point] += 1
    rows[r].previous = p[u].stint
    p[u].stint = r


@compiled
def change_kind(w: Land, s: State, u: int, t: float, kind: int) -> None:
    """A unit under way goes on with the same route as another kind of stint (its shift ends or begins)."""
    p, rows = s.picture, s.stints
    o, d, cursor = p[u].from_node, p[u].to_node, p[u].cursor
    road_t, off_road_t, arrive_t = p[u].road_t, p[u].off_road_t, p[u].arrive_t
    node, _ = end_stint(w, s, u, t)
    begin_stint(w, s, u, t, kind, -1, o, d, road_t, False)
    p[u].off_road_t, p[u].arrive_t, p[u].cursor = off_road_t, arrive_t, cursor
    rows[p[u].stint].arrive_t = arrive_t
    rows[p[u].stint].begin_node = node


@entry_point
def close_stints(w: Land, s: State, end_s: float) -> None:
    """End of the run: stints under way end now, or when the unit came home with its shift over."""
    p = s.picture
    for u in range(p.size):
        if p[u].status == FREE:
            end_stint(w, s, u, end_s)
        elif p[u].status == GOING_OFF:
            end_stint(w, s, u, min(end_s, p[u].arrive_t))


@compiled
def go_home(w: Land, s: State, u: int, t: float, node: int, kind: int) -> None:
    """HOME or OFF_HOME stint from a node where the unit stands."""
    begin_stint(w, s, u, t, kind, -1, node, w.units[u].home, t + w.leg_s[node] * w.speed[SPEED_RETURN], False)


@compiled
def stand_at_home(w: Land, s: State, u: int, t: float) -> None:
    """HOME stint that begins at home."""
    home = w.units[u].home
    begin_stint(w, s, u, t, HOME, -1, home, home, t, True)


@compiled
def go_to_point(w: Land, s: State, u: int, t: float, node: int, point: int) -> None:
    """STANDBY stint from a node where the unit stands."""
    road_t = t + w.leg_s[node] * w.speed[SPEED_RETURN]
    begin_stint(w, s, u, t, STANDBY, point, node, w.standby[point].node, road_t, False)


@compiled
def come_off_duty(w: Land, s: State, u: int, t: float) -> None:
    """The shift of a unit that is not on a mission ends at time t."""
    p = s.picture
    if p[u].kind == HOME:
        if t >= p[u].arrive_t:
            end_stint(w, s, u, t)
            p[u].status = OFF
        else:
            change_kind(w, s, u, t, OFF_HOME)
    elif t >= p[u].arrive_t:
        end_stint(w, s, u, t)
        go_home(w, s, u, t, p[u].to_node, OFF_HOME)
    else:
        node, rest = end_stint(w, s, u, t)
        begin_stint(w, s, u, t, OFF_HOME, -1, node, w.units[u].home, t + rest, False)
