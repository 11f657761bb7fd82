"""The tiny study dimensioned, from its folder to the page, with real simulations."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.errors import SitingError, UnknownIdError
from beredt.model.dictionary import load_fields
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.dimensioning.write_pages import render_dimension, write_dimension_pages
from beredt.simulation.run import Simulator
from beredt.simulation.study_roads import load_or_build_roads, study_roads
from beredt.siting.catchment_tally import CatchmentCounter
from beredt.siting.catchments import catchments_of
from beredt.siting.dimensioning.answer import dimension_json, dimension_lines
from beredt.siting.dimensioning.dimension_study import Dimensioning
from beredt.siting.dimensioning.fleet import Fleet, fleet_of, service_with
from beredt.siting.dimensioning.rule import read_dimension_rule
from beredt.siting.dimensioning.run_dimensioning import run_dimensioning, wanted_services
from beredt.siting.dimensioning.scenario import scenarios_of, without_borders
from beredt.siting.dimensioning.shares import NEAREST, TARGET, shares_of, wanted_shares
from beredt.siting.dimensioning.tables import dimension_tables
from beredt.siting.roster_design import on_duty_of, staffed_stations, today_shifts
from tests.tiny_study import write_tiny_study
from tests.tiny_trace_study import write_trace_study

RULE = read_dimension_rule(None)
GOLDEN = {
    "0+/own": ((2, 1, 1), (2, 2, 1), (1, 1, 1)),
    "0+/none": ((1, 1, 1), (2, 2, 2), (1, 1, 1)),
    "2/own": ((1, 2, 1), (2, 2, 2), (1, 1, 1), (1, 1, 1)),
    "2/none": ((2, 2, 2), (2, 1, 1), (1, 1, 1), (1, 1, 1)),
    "2/own/without-st-mid": ((2, 2, 1), (2, 2, 2), (1, 1, 1)),
}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


def run(study: Study, **changed: object) -> Dimensioning:
    given = {
        "alternatives": (),
        "replications": 2,
        "jobs": 1,
        "progress": lambda *_: None,
        "say": lambda _: None,
    }
    return run_dimensioning(study, RULE, **(given | changed))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def done(study: Study) -> Dimensioning:
    return run(study)


def test_the_golden_fleets(done: Dimensioning) -> None:
    assert {name: one.found.fleet.counts for name, one in done.scenarios.items()} == GOLDEN
    assert {one.found.status for one in done.scenarios.values()} == {"proved"}


def test_simulated_anew_every_fleet_keeps_the_rule_and_no_unit_can_go(study: Study, done: Dimensioning) -> None:
    one = done.scenarios["0+/own"]
    network = load_or_build_roads(study)
    counter = CatchmentCounter(one.catchments.station_ids, one.catchments.of_area)
    counts = one.found.fleet.array()
    cells = [(s, b) for s, b in np.argwhere(counts > RULE.least_units).tolist()]
    fleets = [one.found.fleet, *(one.found.fleet.changed(cell, -1) for cell in cells)]
    services = {
        str(number): service_with(one.scenario.service, one.scenario.stations, fleet, RULE)
        for number, fleet in enumerate(fleets)
    }
    with Simulator(study, network, 1) as simulator:
        tallies = simulator.simulate(services, done.replications, counter, km=False)
    for number in range(len(fleets)):
        broken = one.found.asked & (shares_of(tallies[str(number)], RULE).share() < wanted_shares(RULE))
        assert broken.any() == (number > 0)
    assert {removal.cell for removal in one.found.removals} == set(cells)


def test_the_price_is_the_difference_of_two_fleets(done: Dimensioning) -> None:
    for name, price in done.prices.items():
        own, none = (done.scenarios[f"{name}/{which}"].found.fleet for which in ("own", "none"))
        assert price.units == pytest.approx(own.around_the_clock(RULE).sum() - none.around_the_clock(RULE).sum())
        assert price.yearly.low <= price.yearly.value <= price.yearly.high


def test_workers_do_not_change_the_answer(study: Study, done: Dimensioning) -> None:
    other = run(study, jobs=2, alternatives=("0+",))
    assert other.scenarios["0+/own"].found.fleet == done.scenarios["0+/own"].found.fleet
    assert list(other.scenarios) == ["0+/own", "0+/none"]


def test_a_stop_answers_with_what_there_is(study: Study, tmp_path: Path) -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 12

    stopped = run(study, stop=stop)
    assert stopped.stopped
    assert "0+/own" in stopped.scenarios
    assert write_dimension_pages(stopped, tmp_path)
    assert json.dumps(dimension_json(stopped), allow_nan=False)
    nothing = run(study, stop=lambda: True)
    assert not nothing.scenarios
    assert "<h2" in render_dimension(nothing, "nb")


def test_tables_have_the_columns_of_their_dictionary_and_keys_that_name_one_row(done: Dimensioning) -> None:
    for name, table in dimension_tables(done).items():
        fields = load_fields(f"dimension/{name}")
        assert table.columns == [field.name for field in fields]
        assert table.height
        key = [field.name for field in fields if field.key]
        assert table.select(key).is_unique().all(), name


def test_the_page_is_written_in_both_languages_and_says_what_it_is(done: Dimensioning, tmp_path: Path) -> None:
    pages = write_dimension_pages(done, tmp_path)
    assert [page.name for page in pages] == ["dimension.html", "dimension.en.html"]
    english, norwegian = (render_dimension(done, language) for language in ("en", "nb"))
    assert "reconstruction" in english
    assert "rekonstruksjon" in norwegian
    assert english.count("<svg") == 2
    assert "None" not in english
    facts = json.loads((tmp_path / "results" / "results.json").read_text(encoding="utf-8"))
    assert facts["reconstruction"] is True


def test_the_answer_is_json_and_text(done: Dimensioning) -> None:
    told = json.loads(json.dumps(dimension_json(done), allow_nan=False))
    assert len(told["scenarios"]) == len(done.scenarios)
    assert "reconstruction" in told["note"]
    (proposal,) = (one for one in told["proposals"] if one["organisation"] == "trust-west")
    assert proposal["proposed"] == pytest.approx(1.0)
    assert dimension_lines(done)[0].startswith("A reconstruction")


def test_a_fleet_laid_as_a_service_has_its_units_on_duty_in_its_bands(study: Study) -> None:
    stations = staffed_stations(study.service)
    fleet = Fleet(((2, 1, 1), (3, 3, 2), (1, 2, 1)))
    service = service_with(study.service, stations, fleet, RULE)
    assert fleet_of(service, stations, RULE).tolist() == [[2, 1, 1], [3, 3, 2], [1, 2, 1]]
    assert fleet.units == 7
    assert fleet.fte(RULE) == pytest.approx(12 * fleet.around_the_clock(RULE).sum())
    assert {unit.kind for unit in study.service.units} == {unit.kind for unit in service.units}
    assert on_duty_of(today_shifts(service, stations[1])).reshape(7, 24)[0].tolist() == [2] * 8 + [3] * 16


def test_without_borders_there_is_one_centre_with_all_reserves(study: Study) -> None:
    service = without_borders(study.service)
    (centre,) = service.centres
    assert centre.reserve_units == sum(one.reserve_units for one in study.service.centres)
    for rows in (service.areas, service.stations, service.standby_points):
        assert {row.centre for row in rows} <= {centre.id}
    assert service.border_rules == ()
    assert without_borders(service) is service


def test_with_borders_an_area_looks_only_at_stations_of_its_centre(study: Study) -> None:
    roads = study_roads(study, load_or_build_roads(study))
    stations = staffed_stations(study.service)
    centre = {row.id: row.centre for row in study.service.stations}
    own = catchments_of(study, study.service, roads, stations, borders=True)
    free = catchments_of(study, study.service, roads, stations, borders=False)
    for area, place in zip(study.service.areas, own.of_area, strict=True):
        assert centre[stations[place]] == area.centre
    assert own.calls_per_h.sum() == pytest.approx(free.calls_per_h.sum())


def test_scenarios_are_with_borders_without_and_without_each_new_station(study: Study) -> None:
    service = apply_edits(study.service, study.get_alternative("2").edits)
    names = [one.name for one in scenarios_of("2", service, study.service)]
    assert names == ["2/own", "2/none", "2/own/without-st-mid"]
    assert list(wanted_services(study, ["2"])) == ["0+", "2"]
    assert list(wanted_services(study, ["today"])) == ["0+", "today"]


def test_what_cannot_be_is_told(study: Study, tmp_path: Path) -> None:
    with pytest.raises(UnknownIdError, match="alternative"):
        run(study, alternatives=("22",))
    with pytest.raises(SitingError, match="trace"):
        run(load_study(write_trace_study(tmp_path)))


def test_shares_add_up_hours_of_a_band(study: Study, done: Dimensioning) -> None:
    one = done.scenarios["2/own"]
    shares = one.found.shares
    assert shares.calls.shape == (2, 4, 3, done.replications)
    assert (shares.kept <= shares.calls).all()
    assert shares.overall()[NEAREST].shape == (done.replications,)
    assert isinstance(dimension_tables(done)["dimension_cells"], pl.DataFrame)
    assert (shares.share()[TARGET] <= 1.0).all()
