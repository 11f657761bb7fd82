"""From drawn roads to a road map: every segment used, or listed with the reason why not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError
from beredt.roads.imported.arcs_of import Arcs, arcs_of, densified
from beredt.roads.imported.bans import place_bans
from beredt.roads.imported.behind_bans import behind_bans
from beredt.roads.imported.core import core_nodes
from beredt.roads.imported.drawn_roads import DrawnRoads
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.imported.segments import Segments, cut_segments
from beredt.roads.imported.tally import Fault, Tally
from beredt.roads.profile.limits import Limits

MOST_STEP_M = 100.0
"""No two road nodes that follow each other are farther apart: a place belongs to its nearest road *node*."""


def assemble(drawn: DrawnRoads, limits: Limits, tally: Tally) -> RoadMap:
    """Order the roads, keep what hangs together, place turn bans, and fill in limits.

    `tally` has what the reader left out already; here it becomes whole. Raises NetworkError where no road is left.
    """
    segments = cut_segments(drawn)
    segments = _sound(drawn, segments, tally)
    segments = _core(drawn, segments, tally)
    tally.used += len(segments)
    tally.require_whole()
    if not len(segments):
        raise NetworkError(
            "no roads are left that one can drive to and fro: "
            + (", ".join(f"{count} {reason}" for reason, count in tally.left_out.items()) or "the file has none")
        )
    arcs, lon, lat = densified(drawn, arcs_of(drawn, segments, limits), MOST_STEP_M)
    roads = _map(drawn, arcs, lon, lat, tally)
    return replace(roads, access=roads.access & behind_bans(roads, tally))


def _sound(drawn: DrawnRoads, segments: Segments, tally: Tally) -> Segments:
    """Segments between two known, different points. Those of no length are used, with a remark."""
    missing = ~(np.isfinite(drawn.lon[segments.start]) & np.isfinite(drawn.lon[segments.end]))
    same = (segments.start == segments.end) & ~missing
    nowhere = (segments.metres == 0) & ~same
    for reason, found in (("missing_point", missing), ("same_point", same), ("zero_length", nowhere)):
        tally.add_all(_by_line(drawn, segments.only(found), reason))
    return segments.only(~missing & ~same)


def _core(drawn: DrawnRoads, segments: Segments, tally: Tally) -> Segments:
    """Segments whose ends are both in the largest part of the roads."""
    if not len(segments):
        return segments
    ahead, back = drawn.ahead[segments.line], drawn.back[segments.line]
    start = np.concatenate((segments.start[ahead], segments.end[back]))
    end = np.concatenate((segments.end[ahead], segments.start[back]))
    inside = core_nodes(start, end, len(drawn.lon))
    kept = inside[segments.start] & inside[segments.end]
    tally.add_all(_by_line(drawn, segments.only(~kept), "island"))
    return segments.only(kept)


def _by_line(drawn: DrawnRoads, segments: Segments, reason: str) -> list[Fault]:
    """One fault per line, at the first of its points that is known."""
    lines, first, counts = np.unique(segments.line, return_index=True, return_counts=True)
    faults = []
    for line, index, count in zip(lines.tolist(), first.tolist(), counts.tolist(), strict=True):
        point = segments.start[index]
        if not np.isfinite(drawn.lon[point]):
            points = drawn.point[drawn.first[line] : drawn.first[line + 1]]
            known = points[np.isfinite(drawn.lon[points])]
            point = known[0] if len(known) else point
        place = float(drawn.lat[point]), float(drawn.lon[point])
        faults.append(Fault(reason, int(drawn.source[line]), *place, segments=count))
    return faults


def _map(drawn: DrawnRoads, arcs: Arcs, lon: NDArray[np.float64], lat: NDArray[np.float64], tally: Tally) -> RoadMap:
    """Number the nodes that are used, sort the arcs, and place the turn bans."""
    used = np.zeros(len(lon), dtype=bool)
    used[arcs.start] = True
    number = np.cumsum(used, dtype=np.int64).astype(np.int32) - 1
    start, end = number[arcs.start], number[arcs.end]
    order = np.lexsort((end, start))
    nodes = int(used.sum())
    access = np.zeros(nodes, dtype=bool)
    access[start[arcs.stop]] = True
    access[end[arcs.stop]] = True
    start, end = start[order], end[order]
    first = np.searchsorted(start, np.arange(nodes + 1)).astype(np.int32)
    source = arcs.source[order]
    ban_first, ban_arc = place_bans(drawn, np.where(used, number, -1), first, start, end, source, tally)
    return RoadMap(
        lon=lon[used],
        lat=lat[used],
        access=access,
        arc_first=first,
        arc_from=start,
        arc_to=end,
        arc_m=arcs.metres[order].astype(np.float32),
        arc_class=arcs.road_class[order],
        arc_flags=arcs.flags[order],
        arc_kmh=arcs.kmh[order],
        arc_fixed_s=arcs.fixed_s[order],
        arc_delay_s=arcs.delay_s[order],
        arc_grade=arcs.grade[order],
        arc_source=source,
        ban_first=ban_first,
        ban_arc=ban_arc,
    )
