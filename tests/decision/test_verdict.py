"""Sensitivities take answers back, and never give one."""

from __future__ import annotations

import pytest

from beredt.decision.gate import GateResult
from beredt.decision.verdict import final_verdict
from beredt.model.sensitivity import Sensitivity
from tests.decision.made_measures import result, row

MEETS = result(row(0.0, 1.0, margin=10.0))
FAILS = result(row(30.0, 1.0, margin=10.0))
UNDECIDED = result(row(10.0, 1.0, margin=10.0))

BUSY = Sensitivity("busy", {"en": "Busy"}, True, (), ())
SLOW = Sensitivity("slow", {"en": "Slow"}, True, (), ())
SHOWN = Sensitivity("shown", {"en": "Only shown"}, False, (), ())


@pytest.mark.parametrize(
    ("main", "under", "expected", "turned_by"),
    [
        (MEETS, MEETS, "meets", ()),
        (MEETS, UNDECIDED, "undecided", ("busy",)),
        (MEETS, FAILS, "undecided", ("busy",)),
        (FAILS, FAILS, "fails", ()),
        (FAILS, UNDECIDED, "fails", ()),
        (FAILS, MEETS, "undecided", ("busy",)),
        (UNDECIDED, MEETS, "undecided", ()),
        (UNDECIDED, FAILS, "undecided", ()),
    ],
)
def test_what_a_deciding_sensitivity_does(
    main: GateResult, under: GateResult, expected: str, turned_by: tuple[str, ...]
) -> None:
    found = final_verdict("2", main, {"busy": under}, [BUSY])
    assert (found.verdict, found.main, found.turned_by) == (expected, main.verdict, turned_by)


def test_a_sensitivity_that_does_not_decide_is_only_told() -> None:
    found = final_verdict("2", MEETS, {"shown": FAILS}, [SHOWN])
    assert (found.verdict, found.turned_by, found.otherwise_in) == ("meets", (), ("shown",))
    assert found.deciding == MEETS.deciding


def test_the_loudest_objection_is_shown() -> None:
    found = final_verdict("2", MEETS, {"busy": UNDECIDED, "slow": FAILS}, [BUSY, SLOW])
    assert found.turned_by == ("busy", "slow")
    assert found.deciding_sensitivity == "slow"
    assert found.deciding == FAILS.deciding


def test_a_sensitivity_that_was_not_run_says_nothing() -> None:
    assert final_verdict("2", MEETS, {}, [BUSY]).verdict == "meets"
