"""What open sites cover: kept as arrays beside an answer, and told for any choice of its sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beredt.siting.problem import SitingProblem
from beredt.web.analyses.site_shapes import CoverOut, ServedOut, Status

F8 = NDArray[np.float64]

FILE = "cover.npz"
TOO_FAR_S = 65_535
"""No way, or none within 18 hours."""


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What a problem says of who reaches whom. S sites, N areas, K classes.

    `site_ids`: S. `drive_s`: uint16 (S, N), whole seconds of acute driving, `TOO_FAR_S` where the site may not serve.
    `target_s`, `demand`: float64 (K, N). `existing`: bool (S,).
    """

    site_ids: tuple[str, ...]
    drive_s: NDArray[np.uint16]
    target_s: F8
    demand: F8
    existing: NDArray[np.bool_]


def keep_reach(problem: SitingProblem, folder: Path) -> None:
    """Keep what a problem says of reach."""
    allowed = np.where(problem.permitted > 0.0, problem.travel_s.astype(np.float64), np.inf)
    np.savez_compressed(
        folder / FILE,
        site_ids=np.array(problem.site_ids),
        drive_s=np.minimum(np.nan_to_num(allowed, posinf=TOO_FAR_S), TOO_FAR_S).astype(np.uint16),
        target_s=problem.target_s,
        demand=problem.demand,
        existing=problem.existing,
    )


def read_reach(folder: Path) -> Reach:
    """What was kept. Raises OSError when it is not there."""
    with np.load(folder / FILE) as kept:
        return Reach(
            tuple(str(one) for one in kept["site_ids"]),
            kept["drive_s"],
            kept["target_s"],
            kept["demand"],
            kept["existing"],
        )


def cover_of(reach: Reach, chosen: Mapping[str, int]) -> CoverOut:
    """What open sites cover, and what each of them, of today's stations that are given up, is nearest to.

    Args:
        reach: of the problem.
        chosen: units by open site.
    """
    open_sites = [number for number, name in enumerate(reach.site_ids) if chosen.get(name)]
    drive = reach.drive_s[open_sites]
    areas = reach.drive_s.shape[1]
    nearest = drive.argmin(axis=0) if open_sites else np.zeros(areas, np.int64)
    least = drive.min(axis=0) if open_sites else np.full(areas, TOO_FAR_S, np.uint16)
    served = least < TOO_FAR_S
    within = ((least[np.newaxis] <= reach.target_s) & served[np.newaxis]) * reach.demand
    calls = reach.demand.sum(axis=0)
    share = np.divide(within.sum(axis=0), calls, out=np.zeros(areas), where=calls > 0.0)
    rows = [
        _served(reach, number, chosen, served & (nearest == place), calls, within.sum(axis=0), least)
        for place, number in enumerate(open_sites)
    ]
    given_up = [number for number in np.flatnonzero(reach.existing) if not chosen.get(reach.site_ids[number])]
    rows += [_served(reach, int(number), chosen, np.zeros(areas, np.bool_), calls, calls, least) for number in given_up]
    return CoverOut(
        sites=rows,
        nearest=np.where(served, nearest, -1).tolist(),
        drive_s=[int(one) if one < TOO_FAR_S else None for one in least],
        share=np.round(share, 4).tolist(),
    )


def _served(
    reach: Reach,
    number: int,
    chosen: Mapping[str, int],
    mine: NDArray[np.bool_],
    calls: F8,
    within: F8,
    least: NDArray[np.uint16],
) -> ServedOut:
    name, there = reach.site_ids[number], bool(reach.existing[number])
    status: Status = "kept" if there else "new"
    if not chosen.get(name):
        status = "given_up"
    called = mine & (calls > 0.0)
    return ServedOut(
        site=name,
        status=status,
        units=chosen.get(name, 0),
        calls=float(calls[mine].sum()),
        within=float(within[mine].sum()),
        longest_s=float(least[called].max()) if called.any() else None,
    )
