"""Linear programs as HiGHS solves them, straight: there are many small ones, and checking each would take as long."""

from __future__ import annotations

import highspy
import numpy as np
from scipy.sparse import csr_array

from beredt.indicators.suppression.additive import F8

MOST_STEPS = 50_000
"""Steps of the simplex method before it gives up: counted, not timed, so that the same table has the same answer
everywhere."""


def least_cost(
    cost: F8, low: F8, high: F8, columns: csr_array, *, whole: bool = False, steps: int = MOST_STEPS
) -> F8 | None:
    """The values at the least cost with every relation at 0, or None where none were found.

    Args:
        cost: [N] of one more of each value.
        low: [N] the least of each.
        high: [N] the greatest; inf without limit.
        columns: [N, R] what part each value has in each relation.
        whole: Whole numbers only; that may take long.
        steps: Of the simplex method, at most.
    """
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
        # Counts are of a size already, and looking for what can be left out takes longer than the program itself.
        ("simplex_scale_strategy", 0),
        ("presolve", "choose" if whole else "off"),
        ("simplex_iteration_limit", steps),
    ):
        solver.setOptionValue(name, value)
    values, relations = columns.shape
    nothing = np.zeros(relations)
    kinds = np.full(values, int(highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous), np.int32)
    # As arrays: one number after the other, as attributes of a program, takes a quarter as long as solving it.
    solver.passModel(
        values, relations, columns.nnz, int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize), 0.0,
        cost, low, high, nothing, nothing,
        columns.indptr.astype(np.int32), columns.indices.astype(np.int32), columns.data, kinds,
    )  # fmt: skip
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(solver.getSolution().col_value, np.float64)
