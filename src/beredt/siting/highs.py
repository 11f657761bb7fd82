"""Handing a programme to HiGHS, and reading its answer: the only file that knows the solver."""

from __future__ import annotations

import time
from dataclasses import replace
from math import inf, nan

import highspy
import numpy as np
from highspy import HighsModelStatus

from beredt.errors import SitingError
from beredt.siting.program import ABSOLUTE_TOLERANCE, F8, Bound, Limits, Program, Progress, Solved, Stop, relative_gap

_INTERRUPTS = ("cbMipInterrupt", "cbSimplexInterrupt", "cbIpmInterrupt")
_STOPPED = (
    HighsModelStatus.kTimeLimit,
    HighsModelStatus.kInterrupt,
    HighsModelStatus.kIterationLimit,
    HighsModelStatus.kSolutionLimit,
)
_SECONDS_BETWEEN_REPORTS = 0.5
_SLACK = 1e-6  # Rounding whole columns moves the objective by no more than the solver lets rows be off.


_PROVE = (("mip_heuristic_effort", 0.0), ("mip_allow_restart", False), ("mip_pscost_minreliable", 0))
"""For a start that is all but the best: no search for better ones, no beginning anew, and branching on what was learnt
so far instead of trying every column first. What comes out is proved as always."""


def solve_with_highs(
    program: Program,
    limits: Limits,
    progress: Progress | None,
    stop: Stop | None,
    start: F8 | None,
    *,
    prove: bool = False,
) -> Solved:
    """Solve a programme; see :func:`beredt.siting.program.solve`, which everybody else calls.

    Raises:
        SitingError: The programme is unbounded, or the solver gave up.
    """
    began = time.perf_counter()
    if program.cost.size == 0:
        return _without_columns(program, began)
    solver = _prepared(program, limits, start)
    for name, value in _PROVE if prove else ():
        solver.setOptionValue(name, value)
    watcher = _Watcher(progress, stop, began)
    watcher.watch(solver)
    solver.run()
    watcher.raise_what_came_up()
    return _answer(program, limits, solver, time.perf_counter() - began)


def relax_with_highs(program: Program, seconds: float | None, stop: Stop | None) -> tuple[F8, F8] | None:
    """Solve a programme without asking for whole numbers.

    Args:
        program: what to relax.
        seconds, stop: when to give up.

    Returns:
        x, float64 (n,), and the price of each row, float64 (m,): how much the objective gains when the row's bound
        gives way by 1. None when it was given up or has no solution.
    """
    relaxed = replace(program, integer=np.zeros_like(program.integer))
    solver = _prepared(relaxed, Limits(0.0, seconds), None)
    watcher = _Watcher(None, stop, time.perf_counter())
    watcher.watch(solver)
    solver.run()
    watcher.raise_what_came_up()
    if solver.getModelStatus() != HighsModelStatus.kOptimal:
        return None
    solution = solver.getSolution()
    return np.array(solution.col_value, np.float64), np.array(solution.row_dual, np.float64)


class _Watcher:
    """Passes progress on to the caller, and the caller's wish to stop on to the solver.

    An exception must not cross the solver's own code: it is kept and raised afterwards.
    """

    def __init__(self, progress: Progress | None, stop: Stop | None, began: float) -> None:
        self._progress, self._stop, self._began = progress, stop, began
        self._said = -inf
        self._raised: BaseException | None = None

    def watch(self, solver: highspy.Highs) -> None:
        """Subscribe to what the solver tells."""
        if self._stop is not None:
            for name in _INTERRUPTS:
                getattr(solver, name).subscribe(self._ask)
        if self._progress is not None:
            solver.cbMipImprovingSolution.subscribe(self._tell)
            solver.cbMipInterrupt.subscribe(self._tell_now_and_then)

    def raise_what_came_up(self) -> None:
        """Raise what a callback raised, Ctrl-C included."""
        if self._raised is not None:
            raise self._raised

    def _ask(self, event: highspy.HighsCallbackEvent) -> None:
        try:
            if self._raised is not None or (self._stop is not None and self._stop()):
                event.interrupt()
        except BaseException as error:
            self._raised = error
            event.interrupt()

    def _tell_now_and_then(self, event: highspy.HighsCallbackEvent) -> None:
        if time.perf_counter() - self._said >= _SECONDS_BETWEEN_REPORTS:
            self._tell(event)

    def _tell(self, event: highspy.HighsCallbackEvent) -> None:
        self._said = time.perf_counter()
        out = event.data_out
        objective = out.mip_primal_bound if abs(out.mip_primal_bound) < highspy.kHighsInf else nan
        bound = out.mip_dual_bound
        try:
            if self._progress is not None and self._raised is None:
                self._progress(Bound(objective, bound, relative_gap(objective, bound), self._said - self._began))
        except BaseException as error:
            self._raised = error
            event.interrupt()


def _prepared(program: Program, limits: Limits, start: F8 | None) -> highspy.Highs:
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
        ("mip_rel_gap", limits.gap),
        ("mip_abs_gap", ABSOLUTE_TOLERANCE),
        ("time_limit", inf if limits.seconds is None else limits.seconds),
    ):
        solver.setOptionValue(name, value)
    rows = program.rows.tocsr()
    sense = highspy.ObjSense.kMinimize if program.sense == "min" else highspy.ObjSense.kMaximize
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = program.cost.size, program.row_low.size
    lp.sense_, lp.offset_ = sense, program.constant
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = program.cost, program.low, program.high
    lp.row_lower_, lp.row_upper_ = program.row_low, program.row_high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
    lp.a_matrix_.start_ = rows.indptr.astype(np.int32)
    lp.a_matrix_.index_ = rows.indices.astype(np.int32)
    lp.a_matrix_.value_ = rows.data.astype(np.float64)
    if program.integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[whole] for whole in program.integer.tolist()]
    solver.passModel(lp)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.tolist()
        solver.setSolution(solution)
    return solver


def _answer(program: Program, limits: Limits, solver: highspy.Highs, seconds: float) -> Solved:
    status, info = solver.getModelStatus(), solver.getInfo()
    worst = inf if program.sense == "min" else -inf
    if status == HighsModelStatus.kInfeasible:
        return Solved("infeasible", np.full(program.cost.size, nan), nan, worst, inf, seconds)
    if status != HighsModelStatus.kOptimal and status not in _STOPPED:
        raise SitingError(f"the solver gave up: {solver.modelStatusToString(status)}")
    whole = bool(program.integer.any())
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solved("stopped", np.full(program.cost.size, nan), nan, info.mip_dual_bound, inf, seconds)
    x = np.array(solver.getSolution().col_value, np.float64)
    x[program.integer] = np.rint(x[program.integer])
    objective = float(program.cost @ x) + program.constant
    proved = status == HighsModelStatus.kOptimal
    bound = info.mip_dual_bound if whole else objective if proved else -worst
    gap = relative_gap(objective, bound)
    within = proved and gap <= limits.gap + _SLACK
    return Solved("proved" if within else "stopped", x, objective, bound, gap, seconds)


def _without_columns(program: Program, began: float) -> Solved:
    """HiGHS calls a programme without columns empty, whether its rows hold or not."""
    holds = bool(((program.row_low <= 0.0) & (program.row_high >= 0.0)).all())
    seconds = time.perf_counter() - began
    if not holds:
        return Solved("infeasible", np.empty(0), nan, inf if program.sense == "min" else -inf, inf, seconds)
    return Solved("proved", np.empty(0), program.constant, program.constant, 0.0, seconds)
