"""Queueing maximum availability: MALP with units that are busy together rather than independently.

Marianov and ReVelle [1]_ take the b units around an area as a queue of their own, into which the work around it comes
and which nobody waits for (M/G/b/b). All of them are busy for the share B(b, F_n) of time, Erlang's B with F_n erlangs,
and

    b_n = the least b with 1 − B(b, F_n) ≥ α

The rest is as in :mod:`beredt.siting.malp`. Where MALP II says that b units with a busy fraction F/b are all away for
(F/b)^b of the time, Q-MALP knows that a busy unit makes the others busier, but also that calls which find all busy
are gone. Neither asks for more units everywhere.

References:
    .. [1] Marianov, V. and ReVelle, C. (1996). The queueing maximal availability location problem: a model for the
       siting of emergency vehicles. European Journal of Operational Research 93(1), 110-120.
       doi:10.1016/0377-2217(95)00182-4
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.coverage.erlang import erlang_b
from beredt.siting.answer import SitingAnswer
from beredt.siting.covering_model import CoveringModel
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop
from beredt.siting.reliable_cover import build, checked_reliability, local_load, solve_reliable

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


def needed_q_malp(load: F8, reliability: float) -> I8:
    """The number b of Q-MALP: the least b ≥ 1 with 1 − B(b, F) ≥ α, as the shape of the load.

    Args:
        load: F, erlangs around each area, 0 or more.
        reliability: α in [0, 1).

    Raises:
        OutOfRangeError: α is outside its range.
    """
    alpha = checked_reliability(reliability)
    values, place = np.unique(load, return_inverse=True)
    found = np.ones(values.size, np.int64)
    least = 1
    for number, value in enumerate(values):  # rising, and so does the answer
        while 1.0 - erlang_b(least, float(value)) < alpha:
            least += 1
        found[number] = least
    return np.asarray(found[place].reshape(load.shape))


def build_q_malp(problem: SitingProblem, purse: Purse, mission_s: ArrayLike, reliability: float) -> CoveringModel:
    """Make the programme; see :func:`solve_q_malp`."""
    load = local_load(problem, purse.periods_of(problem), mission_s)
    return build("q-malp", problem, purse, needed_q_malp(load, reliability))


def solve_q_malp(
    problem: SitingProblem,
    purse: Purse,
    mission_s: ArrayLike,
    reliability: float,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SitingAnswer:
    """Cover as much as possible with reliability α, the units around an area taken as a queue.

    Args:
        problem: the problem.
        purse: what limits units and sites.
        mission_s: mean seconds that a call keeps a unit busy: (K,) or one number.
        reliability: α in [0, 1).
        limits, progress, stop: see :func:`beredt.siting.program.solve`.

    Returns:
        `objective`: calls a year that b_n units reach within the target; see
        :func:`beredt.siting.reliable_cover.solve_reliable`.

    Raises:
        OutOfRangeError: a duration or α is outside its range.
        SitingError: there is no answer.
    """
    needed = needed_q_malp(local_load(problem, purse.periods_of(problem), mission_s), reliability)
    return solve_reliable(build("q-malp", problem, purse, needed), needed, limits, progress, stop)
