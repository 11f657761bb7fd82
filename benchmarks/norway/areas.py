"""Cells merged into areas: fine where many live, coarse where few do, and nobody left out.

All squares of 8 km are areas at first, cut along the borders of municipalities. Then the area with the most people is
cut into its four quarters, again and again, until as many areas as may be are there. Cells of 1 km are not cut, and
quarters without people are dropped: the side of an area with one peopled cell ends at 1 km where its turn comes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.norway.grid import Cells

COARSEST_KM = 8


@dataclass(frozen=True, slots=True, eq=False)
class MergedAreas:
    """A areas, by municipality and from west to east.

    `ids`: such as `a2262-6648-1`: kilometres east (with 2000 added, as the grid's own names have it) and north of the
    square's corner, and its side. `xy_m`: float64 (A, 2), where its people live on average, metres. `people`:
    float64 (A,). `side_km`: int64 (A,). `municipality`: A numbers.
    """

    ids: tuple[str, ...]
    xy_m: NDArray[np.float64]
    people: NDArray[np.float64]
    side_km: NDArray[np.int64]
    municipality: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, order=True)
class _Square:
    """A square in one municipality: those with the most people come first, then by name."""

    minus_people: float
    municipality: str
    east_km: int
    north_km: int
    side_km: int


def merge_cells(cells: Cells, most: int) -> MergedAreas:
    """Merge cells into at most `most` areas, or into as many as squares of 8 km need where that is more."""
    corner_km = np.floor(cells.xy_m / 1000.0).astype(np.int64)
    members: dict[_Square, NDArray[np.int64]] = dict(
        _squares(cells, corner_km, np.arange(len(cells), dtype=np.int64), COARSEST_KM)
    )
    waiting = [square for square in members if square.side_km > 1]
    heapq.heapify(waiting)
    while waiting:
        square = heapq.heappop(waiting)
        quarters = dict(_squares(cells, corner_km, members[square], square.side_km // 2))
        if len(members) - 1 + len(quarters) > most:
            break
        del members[square]
        members.update(quarters)
        for quarter in quarters:
            if quarter.side_km > 1:
                heapq.heappush(waiting, quarter)
    return _laid_out(cells, members)


def _squares(
    cells: Cells, corner_km: NDArray[np.int64], inside: NDArray[np.int64], side_km: int
) -> Iterator[tuple[_Square, NDArray[np.int64]]]:
    """Squares of a size that hold some of the cells `inside`, with their cells."""
    corners = corner_km[inside] // side_km * side_km
    names = cells.municipality[inside].astype(np.int64)
    keys, which = np.unique(np.column_stack([names, corners]), axis=0, return_inverse=True)
    for number, (_, east, north) in enumerate(keys.tolist()):
        found = inside[which.ravel() == number] if len(keys) > 1 else inside
        yield (
            _Square(-float(cells.people[found].sum()), str(cells.municipality[found[0]]), east, north, side_km),
            found,
        )


def _laid_out(cells: Cells, members: dict[_Square, NDArray[np.int64]]) -> MergedAreas:
    squares = sorted(members, key=lambda square: (square.municipality, square.east_km, square.north_km))
    found = [members[square] for square in squares]
    return MergedAreas(
        ids=tuple(f"a{2000 + s.east_km}-{s.north_km}-{s.side_km}-{s.municipality}" for s in squares),
        xy_m=np.array([np.average(cells.xy_m[f], axis=0, weights=cells.people[f]) for f in found]),
        people=np.array([cells.people[f].sum() for f in found]),
        side_km=np.array([square.side_km for square in squares]),
        municipality=np.array([square.municipality for square in squares]),
    )
