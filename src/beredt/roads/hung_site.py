"""How a site that only an edit makes joins the roads: links to its neighbours, and the quickest ways along them.

It gets the links that a place of the study would have (natural and nearest neighbours, dry, not too long), but no way
of anybody else leads through it. So its own ways are all that has to be worked out, and that takes milliseconds.

Where links lead both ways and take as long there as back, a way there is a way back: one search gives both. Roads of a
map have one-ways, and are searched in both directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from beredt.roads.density import density_per_km2
from beredt.roads.flat import length_km
from beredt.roads.ground import Beside, Ground
from beredt.roads.links import LEAST_LINK_S, Links
from beredt.roads.local_links import local_way
from beredt.roads.travel_times import along_the_way, next_kept, next_nodes
from beredt.roads.water import crosses_water

HOUR_S = 3600.0


class HungSite(NamedTuple):
    """A site beside the ground: where it lies and what it is linked with. L links.

    `at`: float64 (2,), flat km; `density`: people per km² around it; `end`: int64 (L,), points of the ground;
    `seconds`, `km`: float64 (L,). `hangs`: whether no road reached it.
    """

    at: NDArray[np.float64]
    density: float
    end: NDArray[np.int64]
    seconds: NDArray[np.float64]
    km: NDArray[np.float64]
    hangs: bool


class SiteWays(NamedTuple):
    """Ways between a new site and N nodes and M others like it, in this order: arrays of N + M.

    `to_s`, `to_km`: float64, from each to the site; `towards`: int64, the next node on that way. `from_s`, `from_km`:
    float64, from the site to each; `first`: int64, the first node on that way. The site itself is number N + M.
    """

    to_s: NDArray[np.float64]
    to_km: NDArray[np.float64]
    towards: NDArray[np.int64]
    from_s: NDArray[np.float64]
    from_km: NDArray[np.float64]
    first: NDArray[np.int64]


def hang_site(ground: Ground, lat: float, lon: float) -> HungSite:
    """Link a place (degrees) with its neighbours, as `local_links` would; on a map, with the nearest road node.

    Where an alternative opens roads, it joins those, too, and what it would join today all the same.
    """
    return hang_site_at(ground, ground.lay(np.array([lat]), np.array([lon]))[0])


def hang_site_at(ground: Ground, at: NDArray[np.float64]) -> HungSite:
    """The same for a place in flat km, float64 (2,)."""
    density = float(density_per_km2(at[np.newaxis], ground.homes, ground.people)[0])
    if ground.beside is not None:
        return _beside_road(ground, ground.beside, at, density)
    crow_km = length_km(ground.points, at[np.newaxis])
    order = np.argsort(crow_km, kind="stable")
    nearest = order[: ground.rules.neighbours]
    if len(ground.new_points):
        nearest = np.append(order[~np.isin(order, ground.new_points)][: ground.rules.neighbours], nearest)
    end = np.union1d(_natural(ground, at), nearest)
    end = end[crow_km[end] <= ground.rules.max_km]
    end = end[~crosses_water(np.broadcast_to(at, (len(end), 2)), ground.points[end], ground.water)]
    hangs = len(end) == 0
    if hangs:
        end = ground.hooks[[crow_km[ground.hooks].argmin()]]
    km, seconds = local_way(crow_km[end], (density + ground.density[end]) / 2, ground.rules)
    return HungSite(at, density, end, np.maximum(seconds, LEAST_LINK_S), km, hangs)


def _beside_road(ground: Ground, beside: Beside, at: NDArray[np.float64], density: float) -> HungSite:
    ends = [_nearest(ground, at, hooks) for hooks in (ground.hooks, ground.new_points) if len(hooks)]
    end = np.array([one for one, _ in ends], np.int64)
    km = np.array([off_km for _, off_km in ends])
    seconds = np.maximum(km / beside.kmh * HOUR_S, LEAST_LINK_S)
    return HungSite(at, density, end, seconds, km, bool(km.min() > beside.most_km))


def _nearest(ground: Ground, at: NDArray[np.float64], hooks: NDArray[np.int64]) -> tuple[int, float]:
    off_km = length_km(ground.points[hooks], at[np.newaxis])
    nearest = int(off_km.argmin())
    return int(hooks[nearest]), float(off_km[nearest])


def ways_of_site(ground: Ground, site: HungSite, others: Sequence[HungSite] = ()) -> SiteWays:
    """All quickest ways between a site and the nodes of the ground and the `others`.

    Two sites are linked with each other, too, where a local road would.
    """
    there = _ways_to(ground, ground.links, site, others)
    if ground.links_back is None:
        return SiteWays(*there, there[0], there[1], _last_before(there[2], len(there[2])))
    # Whoever drives every road the wrong way to the site goes, turned round, from the site.
    back_s, back_km, before = _ways_to(ground, ground.links_back, site, others)
    return SiteWays(*there, back_s, back_km, _last_before(before, len(before)))


def _ways_to(
    ground: Ground, links: Links, site: HungSite, others: Sequence[HungSite]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Seconds and km from every node and other site along `links` to the site, and the next node on the way."""
    kept = ground.nodes + len(others)
    links = _with_sites(ground, links, site, others)
    points = len(ground.points) + len(others) + 1
    backwards = csr_array((links.seconds, (links.end, links.start)), shape=(points, points))
    way_s = dijkstra(backwards, indices=np.array([kept]))[0]
    hop, hop_km = next_nodes(way_s, kept, links)
    km = along_the_way(hop, hop_km)
    return way_s[:kept], km[:kept], next_kept(hop, kept + 1)[:kept]


def _natural(ground: Ground, at: NDArray[np.float64]) -> NDArray[np.int64]:
    """Natural neighbours of one more point: the corners of all triangles whose circle round the corners holds it."""
    if len(ground.triangles) == 0:
        return np.empty(0, np.int64)
    a, b, c = (ground.points[ground.triangles[:, corner]] - at for corner in range(3))
    squares = [(one**2).sum(axis=1) for one in (a, b, c)]
    inside = (
        squares[0] * (b[:, 0] * c[:, 1] - b[:, 1] * c[:, 0])
        - squares[1] * (a[:, 0] * c[:, 1] - a[:, 1] * c[:, 0])
        + squares[2] * (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])
    )
    turn = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]
    return np.unique(ground.triangles[inside * np.sign(turn) > 0.0])


def _with_sites(ground: Ground, ground_links: Links, site: HungSite, others: Sequence[HungSite]) -> Links:
    """The links, the roads into the site, and the roads out of the others, joints numbered after all of them.

    The others have no roads in, and the site none out, so no way can lead through them.
    """
    room = len(others) + 1

    def moved(points: NDArray[np.int64]) -> NDArray[np.int64]:
        return points + room * (points >= ground.nodes)

    here = ground.nodes + len(others)
    parts = [Links(moved(ground_links.start), moved(ground_links.end), ground_links.seconds, ground_links.km)]
    parts.append(Links(moved(site.end), np.full(len(site.end), here), site.seconds, site.km))
    for number, other in enumerate(others, ground.nodes):
        parts.append(Links(np.full(len(other.end), number), moved(other.end), other.seconds, other.km))
        parts.append(_between(ground, other, number, site, here))
    return Links(*(np.concatenate(column) for column in zip(*map(_columns, parts), strict=True)))


def _columns(links: Links) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    return links.start, links.end, links.seconds, links.km


def _between(ground: Ground, one: HungSite, number: int, site: HungSite, here: int) -> Links:
    """The local road from one new site to another, if there is one; on a map there is none but those it shows."""
    if ground.beside is not None:
        nobody, nothing = np.empty(0, np.int64), np.empty(0, np.float64)
        return Links(nobody, nobody, nothing, nothing)
    ends = one.at[np.newaxis], site.at[np.newaxis]
    crow_km = length_km(*ends)
    linked = (crow_km <= ground.rules.max_km) & ~crosses_water(*ends, ground.water)
    km, seconds = local_way(crow_km[linked], np.full(linked.sum(), (one.density + site.density) / 2), ground.rules)
    count = len(km)
    return Links(np.full(count, number), np.full(count, here), np.maximum(seconds, LEAST_LINK_S), km)


def _last_before(towards: NDArray[np.int64], site: int) -> NDArray[np.int64]:
    """The last node of every way to the site before it, by leaps that double in length."""
    origin = np.arange(len(towards))
    leap = np.where(towards == site, origin, towards)
    while not np.array_equal(further := leap[leap], leap):
        leap = further
    return leap
