"""What kinds of unit do, counted by hand: roles, urgencies, who ended the response time, and what today lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.kinds_table import Key, kind_values, kinds_table, tells_kinds
from beredt.indicators.observed import RESPONDER, SECOND, Frame
from beredt.indicators.tally import Tally, tally, tally_with_kinds
from beredt.model.alternative import TODAY
from beredt.model.ask import AHEAD, Ask
from beredt.model.read import load_study
from beredt.model.unit import Unit
from tests.indicators.small_years import simulated_year
from tests.indicators.tiny import FAR_1, TOWN_1, TOWN_2, H, Sent, Story, Told
from tests.tiny_study import write_tiny_study


def counted(story: Story, car: bool) -> tuple[Frame, Tally]:
    """The story, with the unit from outside a car of another kind, or an ambulance like the others."""
    frame = story.frame()._replace(
        kind_ids=("ambulance", "car") if car else ("ambulance",), unit_kind=np.array([0, 0, int(car)], np.int32)
    )
    return frame, tally_with_kinds(frame, story.year())


def story(late: float = 0.0) -> Story:
    return Story(
        (
            # The car is there after 6 minutes, the ambulance after 10; one that was taken off is in no count.
            Told(100, (Sent(TOWN_1, 100, 110, km=9), Sent(FAR_1, 100, 106 + late, role=RESPONDER),
                       Sent(TOWN_2, 100, free=104, diverted=True))),
            Told(300, (Sent(TOWN_1, 300, 320), Sent(TOWN_2, 300, 318, role=SECOND)), urgency=H),
            Told(2000, (Sent(FAR_1, 2000, 2001),)),  # after the day that counts
        )
    )  # fmt: skip


def test_a_story_counted_by_hand() -> None:
    frame, one = counted(story(), car=True)
    found = {key: float(drawn[0]) for key, drawn in kind_values(frame, [one]).items()}
    assert found[Key("ambulance", "missions")] == 3 * 365
    assert found[Key("ambulance", "missions", "primary", "A")] == 365
    assert found[Key("ambulance", "missions", "second", "H")] == 365
    assert found[Key("car", "missions", "responder", "A")] == found[Key("car", "missions")] == 365
    assert found[Key("car", "stopped", urgency="A")] == 365
    assert found[Key("car", "response_mean_s", urgency="A")] == pytest.approx(360.0)
    assert found[Key("ambulance", "stopped", urgency="A")] == 0.0
    assert np.isnan(found[Key("ambulance", "response_mean_s", urgency="A")])
    assert found[Key("ambulance", "response_mean_s", urgency="H")] == pytest.approx(18 * 60.0)
    assert found[Key("ambulance", "duty_h")] == 2 * 24 * 365
    assert found[Key("ambulance", "km")] == pytest.approx(13.5 * 365)


def test_what_today_does_not_have_is_told_as_that() -> None:
    pairs = {TODAY: [counted(story(late), car=False) for late in (0, 1)],
             "car": [counted(story(late), car=True) for late in (0, 1)]}  # fmt: skip
    table = kinds_table({name: pairs[name][0][0] for name in pairs}, {n: [t for _, t in p] for n, p in pairs.items()})

    def line(**keys: str) -> dict[str, Any]:
        wanted = {"alternative": "car", "kind": "car", "role": "", "urgency": ""} | keys
        return table.filter(*(pl.col(name) == value for name, value in wanted.items())).row(0, named=True)

    assert line(measure="missions")["difference"] == 365.0
    assert line(measure="missions", kind="ambulance")["difference"] == -365.0
    assert line(measure="missions", alternative=TODAY)["value"] == 0.0
    assert line(measure="response_mean_s", urgency="A")["value"] == pytest.approx(390.0)
    assert line(measure="response_mean_s", urgency="A")["difference"] is None
    assert line(measure="utilisation", alternative=TODAY)["value"] is None


@given(seed=st.integers(0, 200))
def test_kinds_add_up_to_what_is_counted_of_units_and_incidents(seed: int) -> None:
    frame, year, _ = simulated_year(seed)
    plain, one = tally(frame, year), tally_with_kinds(frame, year)
    assert one.kinds is not None
    units = plain.units[:, 6]
    by_kind = [units[frame.unit_kind == k].sum() for k in range(len(frame.kind_ids))]
    assert one.kinds.missions.sum(axis=(1, 2)).tolist() == by_kind
    assert one.kinds.stopped.sum() == (plain.areas.counts[..., 1]).sum()
    assert one.kinds.response_ms.sum() == plain.areas.response_ms.sum()


def test_a_run_tells_kinds_only_where_they_differ_or_are_asked_for(tmp_path: Any) -> None:
    service = load_study(write_tiny_study(tmp_path)).service
    assert not tells_kinds({TODAY: service, "same": service})
    asking = replace(service, asks=(Ask("doctor", AHEAD, 0.5),))
    assert tells_kinds({TODAY: service, "asks": asking})
    unit = service.units[0]
    more = replace(service, units=(*service.units, Unit("new", unit.station, "new-kind", unit.roster, unit.basis)))
    assert tells_kinds({TODAY: service, "more": more})
    frame = story().frame()
    assert kinds_table({TODAY: frame}, {TODAY: [story().tally()]}).is_empty()
