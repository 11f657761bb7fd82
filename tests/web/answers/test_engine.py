"""The engine with real workers, on a tiny study."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from threading import Event
from types import SimpleNamespace

import pytest

from beredt.indicators.runs import Runs
from beredt.web.answers.asking import Asking
from beredt.web.answers.compare import compared_in
from beredt.web.answers.crew import Crew
from beredt.web.answers.engine import Engine, SupersededError
from beredt.web.answers.kept_years import KeptYears
from beredt.web.answers.orders import Counted
from beredt.web.answers.rounds import Key
from beredt.web.answers.telling import Compared
from beredt.web.library import open_library
from beredt.web.open_study import OpenStudy
from tests.simulation.test_roomy_roads import same
from tests.tiny_study import write_tiny_study
from tests.web.answers.simulated import Year, question

PATIENCE_S = 240.0
"""Kernels may have to be compiled first."""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> OpenStudy:
    folder = write_tiny_study(tmp_path_factory.mktemp("tiny") / "tiny")
    return open_library([str(folder)], tmp_path_factory.mktemp("data")).list_studies()[0]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = Engine(2)
    yield engine
    engine.close()


def moved(opened: OpenStudy, lat: float, **asked: object) -> Compared:
    edits = [{"edit": "move_station", "station": "st-west", "lat": lat, "lon": 10.53}]
    return compared_in(opened.get_study(), question(of=[{"id": "draft", "edits": edits}], **asked))


class Ask:
    """A question that is under way."""

    def __init__(self, engine: Engine, opened: OpenStudy, compared: Compared, replications: int) -> None:
        self._change = Event()
        self.asking = engine.ask(engine.open(opened), compared.proposals, replications, self._change.set)

    def runs(self, replications: int) -> dict[str, Runs]:
        """Wait for so many replications."""
        until = time.monotonic() + PATIENCE_S
        while (self.asking.due() or 0) < replications and time.monotonic() < until and self.asking.error is None:
            self._change.wait(1.0)
            self._change.clear()
        assert self.asking.error is None
        return self.asking.runs(replications)


def test_two_questions_at_once_give_what_each_gives_alone(engine: Engine, opened: OpenStudy) -> None:
    first, second = moved(opened, 59.901), moved(opened, 59.907, against="2")
    asked = [Ask(engine, opened, one, 3) for one in (first, second)]
    alone = Year(opened.get_study())
    for one, ask in zip((first, second), asked, strict=True):
        wanted = alone.runs(one.proposals, 3)
        found = ask.runs(3)
        assert found.keys() == wanted.keys()
        for name, runs in wanted.items():
            assert same(tuple(found[name].tallies), tuple(runs.tallies))
            assert found[name].frame.unit_ids == runs.frame.unit_ids


def test_a_draft_that_opens_a_road_is_met_on_its_own_roads(engine: Engine, opened: OpenStudy) -> None:
    tunnel = {"edit": "open_link", "name": "Tunnel", "kmh": 80, "km": 4, "from_place": "p-south", "to_place": "p-east"}
    compared = compared_in(opened.get_study(), question(of=[{"id": "draft", "edits": [tunnel]}]))
    runs = Ask(engine, opened, compared, 1).runs(1)
    counts = {name: one.tallies[0].response.counts for name, one in runs.items()}
    assert (counts["draft"][..., 0] == counts["today"][..., 0]).all()
    assert not (counts["draft"] == counts["today"]).all()
    shut = {"edit": "close_link", "from_place": "p-west", "to_place": "p-south"}
    asking = Ask(engine, opened, compared_in(opened.get_study(), question(of=[{"id": "draft", "edits": [shut]}])), 1)
    until = time.monotonic() + PATIENCE_S
    while asking.asking.error is None and time.monotonic() < until:
        time.sleep(0.05)
    assert "leave 4 places without any road" in str(asking.asking.error)


def test_what_was_simulated_is_there_at_once(engine: Engine, opened: OpenStudy) -> None:
    compared = moved(opened, 59.902)
    Ask(engine, opened, compared, 2).runs(2)
    again = Ask(engine, opened, compared, 2).asking
    assert again.due() == 2
    assert not again.errand.waiting


def test_saving_an_alternative_makes_nothing_that_was_simulated_worthless(engine: Engine, opened: OpenStudy) -> None:
    key = engine.open(opened)
    (opened.folder / "alternatives" / "3.toml").write_text(
        'id = "3"\ntitle = { en = "Third", nb = "Tredje" }\ndescription = { en = "A third.", nb = "En tredje." }\n'
        '[[edits]]\nedit = "move_station"\nstation = "st-west"\nlat = 59.904\nlon = 10.53\n',
        encoding="utf-8",
    )
    assert len(opened.get_study().alternatives) == 3
    assert engine.open(opened) == key
    (opened.folder / "alternatives" / "3.toml").unlink()


def test_a_later_question_of_a_page_takes_the_place_of_the_one_before(engine: Engine, opened: OpenStudy) -> None:
    compared = moved(opened, 59.8812)
    assert engine.is_newest("a page", 4)
    older = Ask(engine, opened, compared, 60).asking
    engine.note("a page", 4, older)
    assert not engine.is_newest("a page", 3)
    assert engine.is_newest("a page", 5)
    assert isinstance(older.error, SupersededError)
    assert not older.errand.waiting
    assert engine.is_newest("another page", 1)


def test_a_dropped_question_stops_within_a_moment(engine: Engine, opened: OpenStudy) -> None:
    ask = Ask(engine, opened, moved(opened, 59.8833), 200)
    ask.runs(1)
    engine.drop(ask.asking)
    until = time.monotonic() + 20.0
    while engine.stage().name != "idle" and time.monotonic() < until:
        time.sleep(0.02)
    assert engine.stage().name == "idle"
    done = ask.asking.due() or 1
    time.sleep(0.3)
    assert (ask.asking.due() or 1) == done < 200


@pytest.mark.skipif(os.name == "nt", reason="signals of another system")
def test_a_worker_that_is_killed_is_begun_anew_and_nothing_is_lost(engine: Engine, opened: OpenStudy) -> None:
    compared = moved(opened, 59.8844)
    ask = Ask(engine, opened, compared, 6)
    crew = engine._crew
    assert isinstance(crew, Crew)
    os.kill(crew._hands[0]._process.pid, signal.SIGKILL)
    wanted = Year(opened.get_study()).runs(compared.proposals, 6)
    found = ask.runs(6)
    assert same(tuple(found["draft"].tallies), tuple(wanted["draft"].tallies))


def test_a_frame_that_is_let_go_while_a_year_is_run_is_not_missed(
    opened: OpenStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between a worker's order and its reply, years of others may take the room of the only kept year of a service."""
    engine = Engine(1)
    monkeypatch.setattr(engine, "_kept", KeptYears(most_bytes=1))
    monkeypatch.setattr(engine, "_begun", lambda: SimpleNamespace(add=lambda errand: None))
    compared = moved(opened, 59.9055)
    study = engine.open(opened)
    draft, today = (compared.proposals[name].key for name in ("draft", "today"))
    years = Year(opened.get_study()).runs(compared.proposals, 2)
    kept = years["draft"].tallies[1], years["draft"].frame
    engine.counted(Key(study, draft, 1), Counted(*kept), [])
    asking = engine.ask(study, compared.proposals, 1, lambda: None)
    orders = [engine.year_to_run(Key(study, service, 0)) for service in (draft, today)]
    assert [one.with_frame for one in orders] == [False, True], "the worker is not asked for what is kept"
    for key, name in ((Key(study, today, 0), "today"), (Key(study, draft, 0), "draft")):
        frame = years[name].frame if name == "today" else None
        engine.counted(key, Counted(years[name].tallies[0], frame), [asking.errand])
    assert asking.due() == 1
    found = asking.runs(1)
    assert found["draft"].frame.unit_ids == years["draft"].frame.unit_ids
    assert engine._kept.find_frame(study, draft) is not None, "a year is kept with its frame, or not at all"


def test_today_is_simulated_while_nobody_asks(engine: Engine, opened: OpenStudy) -> None:
    engine.warm_up(opened)
    study = opened.get_study()
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        compared = compared_in(study, question(of=[{"id": "today", "edits": []}]))
        asking: Asking = engine.ask(engine.open(opened), compared.proposals, 2, lambda: None)
        engine.drop(asking)
        if asking.due() == 2:
            return
        time.sleep(0.1)
    pytest.fail("today's replications never came")
