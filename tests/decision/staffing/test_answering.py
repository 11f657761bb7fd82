"""Operators hour by hour: a story, a property, and the calls of the bundled study."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.coverage.operators import AnswerGoal, answered_in_time
from beredt.decision.ranges import Range, read_ranges
from beredt.decision.staffing.answering import CallFigures, answering_of, call_figures
from beredt.decision.staffing.call_load import incidents_by_hour
from beredt.decision.staffing.operator_shifts import operator_shifts
from beredt.demand.generate import demand_of
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study
from beredt.model.study import Study

GOAL = AnswerGoal(0.9, 10.0)


def test_a_week_with_one_busy_hour() -> None:
    """Six calls an hour of three minutes take two operators; with a call more for every one they take three."""
    incidents = np.full(168, 6.0)
    incidents[40] = 12.0
    found = answering_of(incidents, CallFigures(1.0, 180.0, None, GOAL, 1))
    assert found.operators[39] == 2
    assert found.operators[40] == 3
    assert found.operator_h == pytest.approx((167 * 2 + 3) * 365 / 7)
    assert found.answered_share >= 0.9


@given(calls=st.lists(st.floats(0.0, 60.0), min_size=168, max_size=168), patience=st.none() | st.floats(20.0, 300.0))
@settings(max_examples=15, deadline=None)
def test_every_hour_keeps_the_goal_and_one_operator_fewer_does_not(calls: list[float], patience: float | None) -> None:
    found = answering_of(np.array(calls), CallFigures(1.5, 150.0, patience, GOAL, 1))
    for number in np.unique(found.operators, return_index=True)[1].tolist():
        load = calls[number] * 1.5 * 150.0 / 3600
        operators = int(found.operators[number])
        assert answered_in_time(operators, load, 150.0, 10.0, patience) >= 0.9
        if operators > 1:
            assert answered_in_time(operators - 1, load, 150.0, 10.0, patience) < 0.9


def test_cases_go_from_light_to_heavy() -> None:
    figures = {
        "calls_per_incident": Range(1.0, 2.0, 3.0),
        "call_s": Range(100.0, 200.0, 300.0),
        "patience_s": Range(30.0, 60.0, 90.0),
        "answered_share": Range(0.9, 0.9, 0.9),
        "answered_within_s": Range(10.0, 10.0, 10.0),
    }
    high = call_figures(figures, "high", impatient=True)
    assert high == CallFigures(3.0, 300.0, 30.0, GOAL, 0)
    assert call_figures({}, "high", impatient=True) is None


def test_calls_are_those_of_the_incidents_that_the_simulation_meets(tiny: Study) -> None:
    """Nobody lives outside the tiny study, so all centres together have its acute and urgent incidents."""
    weekly = sum(float(hours.sum()) for hours in incidents_by_hour(tiny, tiny.service).values())
    demand = demand_of(tiny, tiny.service)
    days = tiny.settings.simulation.days + tiny.settings.simulation.warmup_days + tiny.settings.simulation.cooldown_days
    simulated = float(demand.expected[demand.urgency < 2].sum())
    assert weekly / 7 * days == pytest.approx(simulated, rel=0.02)


def test_calls_move_with_the_border_and_none_is_lost() -> None:
    study = load_study("asker-baerum")
    moved = apply_edits(study.service, study.get_alternative("2").edits, "2")
    before, after = incidents_by_hour(study, study.service), incidents_by_hour(study, moved)
    total = sum(before.values())
    assert sum(after.values()) == pytest.approx(total), "those outside stay with their centre"
    assert after["drammen"].sum() / before["drammen"].sum() == pytest.approx(1.85, abs=0.02)
    figures = read_ranges(study.decision["staff_figures"])
    likely = call_figures(figures, "likely", impatient=False)
    assert likely is not None
    more = answering_of(after["drammen"], likely).operator_h - answering_of(before["drammen"], likely).operator_h
    assert 2.0 < more / 1460 < 4.0, "answering explains a fourth of two operators round the clock"


def test_shifts_cover_every_hour_with_no_more_than_it_takes() -> None:
    need = np.full(168, 1, np.int64)
    need[8:16] = 3
    plan = operator_shifts(need)
    assert (plan.on_duty >= need).all()
    assert plan.paid_h >= need.sum()
    level = operator_shifts(np.full(168, 2, np.int64))
    assert level.paid_h == pytest.approx(336.0), "two round the clock are covered without waste"
