"""A mixed-integer programme as arrays, and its solution with a proved bound.

    minimise or maximise  constant + Σ_j cost_j·x_j
    subject to            row_low ≤ A·x ≤ row_high,   low ≤ x ≤ high,   x_j whole where `integer`

Everything is handed to the solver at once, as one sparse matrix: no expression is ever built column by column. The
solver is HiGHS [1]_; with a wanted gap of 0 it proves what it finds.

References:
    .. [1] Huangfu, Q. & Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical Programming
       Computation 10(1), 119–142. doi:10.1007/s12532-017-0130-5
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

F8 = NDArray[np.float64]
B = NDArray[np.bool_]

Sense = Literal["min", "max"]
Status = Literal["proved", "stopped", "infeasible"]

ABSOLUTE_TOLERANCE = 1e-6
"""Two objectives closer than this are the same: the solver holds rows and whole numbers no better."""

RELATIVE_TOLERANCE = 1e-9
"""Likewise, as a share of the objective: what double precision leaves after a long solution."""


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A mixed-integer programme with n columns and m rows.

    `cost`: float64 (n,). `low`, `high`: float64 (n,), low ≤ high, may be infinite. `integer`: bool (n,), which columns
    are whole. `rows`: sparse (m, n). `row_low`, `row_high`: float64 (m,), may be infinite. `sense`: "min" or "max".
    `constant`: added to the objective. `names`: of the columns, for messages and tests; empty when not given.

    Raises:
        ValueError: shapes do not fit, a bound is not a number, or a lower bound is above its upper one.
    """

    cost: F8
    low: F8
    high: F8
    integer: B
    rows: csr_array
    row_low: F8
    row_high: F8
    sense: Sense = "min"
    constant: float = 0.0
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check what the solver would otherwise stumble over without saying where."""
        n, m = self.cost.size, self.row_low.size
        if self.rows.shape != (m, n):
            raise ValueError(f"the rows are {self.rows.shape}, but there are {m} row bounds and {n} columns")
        for name, array, size in (
            ("low", self.low, n),
            ("high", self.high, n),
            ("integer", self.integer, n),
            ("row_high", self.row_high, m),
        ):
            if array.shape != (size,):
                raise ValueError(f"{name} has the shape {array.shape}, not ({size},)")
        if self.names and len(self.names) != n:
            raise ValueError(f"there are {len(self.names)} names of {n} columns")
        if not np.isfinite(self.cost).all():
            raise ValueError(f"cost of column {int(np.argmin(np.isfinite(self.cost)))} is not finite")
        _check_bounds("column", self.low, self.high)
        _check_bounds("row", self.row_low, self.row_high)


@dataclass(frozen=True, slots=True)
class Limits:
    """When a solution is good enough: `gap` ≥ 0 as a share of the objective (0: proved), `seconds` > 0 or None."""

    gap: float = 0.0
    seconds: float | None = None

    def __post_init__(self) -> None:
        """Refuse limits that mean nothing.

        Raises:
            ValueError: a negative gap, or no time at all.
        """
        if not self.gap >= 0.0:
            raise ValueError(f"the gap is a share of the objective, at least 0; got {self.gap}")
        if self.seconds is not None and not self.seconds > 0.0:
            raise ValueError(f"the time limit is in seconds, above 0; got {self.seconds}")


@dataclass(frozen=True, slots=True)
class Bound:
    """How far a solution has come: the best `objective` so far (NaN: none), the proved `bound`, both as the user sees
    them; `gap` between them as a share of the objective (infinite: no solution yet); `seconds` since the start.
    """

    objective: float
    bound: float
    gap: float
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """What came out.

    `status`: "proved": the gap is at most the one asked for; "stopped": by a limit or by the user, with the best so
    far; "infeasible": there is no solution. `x`: float64 (n,), whole columns exactly whole; NaN where nothing was
    found. `objective`: of x. `bound`: no solution is better than this. `gap` = |objective − bound| / |objective|,
    exactly 0 within the solver's tolerance, infinite without a solution. `seconds`: handing over and solving.
    """

    status: Status
    x: F8
    objective: float
    bound: float
    gap: float
    seconds: float

    @property
    def found(self) -> bool:
        """Whether there is a solution at all."""
        return isfinite(self.objective)


Progress = Callable[[Bound], None]
Stop = Callable[[], bool]

NO_LIMITS = Limits()
"""Prove it, however long it takes."""


def relative_gap(objective: float, bound: float) -> float:
    """|objective − bound| / |objective|: 0 within the solver's tolerance, infinite where one of them is not known."""
    if not (isfinite(objective) and isfinite(bound)):
        return inf
    distance = abs(objective - bound)
    if distance <= ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * abs(objective):
        return 0.0
    return distance / abs(objective) if objective != 0.0 else inf


def solve(
    program: Program,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
    start: F8 | None = None,
    *,
    prove: bool = False,
) -> Solved:
    """Solve a programme with HiGHS on one thread, with a fixed seed: the same programme gives the same answer.

    A time limit is the one thing that can make answers differ from run to run.

    Args:
        program: What to solve.
        limits: When to be content.
        progress: Called now and then with the best objective and the bound so far.
        stop: Asked often whether to stop; True gives the best so far with the status "stopped".
        start: float64 (n,), a solution to begin from; one that breaks a row is mended or ignored.
        prove: The start is all but the best: spend the time on the proof instead of looking for better ones.

    Returns:
        Status, solution, objective and bound.

    Raises:
        SitingError: The programme is unbounded, or the solver gave up: a fault of the model.
    """
    # Only here: reading a problem and checking it needs no solver.
    from beredt.siting.highs import solve_with_highs

    return solve_with_highs(program, limits, progress, stop, start, prove=prove)


def _check_bounds(what: str, low: F8, high: F8) -> None:
    # Written so that a NaN on either side is caught as well.
    wrong = ~(low <= high)
    if wrong.any():
        at = int(np.argmax(wrong))
        raise ValueError(f"{what} {at} lies between {low[at]} and {high[at]}: nothing does")
