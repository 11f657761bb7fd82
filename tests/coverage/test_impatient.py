from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

from beredt.coverage.erlang import erlang_c, longer_wait_share, wait_mean_s
from beredt.coverage.impatient import answered_share, hang_up_share, impatient_wait_mean_s, impatient_wait_share
from beredt.coverage.operators import AnswerGoal, answered_in_time, fewest_operators
from beredt.errors import OutOfRangeError


def test_the_printed_comparison_of_garnett_mandelbaum_and_reiman() -> None:
    """48 calls a minute of one minute each, 50 agents, and a mean patience of two minutes where people hang up."""
    assert round(wait_mean_s(50, 48.0, 60.0), 1) == 20.8
    assert longer_wait_share(50, 48.0, 60.0, 58.1) == pytest.approx(0.1, abs=5e-4)
    assert round(hang_up_share(50, 48.0, 60.0, 120.0), 3) == 0.031
    assert round(impatient_wait_mean_s(50, 48.0, 60.0, 120.0), 1) == 3.7
    assert round(0.8 * impatient_wait_mean_s(50, 48.0, 60.0, 120.0)) == 3, "people in the queue, by Little's law"
    assert round(48 * (1 - hang_up_share(50, 48.0, 60.0, 120.0)) / 50, 2) == 0.93, "use of the agents"


def by_states(units: int, load: float, call_s: float, patience_s: float, within_s: float) -> tuple[float, float, float]:
    """The slow twin: the chain of calls in the system, and the way of one call through the queue, state by state.

    Gives the share that waits, the share that hangs up, and the share answered in time.
    """
    arrive, serve, leave, most = load / call_s, 1.0 / call_s, 1.0 / patience_s, units + 150
    weight = [1.0]
    for state in range(1, most + 1):
        gone = min(state, units) * serve + max(0, state - units) * leave
        weight.append(weight[-1] * arrive / gone)
    share = np.array(weight) / sum(weight)
    queue = most - units
    # A call that finds k others in the queue becomes number k + 1. Last two columns: answered, hung up.
    move = np.zeros((queue + 2, queue + 2))
    for ahead in range(queue):
        onwards = units * serve + ahead * leave
        move[ahead, ahead - 1 if ahead else queue] += onwards
        move[ahead, queue + 1] += leave
        move[ahead, ahead] -= onwards + leave
    begin = np.zeros(queue + 2)
    begin[:queue] = share[units : units + queue]
    answered = float(share[:units].sum() + (begin @ expm(move * within_s))[queue])
    hung_up = float((np.maximum(np.arange(most + 1) - units, 0) * share).sum() * leave / arrive)
    return float(share[units:].sum()), hung_up, answered


@pytest.mark.parametrize(
    ("units", "load", "call_s", "patience_s", "within_s"),
    [
        (1, 0.7, 180.0, 60.0, 10.0),
        (4, 3.1, 200.0, 45.0, 25.0),
        (4, 6.0, 120.0, 90.0, 10.0),
        (9, 8.5, 150.0, 300.0, 60.0),
    ],
)
def test_every_share_is_that_of_the_chain(
    units: int, load: float, call_s: float, patience_s: float, within_s: float
) -> None:
    waits, hung_up, answered = by_states(units, load, call_s, patience_s, within_s)
    assert impatient_wait_share(units, load, call_s, patience_s) == pytest.approx(waits, rel=1e-9)
    assert hang_up_share(units, load, call_s, patience_s) == pytest.approx(hung_up, rel=1e-7)
    assert answered_share(units, load, call_s, patience_s, within_s) == pytest.approx(answered, abs=1e-9)


@given(units=st.integers(1, 30), use=st.floats(0.05, 0.95), within=st.floats(0.0, 120.0))
def test_endless_patience_is_erlang_c(units: int, use: float, within: float) -> None:
    load = use * units
    assert impatient_wait_share(units, load, 180.0, 1e9) == pytest.approx(erlang_c(units, load), rel=1e-4, abs=1e-12)
    by_c = 1.0 - longer_wait_share(units, load, 180.0, within)
    assert answered_share(units, load, 180.0, 1e9, within) == pytest.approx(by_c, rel=1e-4)


@given(units=st.integers(1, 30), load=st.floats(0.0, 40.0), patience=st.floats(5.0, 600.0), within=st.floats(0.0, 90.0))
def test_shares_are_shares_and_more_operators_answer_more(
    units: int, load: float, patience: float, within: float
) -> None:
    now = answered_share(units, load, 180.0, patience, within)
    assert 0.0 <= now <= 1.0
    assert answered_share(units + 1, load, 180.0, patience, within) >= now - 1e-12
    assert now + hang_up_share(units, load, 180.0, patience) <= 1.0 + 1e-9, "nobody is answered and hangs up"
    assert answered_share(units, load, 180.0, patience, 1e5) == pytest.approx(
        1.0 - hang_up_share(units, load, 180.0, patience), abs=1e-7
    ), "whoever does not hang up is answered in the end"


@given(load=st.floats(0.0, 40.0), share=st.floats(0.0, 0.99), patience=st.one_of(st.none(), st.floats(5.0, 600.0)))
def test_one_operator_fewer_breaks_the_goal(load: float, share: float, patience: float | None) -> None:
    goal = AnswerGoal(share, 10.0)
    found = fewest_operators(load, 180.0, goal, patience)
    assert answered_in_time(found, load, 180.0, 10.0, patience) >= share
    if found:
        fewer_would_do = answered_in_time(found - 1, load, 180.0, 10.0, patience) >= share
        assert not fewer_would_do or (patience is None and load >= found - 1)


def test_a_quiet_hour_of_the_story() -> None:
    """Six calls an hour of three minutes: one operator is on the line 30 % of the time, so two are needed."""
    assert erlang_c(1, 0.3) == pytest.approx(0.3)
    assert answered_in_time(1, 0.3, 180.0, 10.0) == pytest.approx(1 - 0.3 * math.exp(-0.7 * 10 / 180))
    assert fewest_operators(0.3, 180.0) == 2
    assert fewest_operators(0.0, 180.0) == 0
    assert fewest_operators(0.0, 180.0, least=2) == 2


def test_nothing_is_answered_outside_the_range() -> None:
    for call in (
        lambda: answered_share(0, 1.0, 60.0, 60.0, 10.0),
        lambda: answered_share(2, 1.0, 60.0, 0.0, 10.0),
        lambda: answered_share(2, 1.0, 60.0, 60.0, -1.0),
        lambda: fewest_operators(1.0, 60.0, AnswerGoal(1.0, 10.0)),
        lambda: fewest_operators(-1.0, 60.0),
    ):
        with pytest.raises(OutOfRangeError):
            call()
