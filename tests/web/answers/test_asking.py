"""Replications come in any order; what is told of the first n of them is always the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import SimulationError
from beredt.indicators.runs import Runs
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.web.answers.asking import Asking, Proposal
from beredt.web.answers.compare import compared_in
from beredt.web.answers.make_answer import make_answer
from beredt.web.answers.telling import Telling, telling_of
from tests.tiny_study import write_tiny_study
from tests.web.answers.simulated import Year, question

WANTED = 5


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def telling(study: Study) -> Telling:
    edits = [{"edit": "move_station", "station": "st-west", "lat": 59.905, "lon": 10.53}]
    return telling_of(study, compared_in(study, question(of=[{"id": "draft", "edits": edits}])), "A", "en")


@pytest.fixture(scope="module")
def runs(study: Study, telling: Telling) -> dict[str, Runs]:
    return Year(study).runs(telling.compared.proposals, WANTED)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_order_of_arrival_changes_no_answer(telling: Telling, runs: dict[str, Runs], data: st.DataObject) -> None:
    asking = Asking("study", telling.compared.proposals, WANTED, lambda: None)
    by_key = {one.key: runs[name] for name, one in telling.compared.proposals.items()}
    told = []
    for key in data.draw(st.permutations(asking.list_keys())):
        frame, tallies = by_key[key.service]
        asking.take(key, tallies[key.replication], frame)
        due = asking.due()
        if due is not None:
            asking.answered = due
            told.append(due)
            found = make_answer(telling, asking.runs(due), WANTED, with_calendar=False)
            alone = {name: Runs(one.frame, one.tallies[:due]) for name, one in runs.items()}
            assert found == make_answer(telling, alone, WANTED, with_calendar=False)
            gate = found.alternatives[0].gate
            assert gate is not None
            assert gate.provisional == (due < WANTED)
    assert told == sorted(set(told))
    assert told[-1] == WANTED


def test_answers_come_after_1_2_3_5_8_and_at_last_after_all(telling: Telling, runs: dict[str, Runs]) -> None:
    proposal = telling.compared.proposals["draft"]
    asking = Asking("study", {"draft": proposal}, 10, lambda: None)
    frame, tallies = runs["draft"]
    told = []
    for key in asking.list_keys():
        asking.take(key, tallies[0], frame)
        if (due := asking.due()) is not None:
            asking.answered = due
            told.append(due)
    assert told == [1, 2, 3, 5, 8, 10]


def test_services_that_are_equal_are_run_once(study: Study) -> None:
    key = study.service.checksum()
    same = Proposal(study.service, (), key)
    asking = Asking("study", {"today": same, "0+": replace(same)}, 3, lambda: None)
    assert [key.replication for key in asking.list_keys()] == [0, 1, 2]


def test_whoever_waits_is_woken(telling: Telling, runs: dict[str, Runs]) -> None:
    woken = []
    asking = Asking("study", telling.compared.proposals, 1, lambda: woken.append(True))
    key = asking.list_keys()[0]
    asking.take(key, runs["draft"].tallies[0], runs["draft"].frame)
    error = SimulationError("it went wrong")
    asking.fail(error)
    assert (len(woken), asking.error) == (2, error)
