"""A table with more cells than one program can take in is guarded through its neighbourhoods, and no less safely."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from beredt.indicators.suppression import carry
from beredt.indicators.suppression.additive import F8, AdditiveTable, B
from beredt.indicators.suppression.carry import FARTHER
from beredt.indicators.suppression.choose import choose_hidden
from beredt.indicators.suppression.program import least_cost
from tests.indicators.suppression.test_choose import THRESHOLD, grid

SHAPE = (170, 120)
TRIED = 3


def can_be(table: AdditiveTable, hidden: B, cell: int, way: float) -> float:
    """The least (way 1) or the greatest (way -1) a hidden cell can be: a program over all of them at once."""
    cells = np.flatnonzero(hidden)
    rows = csr_array(table.relations[:, cells])
    rows = csr_array(rows[np.flatnonzero(np.diff(rows.indptr))])
    cost: F8 = np.where(cells == cell, way, 0.0)
    right: F8 = rows @ table.counts[cells].astype(np.float64)
    found = milp(cost, bounds=Bounds(1.0, np.inf), constraints=LinearConstraint(rows, right, right))
    assert found.x is not None
    return float(found.x[cells == cell][0])


def test_a_great_table_is_guarded_through_small_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1)
    busy = random.random((SHAPE[0], 1)) * random.random((1, SHAPE[1]))
    table = grid(1 + random.poisson(150 * busy))  # type: ignore[arg-type]  # rows of an array
    assert table.counts.size > FARTHER
    sizes: list[int] = []

    def watched(cost: F8, low: F8, high: F8, columns: csr_array, *, whole: bool, steps: int) -> F8 | None:
        sizes.append(columns.shape[0] // 2)
        return least_cost(cost, low, high, columns, whole=whole, steps=steps)

    monkeypatch.setattr("beredt.indicators.suppression.flows.least_cost", watched)
    chosen = choose_hidden(table, THRESHOLD)
    assert max(sizes) <= FARTHER + sum(SHAPE)  # a neighbourhood may end with a whole row
    assert chosen.hidden.sum() < table.counts.size / 2
    for cell in random.choice(np.flatnonzero(chosen.small), TRIED, replace=False).tolist():
        assert can_be(table, chosen.hidden & (table.counts > 0), cell, 1.0) < 1.5
        assert can_be(table, chosen.hidden & (table.counts > 0), cell, -1.0) > THRESHOLD - 1.5


@pytest.mark.parametrize("rounds", [1, None])
def test_flows_through_hidden_cells_alone_leave_nothing_less_safe(
    monkeypatch: pytest.MonkeyPatch, rounds: int | None
) -> None:
    monkeypatch.setattr(carry, "GREATEST", 0)
    monkeypatch.setattr(carry, "HIDDEN_ROUNDS", carry.HIDDEN_ROUNDS[:rounds])
    random = np.random.default_rng(2)
    table = grid(1 + random.poisson(12 * random.random((12, 9))))  # type: ignore[arg-type]  # rows of an array
    chosen = choose_hidden(table, THRESHOLD)
    assert chosen.small.any()
    for cell in np.flatnonzero(chosen.small).tolist():
        assert can_be(table, chosen.hidden & (table.counts > 0), cell, 1.0) < 1.5
        assert can_be(table, chosen.hidden & (table.counts > 0), cell, -1.0) > THRESHOLD - 1.5
