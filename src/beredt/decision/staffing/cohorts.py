"""Staff over years: who grows older, retires, leaves and is taken in, against what is needed.

Every year, of everybody of an age a the share

    (1 − turnover) · min(1, max(0, retirement age − a))

stays and is a + 1 the year after: with 62 the last year is the one at 61, and those past it leave at once. Then come
as many as are taken in, and no more than complete their studies. What is needed grows by a share every year. All
figures are ranges; each draw takes one value of each and keeps it over the years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.ranges import DRAWS, Range, draw

F8 = NDArray[np.float64]

YEARS = 15
OLDEST = 80
NEEDED = ("retirement_age", "turnover_share", "intake", "intake_age", "demand_growth_share")
OPTIONAL = ("study_places", "completion_share")


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """[DRAWS, YEARS + 1] each: staff and need at the end of a year, and who retired, left or came in it (year 0: 0)."""

    staff: F8
    need: F8
    retired: F8
    left: F8
    joined: F8


def missing_figures(figures: Mapping[str, Range]) -> tuple[str, ...]:
    """Figures that a projection still lacks."""
    return tuple(name for name in NEEDED if name not in figures)


def by_age(bands: pl.DataFrame, organisation: str | None) -> F8:
    """Full-time equivalents of every age, [OLDEST + 1], a band spread evenly over its ages.

    Args:
        bands: the table `staff_ages`.
        organisation: whose staff; None for all.
    """
    found = np.zeros(OLDEST + 1)
    rows = bands if organisation is None else bands.filter(pl.col("organisation") == organisation)
    for start, end, fte in rows.select("age_from", "age_to", "fte").iter_rows():
        found[start : end + 1] += fte / (end - start + 1)
    return found


def project(ages: F8, need: float, figures: Mapping[str, Range], share: float, seed: int) -> Projection:
    """Staff of the years to come.

    Args:
        ages: [OLDEST + 1] full-time equivalents of today by age.
        need: full-time equivalents that are needed today.
        figures: at least those of `NEEDED`; intake and study places are of all organisations together.
        share: of intake and study places that this staff gets, 0 to 1.
        seed: of the study.
    """
    drawn = {name: draw(figures[name], seed, name) for name in (*NEEDED, *OPTIONAL) if name in figures}
    joined = share * intake_of(drawn)
    born = round(figures["intake_age"].likely)
    stays = np.clip(drawn["retirement_age"][:, np.newaxis] - np.arange(OLDEST + 1), 0.0, 1.0)
    keeps = 1.0 - drawn["turnover_share"][:, np.newaxis]
    now = np.broadcast_to(ages, (DRAWS, OLDEST + 1)).copy()
    columns: dict[str, list[F8]] = {"staff": [now.sum(axis=1)], "retired": [], "left": []}
    for _ in range(YEARS):
        staying = now * stays
        columns["retired"].append((now - staying).sum(axis=1))
        columns["left"].append((staying * (1.0 - keeps)).sum(axis=1))
        now = np.zeros_like(now)
        now[:, 1:] = (staying * keeps)[:, :-1]
        now[:, born] += joined
        columns["staff"].append(now.sum(axis=1))
    nobody = np.zeros(DRAWS)
    years = np.arange(YEARS + 1)
    return Projection(
        staff=np.stack(columns["staff"], axis=1),
        need=need * (1.0 + drawn["demand_growth_share"][:, np.newaxis]) ** years,
        retired=np.stack([nobody, *columns["retired"]], axis=1),
        left=np.stack([nobody, *columns["left"]], axis=1),
        joined=np.stack([nobody, *[joined] * YEARS], axis=1),
    )


def intake_of(drawn: Mapping[str, F8]) -> F8:
    """People taken in in a year: no more than complete their studies, where study places are known."""
    wanted = drawn["intake"]
    if "study_places" not in drawn:
        return wanted
    done = drawn["study_places"] * drawn.get("completion_share", np.ones(DRAWS))
    return np.minimum(wanted, done)
