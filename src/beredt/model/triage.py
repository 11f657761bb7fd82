"""Between true need and urgency given: a matrix, and what it says of rates.

M[i][j] is the share of incidents of true urgency i that are given urgency j; each row adds up to 1. A study's rates
are of urgencies given, g. The rates of true need t, and the truth behind an urgency given, follow from

    Σ_i t_i M_ij = g_j        P(true i | given j) = t_i M_ij / g_j

A matrix can be inverted and still not belong to the rates: then some t_i would be below 0, and nothing may be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from beredt.model.triage_share import TriageShare
from beredt.model.urgency import URGENCIES, urgency_code

Matrix = tuple[tuple[float, ...], ...]
"""[3][3] by true urgency and urgency given."""

SMALLEST_DETERMINANT = 1e-9
ROUNDING = 1e-9
"""A rate below 0 by less than this part of all rates is 0."""


class NotInvertibleError(ValueError):
    """No rates of true need belong to a matrix and the rates of urgencies given; the message says why."""


def triage_matrix(shares: Iterable[TriageShare]) -> Matrix:
    """The matrix of a table's rows; shares that are not given are 0."""
    rows = [[0.0] * len(URGENCIES) for _ in URGENCIES]
    for one in shares:
        rows[urgency_code(one.true_urgency)][urgency_code(one.given_urgency)] += one.share
    return tuple(tuple(row) for row in rows)


def triage_rows(matrix: Matrix) -> tuple[TriageShare, ...]:
    """Rows of a table for a matrix, those with a share of 0 left out."""
    return tuple(
        TriageShare(true, given, matrix[i][j])
        for i, true in enumerate(URGENCIES)
        for j, given in enumerate(URGENCIES)
        if matrix[i][j] > 0.0
    )


def true_rates(matrix: Matrix, given: Sequence[float]) -> tuple[float, ...]:
    """Rates of true need, by Cramer's rule.

    Args:
        matrix: as above.
        given: [3] rates of urgencies given, at least 0.

    Raises:
        NotInvertibleError: rows of the matrix are mixtures of one another, or a rate would be below 0.
    """
    whole = _determinant(matrix)
    if abs(whole) < SMALLEST_DETERMINANT:
        raise NotInvertibleError("urgencies given do not tell true needs apart: rows are mixtures of one another")
    rates = []
    for i in range(len(URGENCIES)):
        rows = [tuple(given) if i == row else matrix[row] for row in range(len(URGENCIES))]
        rates.append(_determinant(rows) / whole)
    for urgency, rate in zip(URGENCIES, rates, strict=True):
        if rate < -ROUNDING * sum(given):
            raise NotInvertibleError(
                f"true need {urgency} would have a rate below 0 ({rate:.4g} where {given[urgency_code(urgency)]:.4g} "
                "are given): the shares bring more into an urgency than it has"
            )
    return tuple(max(rate, 0.0) for rate in rates)


def truth_behind(matrix: Matrix, given: Sequence[float]) -> Matrix:
    """P(true | given), [3][3] by urgency given and true urgency; an urgency that is never given is true to itself.

    Raises:
        NotInvertibleError: as `true_rates`.
    """
    true = true_rates(matrix, given)
    rows = []
    for j in range(len(URGENCIES)):
        parts = [true[i] * matrix[i][j] for i in range(len(URGENCIES))]
        whole = sum(parts)
        rows.append(tuple(p / whole for p in parts) if whole > 0.0 else tuple(float(i == j) for i in range(len(parts))))
    return tuple(rows)


def _determinant(m: Sequence[Sequence[float]]) -> float:
    return (
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    )
