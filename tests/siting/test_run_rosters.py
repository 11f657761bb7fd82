"""Rosters of the tiny study, from its folder to the page."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.errors import SitingError, UnknownIdError
from beredt.model.dictionary import load_fields
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.rosters.write_pages import render_rosters, write_roster_pages
from beredt.siting.roster_design import movable, today_shifts
from beredt.siting.rosters.need import fewest_units
from beredt.siting.rosters.rules import read_roster_rules
from beredt.siting.run_rosters import RosterAnswer, roster_json, roster_lines, roster_tables, run_rosters
from tests.tiny_study import write_tiny_study
from tests.tiny_trace_study import write_trace_study

RULES = read_roster_rules(None)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


def run(study: Study, **changed: object) -> RosterAnswer:
    given = {"alternative": None, "stations": (), "replications": 1, "jobs": 1, "progress": lambda *_: None}
    return run_rosters(study, RULES, **(given | changed))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def answer(study: Study) -> RosterAnswer:
    return run(study)


def test_every_station_with_an_ambulance_gets_rosters_that_meet_its_need(answer: RosterAnswer) -> None:
    assert [one.station for one in answer.stations] == ["st-east", "st-west", "st-south"]
    for one in answer.stations:
        assert one.fewest_plan.status == "proved"
        assert (one.fewest.on_duty >= np.maximum(one.week.need, RULES.least_units)).all()
        assert one.fewest.short_h == 0
        assert one.week.need.tolist() == [fewest_units(load, RULES.blocking) for load in one.week.load]
        if one.moved is not None:
            assert one.moved.blocked <= one.today.blocked + 1e-9
            assert one.moved.paid_h <= one.today.paid_h + 1e-9


def test_loads_are_the_calls_of_the_study_times_their_work(study: Study, answer: RosterAnswer) -> None:
    calls = sum(float(one.week.calls.sum()) for one in answer.stations) * 8760 / 168
    people = sum(row["people"] for row in study.population.filter(pl.col("year") == 2026).to_dicts())
    assert 0.02 * people < calls < 0.06 * people  # some 40 acute incidents per 1,000 people and year


def test_only_part_day_cars_are_moved(study: Study) -> None:
    for station in ("st-east", "st-west"):
        forms, part_day = movable(dict(today_shifts(study.service, station)))
        whole = [form for form in forms if form.length_min == 1440]
        assert part_day == (len(whole) < len(forms))
        assert len({form.start_min for form in whole}) <= 1


def test_tables_have_the_columns_of_their_dictionary_and_keys_that_name_one_row(answer: RosterAnswer) -> None:
    for name, table in roster_tables(answer).items():
        fields = load_fields(f"roster/{name}")
        assert table.columns == [field.name for field in fields]
        assert table.select([field.name for field in fields if field.key]).is_unique().all()


def test_the_page_is_written_in_both_languages_with_a_chart_per_station(answer: RosterAnswer, tmp_path: Path) -> None:
    pages = write_roster_pages(answer, tmp_path)
    assert [page.name for page in pages] == ["roster.html", "roster.en.html"]
    english = pages[1].read_text(encoding="utf-8")
    assert english.count("<svg") == len(answer.stations)
    assert "None" not in english
    assert (tmp_path / "results" / "roster_hours.parquet").is_file()
    assert render_rosters(answer, "en") == english


def test_the_answer_is_json_and_text(answer: RosterAnswer) -> None:
    told = json.loads(json.dumps(roster_json(answer), allow_nan=False))
    assert {len(one["need"]) for one in told["stations"]} == {168}
    assert told["fte"]["fewest"] > 0
    assert len(roster_lines(answer)) >= 3 * len(answer.stations) - 2


def test_one_station_of_an_alternative(study: Study) -> None:
    answer = run(study, alternative="2", stations=("st-mid",))
    assert [one.station for one in answer.stations] == ["st-mid"]


def test_what_cannot_be_is_told(study: Study, tmp_path: Path) -> None:
    with pytest.raises(UnknownIdError, match="station"):
        run(study, stations=("nowhere",))
    with pytest.raises(SitingError, match="trace"):
        run(load_study(write_trace_study(tmp_path)))
