"""From counts to measures, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import pytest

from beredt.decision.gate_measures import gate_measures, measured_by
from beredt.errors import UnknownIdError
from beredt.indicators.cells import ALL_URGENCIES, WHOLE_DAY
from beredt.indicators.group_response import Count, ResponseTally, Sum
from beredt.indicators.tally import Tally
from beredt.model.service import Service
from beredt.model.study import Study
from tests.decision.made_measures import rule

GROUP_IDS = ("all", "west", "forest")


def tally_with(group: str, served: int, within: int, targets: int, response_ms: int) -> Tally:
    """Counts of one replication: only acute incidents of one group."""
    shape = (len(GROUP_IDS), ALL_URGENCIES + 1, WHOLE_DAY + 1)
    counts, sums = np.zeros((*shape, len(Count)), np.int32), np.zeros((*shape, len(Sum)), np.int64)
    row = GROUP_IDS.index(group)
    counts[row, 0, WHOLE_DAY, [Count.SERVED, Count.WITHIN_TARGET, Count.WITH_TARGET]] = [served, within, targets]
    sums[row, 0, WHOLE_DAY, Sum.RESPONSE] = response_ms
    ranks = np.zeros(shape, np.int64)
    parts = cast("dict[str, Any]", dict.fromkeys(Tally._fields))
    return Tally(**parts | {"days": 365, "response": ResponseTally(counts, sums, ranks, ranks)})


def test_measures_by_hand() -> None:
    # 3 of 4 within the target; 5 reached in 3,000 s altogether.
    made = gate_measures(
        [tally_with("west", 5, 3, 4, 3_000_000), tally_with("west", 4, 4, 4, 2_000_000)], GROUP_IDS, rule(["west"])
    )
    assert made.share_pp.tolist() == [[75.0], [100.0]]
    assert made.mean_s.tolist() == [[600.0], [500.0]]


def test_a_group_without_incidents_has_no_measure() -> None:
    made = gate_measures([tally_with("west", 5, 3, 4, 3_000_000)], GROUP_IDS, rule(["forest", "west"]))
    assert np.isnan(made.share_pp[0, 0])
    assert np.isnan(made.mean_s[0, 0])
    assert made.share_pp[0, 1] == 75.0


def test_no_replications_make_no_measures() -> None:
    assert gate_measures([], GROUP_IDS, rule(["west"])).replications == 0


def test_an_unknown_group_is_named() -> None:
    with pytest.raises(UnknownIdError, match=r"'wesst'.*did you mean 'west'"):
        gate_measures([], GROUP_IDS, rule(["wesst"]))


def test_measuring_is_simulating_and_counting(tiny: Study) -> None:
    asked: list[int] = []

    def simulate(services: Mapping[str, Service], replications: int) -> dict[str, list[Tally]]:
        asked.append(replications)
        return {key: [tally_with("west", 5, 3, 4, 3_000_000)] * replications for key in services}

    found = measured_by(simulate, GROUP_IDS, rule(["west"]))({"0+": tiny.service}, 3)
    assert asked == [3]
    assert found["0+"].share_pp.tolist() == [[75.0]] * 3
