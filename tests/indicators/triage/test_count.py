"""Incidents of a store are counted once, by the telephone's first word and the crew's first triage."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from beredt.indicators.triage.count import CRITERION_GROUP, MONTH, NOT_ASSESSED, count_triage, criterion_group
from beredt.indicators.triage.scale import load_scales
from tests.indicators.made_store import make_store

DAY = 24 * 60


def test_a_small_log(tmp_path: Path) -> None:
    rows = [
        # The second unit is there first, and its triage is the one that counts.
        {"incident": 0, "call_t": 0, "urgency": "A", "scene_t": 9, "triage": "grønn", "criterion": "A.10.02"},
        {"incident": 0, "call_t": 0, "urgency": "A", "scene_t": 6, "triage": "rød", "criterion": "A.10.02"},
        # The urgency was changed on the way: the telephone had said acute.
        {"incident": 1, "call_t": 9, "urgency": "H", "urgency_first": "A", "triage": "gul", "criterion": "10.3"},
        {"incident": 2, "call_t": 9, "urgency": "V", "triage": "lilla", "criterion": ""},
        {"incident": 3, "call_t": 31 * DAY, "urgency": "V", "triage": "", "criterion": "H 25"},
        {"incident": 4, "call_t": 9, "urgency": "", "triage": "rød"},
    ]
    found = count_triage(make_store(tmp_path / "store", rows), load_scales()["retts"])
    assert found.no_urgency == 1
    assert found.counts.filter(by="all").select("urgency", "level", "n").rows() == [
        (0, 0, 1),
        (0, 2, 1),
        (2, NOT_ASSESSED, 2),
    ]
    assert found.counts.filter(by=MONTH, key="2026-02").rows() == [(MONTH, "2026-02", 2, NOT_ASSESSED, 1)]
    assert found.counts.filter(by=CRITERION_GROUP)["key"].unique().sort().to_list() == ["10", "25", "unknown"]
    assert found.codes.rows() == [("rød", 0, 2), ("grønn", 3, 1), ("gul", 2, 1), ("lilla", None, 1)]


def test_months_follow_the_clocks_of_the_store(tmp_path: Path) -> None:
    """Half past eleven in the evening of 31 January UTC is February in Oslo."""
    rows = [{"call_t": 30 * DAY + 11.5 * 60, "urgency": "A", "triage": "rød"}]
    store = make_store(tmp_path / "store", rows)
    assert count_triage(store, load_scales()["retts"]).counts.filter(by=MONTH)["key"].to_list() == ["2026-02"]


@pytest.mark.parametrize(
    ("criterion", "group"),
    [
        *[("A.10.02", "10"), ("H 25.1", "25"), ("33C2", "33"), ("a-07", "7"), ("6", "6"), (" 12.3 ", "12")],
        *[("MEDLE", "MEDLE"), ("", "unknown"), (None, "unknown"), ("1234.5", "1234.5")],
    ],
)
def test_groups_of_criteria(criterion: str | None, group: str) -> None:
    frame = pl.DataFrame({"criterion": [criterion]}, schema={"criterion": pl.String})
    assert frame.select(criterion_group()).item() == group
