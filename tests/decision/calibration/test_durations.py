"""Durations, needs and drives of a log, on stories small enough to work out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.calibration.intervals import durations_of, fit_lognormal, missed, with_roles
from beredt.decision.calibration.log import CalibrationLog, read_log
from beredt.decision.calibration.needs import asked_for, busy_units
from beredt.decision.calibration.places import with_places
from beredt.decision.calibration.speeds import fit_factor
from beredt.demand.special import ndtri
from beredt.model.read import load_study
from beredt.simulation.study_roads import load_or_build_roads, study_roads
from tests.indicators.made_store import make_store
from tests.tiny_study import write_tiny_study

SCORES = ndtri((np.arange(999) + 1) / 1000.0)
PLACE = {"lat": 59.85, "lon": 10.5}


@given(st.floats(10, 5000), st.floats(0.05, 1.2))
def test_a_lognormal_sample_gives_its_figures_back(median_s: float, sigma: float) -> None:
    sample = median_s * np.exp(sigma * SCORES)
    found = fit_lognormal(sample)
    assert found["median_s"] == pytest.approx(median_s, rel=0.01)
    assert found["sigma"] == pytest.approx(sigma, rel=0.01)
    assert missed(found, sample) < 0.01


@given(st.floats(1, 80_000), st.integers(0, 30))
def test_a_few_forgotten_buttons_hardly_count(odd_s: float, many: int) -> None:
    clean = 600.0 * np.exp(0.5 * SCORES)
    found = fit_lognormal(np.concatenate([clean, np.full(many, odd_s)]))
    assert found["median_s"] == pytest.approx(600.0, rel=0.03)
    assert found["sigma"] == pytest.approx(0.5, rel=0.12)


def test_the_median_of_drives_becomes_the_factor_whose_simulated_median_it_is() -> None:
    drives = pl.DataFrame({"seen_s": [80.0] * 5000, "road_s": [100.0] * 5000})
    assert fit_factor(drives, 0.8, 0.0) == pytest.approx(0.8)
    assert fit_factor(drives, 1.2, 0.25) == pytest.approx(0.8 * np.exp(0.25**2 / 2), rel=0.01)
    assert fit_factor(drives.head(20), 1.0, 0.0) == pytest.approx(np.sqrt(0.8))
    assert fit_factor(drives.clear(), 0.7, 0.25) == 0.7


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 30)), max_size=12), st.integers(0, 90))
def test_busy_units_are_counted_as_one_would_by_hand(work: list[tuple[int, int]], moment: int) -> None:
    begins, ends = [float(begin) for begin, _ in work], [float(begin + length) for begin, length in work]
    missions = pl.DataFrame(
        {"ambulance": [True] * len(work), "alerted_at": begins, "free_at": ends},
        schema={"ambulance": pl.Boolean(), "alerted_at": pl.Float64(), "free_at": pl.Float64()},
    )
    own = float(moment)
    slowly = sum(begin < own <= end for begin, end in zip(begins, ends, strict=True))
    assert busy_units(missions, np.array([own])).tolist() == [slowly]


def story(tmp_path: Path) -> tuple[CalibrationLog, pl.DataFrame]:
    """Day of a unit of the southern station, from which nobody goes to a standby point, in minutes."""
    ride = {"unit": "s-1", "station": "st-south", "urgency": "A", **PLACE}
    rows = [
        ride | {"key": "1", "call_t": 0, "alerted_t": 2, "rolling_t": 4, "scene_t": 9, "leave_t": 29, "free_t": 29},
        ride | {"key": "2", "call_t": 28, "alerted_t": 30, "rolling_t": 31, "scene_t": 40, "leave_t": 60, "dest_t": 75,
                "free_t": 90, "destination": "Vest sykehus"},
        ride | {"key": "3", "call_t": 100, "alerted_t": 102, "rolling_t": 103, "scene_t": 110, "cancelled": True,
                "free_t": 110},
        ride | {"key": "4", "call_t": 600, "alerted_t": 603, "rolling_t": 605, "scene_t": 611, "leave_t": 620,
                "dest_t": 640, "free_t": 655},
        {"key": "4", "incident": 3, "unit": "w-1", "station": "Vest", "urgency": "A", **PLACE, "call_t": 600,
         "alerted_t": 603, "rolling_t": 604, "scene_t": 621, "free_t": 650},
        ride | {"key": "5", "incident": 5, "unit": "e-3", "station": "st-east", "unit_kind": "single_responder",
                "call_t": 900, "alerted_t": 901, "rolling_t": 902, "scene_t": 912, "free_t": 920},
    ]  # fmt: skip
    study = load_study(write_tiny_study(tmp_path / "study"))
    store = make_store(tmp_path / "store", rows)
    log = read_log(study, store)
    missions = with_places(study, store, log, study_roads(study, load_or_build_roads(study)))
    return log, missions


def test_where_units_stood(tmp_path: Path) -> None:
    _, missions = story(tmp_path)
    stood = dict(missions.select("row_id", "stood").iter_rows())
    # First mission of the day · just free at the scene · between · long back · a shared station · a shared station.
    assert [stood[row] for row in range(6)] == ["home", "out", "", "home", "", ""]


def test_drives_have_the_roads_seconds_where_both_ends_are_known(tmp_path: Path) -> None:
    _, missions = story(tmp_path)
    rows = {row["row_id"]: row for row in missions.to_dicts()}
    assert rows[0]["station_s"] == pytest.approx(rows[3]["station_s"])
    assert rows[0]["station_s"] > 102.0
    assert rows[4]["station_s"] > rows[0]["station_s"]
    assert rows[1]["transport_s"] == pytest.approx(rows[3]["transport_s"])
    assert rows[0]["transport_s"] is None


def test_which_missions_tell_which_interval(tmp_path: Path) -> None:
    log, missions = story(tmp_path)
    told: dict[str, list[float]] = {}
    for row in durations_of(log, missions).to_dicts():
        told.setdefault(row["interval"], []).append(row["seconds"] / 60.0)
    assert {name: sorted(values) for name, values in told.items()} == {
        "handling": [1.0, 2.0, 2.0, 2.0, 3.0],
        "mobilisation": [2.0, 2.0],
        "mobilisation_out": [1.0],
        "on_scene": [9.0, 20.0, 20.0],
        "second_on_scene": [29.0],
        "handover": [15.0, 15.0],
    }
    assert with_roles(missions)["took"].sum() == 2


def test_who_was_asked_for(tmp_path: Path) -> None:
    _, missions = story(tmp_path)
    found = asked_for(missions)
    assert found["incident"].to_list() == [0, 1, 3]
    assert found["transport_share"].to_list() == [False, True, True]
    assert found["second_unit_share"].to_list() == [False, False, True]
