"""A simulated year kept as a store of missions is counted as the year itself: simulated and real go one way."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pytest

from beredt.errors import StoreError
from beredt.indicators.free_units import changes_of
from beredt.indicators.moments import moments_of
from beredt.indicators.observed import Frame, Year, contiguous
from beredt.indicators.observing.join_tallies import tally_service
from beredt.indicators.observing.observe import ObservedService, observe_service
from beredt.indicators.observing.stretches import cut_log
from beredt.indicators.tally import Tally
from beredt.indicators.utilisation import UnitSum
from beredt.missions.schema import INCIDENTS, MISSIONS
from beredt.missions.store import Store, open_store
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.simulation.mission_store import write_year
from beredt.simulation.run import Simulator
from beredt.simulation.simulate_study import simulate_study
from beredt.simulation.study_roads import load_or_build_roads
from tests.tiny_study import write_tiny_study
from tests.tiny_trace_study import write_trace_study


class Kept(NamedTuple):
    """A year, and the store it was kept in."""

    study: Study
    frame: Frame
    year: Year  # of the incidents with a call in the days that count, as a log would have them
    store: Store

    def counted(self) -> Tally:
        year = contiguous(self.year)
        moments = moments_of(self.frame, year)
        return tally_service(self.frame, year, moments, changes_of(self.frame, year, moments))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("kept")
    study = load_study(write_tiny_study(folder / "study"))
    with Simulator(study, load_or_build_roads(study), 1) as simulator:
        frame = simulator.frame_of(study.service)
        (timed,) = simulator.observe(study.service, 1)
    year = timed.year
    store = write_year(folder / "store", study, study.service, frame, year)
    call_t, missions = year.incidents.call_t, year.missions
    inside = ((call_t >= frame.start_s) & (call_t < frame.end_s))[missions.incident]
    columns = {name: column[inside] for name, column in missions._asdict().items()}
    own = year._replace(missions=missions._replace(**columns))
    return Kept(study, frame, own, store)


@pytest.fixture(scope="module")
def observed(kept: Kept) -> ObservedService:
    return observe_service(kept.store, kept.study)


def test_a_store_has_the_columns_of_a_log_and_its_rows_are_accounted_for(kept: Kept) -> None:
    store = open_store(kept.store.path)
    missions, incidents = store.missions().collect(), store.incidents().collect()
    assert missions.schema == MISSIONS
    assert incidents.schema == INCIDENTS
    assert store.info.generated
    assert store.info.missions == missions.height == len(kept.year.missions.unit)
    assert store.info.rows_in == missions.height + incidents["rows_without_unit"].sum()
    assert incidents["missions"].sum() == missions.height


def test_flows_are_those_of_the_year(kept: Kept, observed: ObservedService) -> None:
    own, told = kept.counted().flows, observed.tally.flows
    zones = [observed.frame.zone_ids.index(zone) for zone in kept.frame.zone_ids]
    units = [observed.frame.station_ids.index(station) for station in kept.frame.station_ids]
    assert np.array_equal(told.stations[np.ix_(units, zones)], own.stations)
    assert told.stations.sum() == own.stations.sum()
    assert np.array_equal(told.centres, own.centres)
    assert np.array_equal(told.outside, own.outside)


def test_simultaneity_and_free_units_are_those_of_the_year(kept: Kept, observed: ObservedService) -> None:
    own, told = kept.counted(), observed.tally
    assert np.array_equal(told.simultaneity.drawn_in, own.simultaneity.drawn_in)
    assert np.array_equal(told.simultaneity.drawn_in_ms, own.simultaneity.drawn_in_ms)
    assert np.array_equal(told.free.least, own.free.least)
    assert np.array_equal(told.free.conflict, own.free.conflict)
    assert np.array_equal(told.free.ms, own.free.ms)


def test_units_do_what_they_did_but_for_what_no_log_tells(kept: Kept, observed: ObservedService) -> None:
    own = kept.counted().units[[kept.frame.unit_ids.index(unit) for unit in observed.frame.unit_ids]]
    told = observed.tally.units
    for known in (UnitSum.DUTY, UnitSum.ACTIVE, UnitSum.MISSIONS):
        assert np.array_equal(told[:, known], own[:, known]), known.name
    assert not told[:, [UnitSum.STANDBY, UnitSum.DRIVING_HOME]].any()


def test_a_log_in_many_stretches_is_counted_as_one(
    kept: Kept, observed: ObservedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beredt.indicators.observing.observe.ROWS_AT_ONCE", 50)
    assert len(list(cut_log(kept.store, observed.days, 50))) > 3
    again = observe_service(kept.store, kept.study)
    assert again.notes == observed.notes
    assert_equal(again.tally, observed.tally)


def assert_equal(one: Any, other: Any) -> None:
    """Two tallies, or parts of them."""
    if isinstance(one, tuple):
        for mine, theirs in zip(one, other, strict=True):
            assert_equal(mine, theirs)
    else:
        assert np.array_equal(one, other)


def test_nothing_had_to_be_assumed(observed: ObservedService) -> None:
    assert observed.duty.basis == "roster"
    assumed = ("free_missing", "free_too_late", "overlapped", "without_call", "without_area", "moved_units")
    assert {name: observed.notes[name] for name in assumed} == dict.fromkeys(assumed, 0)


def test_without_a_study_a_log_is_told_by_what_it_names(kept: Kept, observed: ObservedService) -> None:
    told = observe_service(kept.store)
    assert told.duty.basis == "seen"
    assert set(told.frame.municipality_ids) == {"ost", "vest", "sor"}
    assert told.tally.flows.stations[..., 0].sum() == observed.tally.flows.stations[..., 0].sum()
    assert np.array_equal(told.tally.units[:, UnitSum.ACTIVE], observed.tally.units[:, UnitSum.ACTIVE])


@pytest.mark.parametrize("write", [write_tiny_study, write_trace_study], ids=["generated", "traced"])
def test_simulate_writes_a_store(write: object, tmp_path: Path) -> None:
    assert callable(write)
    study = load_study(write(tmp_path / "study"))
    told = simulate_study(
        study,
        alternative=None,
        replications=1,
        jobs=1,
        out=tmp_path / "out",
        progress=lambda _stage, _done, _total: None,
        store=tmp_path / "store",
    )
    store = open_store(tmp_path / "store")
    assert told.store == str(tmp_path / "store")
    assert store.info.generated == (study.trace is None)
    assert store.info.incidents == told.incidents
    rows = pl.read_parquet(tmp_path / "out" / "missions.parquet")
    first = rows.filter(pl.col("scene_s").is_not_null())["scene_s"].len()
    assert store.missions().collect()["scene_t"].count() <= first


def test_a_folder_in_use_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "mine.txt").write_text("kept")
    with pytest.raises(StoreError, match="not an empty folder"):
        simulate_study(
            load_study(write_tiny_study(tmp_path / "study")),
            alternative=None,
            replications=1,
            jobs=1,
            out=None,
            progress=lambda _stage, _done, _total: None,
            store=tmp_path / "store",
        )
