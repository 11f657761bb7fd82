from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import CancelledError, EditError
from beredt.indicators.tally import Tally, tally
from beredt.model.alternative import Alternative
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.edit import Edit
from beredt.model.edits.move_station import MoveStation
from beredt.model.edits.scale_rate import ScaleRate
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.build import build_network, road_inputs
from beredt.roads.ground import ground_of
from beredt.simulation.executors.executor import label
from beredt.simulation.warm_study import WarmStudy
from beredt.simulation.worker import Worker
from tests.simulation.test_roomy_roads import same
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


def warm(study: Study, most_bytes: int = 1 << 28) -> WarmStudy:
    base = replace(study, alternatives=(), sensitivities=())
    return WarmStudy(study, build_network(base), ground_of(road_inputs(base)), most_bytes)


@pytest.fixture(scope="module")
def kept(study: Study) -> WarmStudy:
    return warm(study)


def cold(study: Study, edits: Sequence[Edit], replication: int) -> Tally:
    """The same by a worker that has never seen anything, on roads made for these edits."""
    text = {"en": "draft", "nb": "utkast"}
    draft = Alternative(id="draft", title=text, description=text, edits=tuple(edits), note={}, file="draft.toml")
    with_draft = replace(study, alternatives=(draft,), sensitivities=())
    named = label(apply_edits(study.service, edits))
    found: Tally = Worker(with_draft, build_network(with_draft)).run((named,), replication, tally, True)[0]
    return found


DRAFTS = st.tuples(
    st.floats(59.84, 59.88), st.floats(10.46, 10.54), st.sampled_from([0.5, 1.0, 1.5]), st.integers(0, 2)
)


@settings(max_examples=10, deadline=None)
@given(drafts=st.lists(DRAFTS, min_size=1, max_size=3))
def test_a_warm_study_gives_what_a_cold_one_gives(
    study: Study, kept: WarmStudy, drafts: list[tuple[float, float, float, int]]
) -> None:
    for lat, lon, factor, replication in drafts:
        edits: list[Edit] = [MoveStation(station=study.service.stations[0].id, lat=lat, lon=lon)]
        if factor != 1.0:
            edits.append(ScaleRate(urgency="A", factor=factor))
        key = apply_edits(study.service, edits).checksum()
        assert same(kept.tally(key, edits, replication), cold(study, edits, replication))


def test_incidents_that_were_let_go_are_drawn_again(study: Study) -> None:
    small = warm(study, most_bytes=1)
    first = small.tally("", (), 0)
    small.tally("", (), 1)
    assert same(small.tally("", (), 0), first)


def test_edits_that_do_not_fit(kept: WarmStudy) -> None:
    with pytest.raises(EditError):
        kept.tally("nobody", [MoveStation(station="nobody", lat=59.85, lon=10.5)], 0)


def test_a_run_that_is_stopped_leaves_nothing_behind(study: Study, kept: WarmStudy) -> None:
    wanted = kept.tally("", (), 0)
    with pytest.raises(CancelledError):
        kept.tally("", (), 0, np.ones(1, np.int8))
    assert same(kept.tally("", (), 0), wanted)


def test_a_run_is_stopped_from_another_thread(study: Study, kept: WarmStudy) -> None:
    from beredt.simulation.kernel import CANCELLED, run_until
    from beredt.simulation.state import new_state

    ready = kept._ready("", ())
    meeting = kept._meeting(ready, 0)
    cancel = np.zeros(1, np.int8)
    state = new_state(ready.land, meeting.demand)
    cancel[0] = 1
    assert run_until(ready.land, state, meeting.demand, ready.case.world.end_s, cancel) == CANCELLED
    cancel[0] = 0
    assert run_until(ready.land, state, meeting.demand, ready.case.world.end_s, cancel) != CANCELLED
