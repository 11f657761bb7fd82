"""The simulation does what an independent simulator did: JEMSS, call by call, on the road network of Auckland.

JEMSS is written in Julia by others; its results lie in the reference data. Response times agree within a millisecond
(in fact within rounding), and so does how often each call was queued and its ambulance taken away.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from beredt.simulation.jemss.import_city import import_city
from beredt.simulation.simulate_study import SimulationSummary
from tests.published.jemss_results import DAY_S, Ambulances, read_calls, simulate_folder

WITHIN_S = 1e-3
pytestmark = pytest.mark.reference


@pytest.fixture(scope="module", params=["auckland_none", "auckland_dmexclp"])
def run(request: pytest.FixtureRequest, reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(request.param, reference_data / "jemss", tmp_path_factory.mktemp(request.param))


class Run:
    """One of the runs whose results JEMSS left, imported and simulated as a user would."""

    def __init__(self, name: str, jemss: Path, folder: Path) -> None:
        golden = jemss / "golden" / name
        import_city(
            jemss / "cities/auckland/models/1",
            calls=golden / "calls_input.csv.gz",
            redispatch="redispatch_lower_to_high",
            rasters=jemss / "rasters",
            out=folder / "study",
        )
        rule = "dmexclp:0.4" if name.endswith("dmexclp") else None
        self.summary: SimulationSummary = simulate_folder(folder / "study", folder / "out", rule)
        self.ours = pl.read_parquet(folder / "out" / "missions.parquet").sort("incident_id")
        self.units = pl.read_parquet(folder / "out" / "units.parquet")
        self.theirs = read_calls(golden / "calls_output.csv.gz")
        self.ambulances = Ambulances(golden / "ambulances_output.csv.gz")


def test_every_call_has_one_row_and_its_own_number(run: Run) -> None:
    assert run.ours["incident_id"].to_list() == run.theirs["index"].cast(pl.Int64).to_list()


def test_response_times_agree(run: Run) -> None:
    theirs_s = run.theirs["responseDuration"].to_numpy() * DAY_S
    assert np.abs(run.ours["response_s"].to_numpy() - theirs_s).max() < WITHIN_S


def test_the_same_calls_wait_and_lose_their_ambulance(run: Run) -> None:
    assert (run.ours["queued"].to_numpy() == (run.theirs["wasQueued"].to_numpy() == 1)).all()
    assert (run.ours["bumped"].to_numpy() == run.theirs["numBumps"].to_numpy()).all()


def test_ambulances_are_sent_as_often_from_the_same_places(run: Run) -> None:
    pairs = {
        "dispatches": "numDispatches",
        "from_station": "numDispatchesFromStation",
        "on_road": "numDispatchesOnRoad",
        "on_release": "numDispatchesOnFree",
        "taken_off": "numRedispatches",
        "served": "numCallsTreated",
        "transported": "numCallsTransported",
        "moves": "numMoveUps",
    }
    for ours, theirs in pairs.items():
        assert run.units[ours].to_list() == run.ambulances.counts(theirs), ours


def test_ambulances_are_as_long_and_as_far_under_way(run: Run) -> None:
    """All but standing at the station, which depends on when the run ends."""
    seconds = {
        "to_scene_s": "ambGoingToCall",
        "at_scene_s": "ambAtCall",
        "transport_s": "ambGoingToHospital",
        "handover_s": "ambAtHospital",
        "homeward_s": "ambReturningToStation",
        "moving_s": "ambMovingUpToStation",
    }
    for ours, theirs in seconds.items():
        np.testing.assert_allclose(_column(run, ours), run.ambulances.seconds(theirs), rtol=1e-9, atol=1e-3)
    for ours, theirs in seconds.items():
        if ours not in ("at_scene_s", "handover_s"):
            km = _column(run, ours.removesuffix("_s") + "_km")
            np.testing.assert_allclose(km, run.ambulances.kilometres(theirs), rtol=2e-6, atol=1e-3)


def test_the_summary_says_what_jemss_says(run: Run) -> None:
    mean_min = run.theirs["responseDuration"].to_numpy().mean() * DAY_S / 60.0
    assert run.summary.mean_response_s is not None
    assert run.summary.mean_response_s / 60.0 == pytest.approx(mean_min, abs=1e-9)
    assert run.summary.share_in_target == pytest.approx(
        0.5674 if run.summary.incidents == 10_000 else 0.581667, abs=1e-6
    )


def _column(run: Run, name: str) -> NDArray[np.float64]:
    column: NDArray[np.float64] = run.units[name].to_numpy()
    return column


def test_a_table_reader_that_drops_rows_would_be_noticed() -> None:
    """The reader of this test takes every row of the table of calls, and none of the tables before it."""
    text = "miscData,\nstartTime,\n0.0\n,\ncalls,,\nindex,x,\n1,2.5,\n2,3.5,\n,,\n"
    assert read_calls(io.BytesIO(text.encode())).rows() == [(1, 2.5), (2, 3.5)]
