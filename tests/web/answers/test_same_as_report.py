"""An answer after all replications says what `beredt study run` finds and writes of the same study, to the last bit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.chapters.parts import FEWEST
from beredt.report.chapters.summary import MARKS
from beredt.report.context import make_context
from beredt.report.findings.gate import answers, where_line
from beredt.report.results import Results
from beredt.report.run_study import chosen_services, simulated_tables
from beredt.report.words import load_words
from beredt.roads.build import build_network
from beredt.simulation.run import Simulator
from beredt.web.alternative_files import read_alternative
from beredt.web.answers.compare import compared_in
from beredt.web.answers.forms import Answer, EstimateOut
from beredt.web.answers.gate_words import verdict_words
from beredt.web.answers.make_answer import make_answer
from beredt.web.answers.telling import telling_of
from tests.tiny_study import write_tiny_study
from tests.web.answers.simulated import Year, question

REPLICATIONS = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_study(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    return load_study(folder)


@pytest.fixture(scope="module")
def tables(study: Study) -> Mapping[str, pl.DataFrame]:
    """The tables of a run."""
    services = chosen_services(study, ())
    network = build_network(study)
    with Simulator(study, network, jobs=1) as simulator:
        return simulated_tables(study, services, REPLICATIONS, simulator, lambda *_: None, lambda _: None)


@pytest.fixture(scope="module")
def entries(folder: Path) -> list[dict[str, object]]:
    """The edits of the saved alternative, as a page has them."""
    return [dict(one) for one in read_alternative(folder, "alternatives/2.toml").entries]


def answered(study: Study, entries: list[dict[str, object]], against: str, language: str = "en") -> Answer:
    asked = question(of=[{"id": "2", "edits": entries}], against=against, with_calendar=True)
    compared = compared_in(study, asked)
    telling = telling_of(study, compared, "A", language)
    return make_answer(telling, Year(study).runs(compared.proposals, REPLICATIONS), REPLICATIONS, with_calendar=True)


@pytest.fixture(scope="module")
def answer(study: Study, entries: list[dict[str, object]]) -> Answer:
    return answered(study, entries, "0+")


def row(tables: Mapping[str, pl.DataFrame], table: str, **wanted: object) -> tuple[float, float, float]:
    keys = {"alternative": "2", "urgency": "A", "hour": -1} | wanted
    if table == "differences":
        keys["baseline"] = "0+"
    found = tables[table].filter(*(pl.col(key) == value for key, value in keys.items()))
    assert found.height == 1, keys
    return found.select("value", "low", "high").row(0)


def numbers(found: EstimateOut) -> tuple[float | None, float | None, float | None]:
    return found.value, found.low, found.high


def test_every_place_has_the_levels_and_differences_of_the_tables(
    answer: Answer, tables: Mapping[str, pl.DataFrame]
) -> None:
    places = answer.alternatives[0].places
    assert {"all", "west", "forest", "vest", "ost", "ost-by"} <= {place.id for place in places}
    for place in places:
        for measure, level, difference in (
            ("share_within_target", place.share, place.difference_share),
            ("response_mean_s", place.mean_s, place.difference_mean_s),
            ("response_p90_s", place.p90_s, place.difference_p90_s),
        ):
            assert numbers(level) == row(tables, "indicators", measure=measure, group=place.id)
            assert numbers(difference) == row(tables, "differences", measure=measure, group=place.id)
        assert place.incidents == row(tables, "indicators", measure="incidents", group=place.id)[0]


def test_cards_and_curves_are_about_the_local_group(answer: Answer, tables: Mapping[str, pl.DataFrame]) -> None:
    cards = {card.id: card for card in answer.alternatives[0].cards}
    for card, measure, urgency in (
        ("within_target", "share_within_target", "A"),
        ("p90", "response_p90_s", "A"),
        ("mean", "response_mean_s", "A"),
        ("drawn_in", "drawn_in_mean", ""),
    ):
        found = cards[card]
        keys = {"measure": measure, "group": "west", "urgency": urgency}
        assert numbers(found.value) == row(tables, "indicators", **keys)
        assert numbers(found.against) == row(tables, "indicators", alternative="0+", **keys)
        assert numbers(found.difference) == row(tables, "differences", **keys)
        assert found.by_hour is not None
        by_hour = tables["indicators"].filter(
            pl.col("alternative") == "2", pl.col("hour") >= 0, *(pl.col(key) == value for key, value in keys.items())
        )
        assert {hour: found.by_hour[hour] for hour in by_hour["hour"]} == dict(by_hour.select("hour", "value").rows())
    for fleet in ("active_h", "km"):
        keys = {"measure": fleet, "group": "all", "urgency": ""}
        assert numbers(cards[fleet].value) == row(tables, "indicators", **keys)
        assert numbers(cards[fleet].against) == row(tables, "indicators", alternative="0+", **keys)
        assert numbers(cards[fleet].difference) == row(tables, "differences", **keys)
        assert cards[fleet].group == "all"
    assert (cards["units"].value.value or 0) - (cards["units"].against.value or 0) == 1
    assert cards["units"].change == "changed"


def test_areas_are_those_of_the_map_and_few_incidents_are_left_out(
    study: Study, answer: Answer, tables: Mapping[str, pl.DataFrame]
) -> None:
    areas = answer.alternatives[0].areas
    own = tables["areas"].filter(pl.col("urgency") == "A")
    two, base = ({row["area"]: row for row in own.filter(pl.col("alternative") == name).iter_rows(named=True)}
                 for name in ("2", "0+"))  # fmt: skip
    for number, area in enumerate(one.id for one in study.service.areas):
        assert (areas.mean_s[number] is None) == (area not in two or two[area]["mean_s"] is None)
        if areas.mean_s[number] is not None:
            assert areas.mean_s[number] == pytest.approx(two[area]["mean_s"], abs=1e-3)
            assert areas.share[number] == pytest.approx(two[area]["share_within_target"], abs=1e-4)
        told = area in base and base[area]["incidents"] >= FEWEST and areas.mean_s[number] is not None
        assert (areas.difference_s[number] is not None) == told


def test_flows_units_and_calendar_are_those_of_the_tables(
    study: Study, answer: Answer, tables: Mapping[str, pl.DataFrame]
) -> None:
    two = answer.alternatives[0]
    missions = tables["flows"].filter(
        pl.col("alternative") == "2", pl.col("urgency") == "A", pl.col("counting") == "missions"
    )
    assert sum(flow.missions for flow in two.flows) == pytest.approx(missions["value"].sum())
    units = tables["units"].filter(pl.col("alternative") == "2")
    assert {one.unit: one.utilisation for one in two.units} == dict(units.select("unit", "utilisation").rows())
    hours = tables["simultaneity"].filter(pl.col("alternative") == "2").sort("day", "hour")
    assert two.calendar is not None
    levels = np.minimum(hours["drawn_in"].to_numpy(), 5).reshape(-1, 24)
    assert np.array_equal(np.array(two.calendar.levels), levels)


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
def test_the_gate_speaks_as_the_report_does(
    study: Study, entries: list[dict[str, object]], tables: Mapping[str, pl.DataFrame], language: str
) -> None:
    gate = answered(study, entries, "today", language).alternatives[0].gate
    assert gate is not None
    words = load_words(language)
    ctx = make_context(study, Results({"fingerprint": study.fingerprint, "replications": REPLICATIONS}, tables), words)
    main = tables["gate"].filter(pl.col("sensitivity") == "", pl.col("alternative") == "2")
    (report,) = [one for one in answers(ctx) if one.alternative == "2"]
    assert {(one.group, one.measure, one.outcome) for one in gate.rows} == set(
        main.select("group", "measure", "verdict").rows()
    )
    main_verdict = tables["verdicts"].filter(pl.col("alternative") == "2")["main_verdict"].item()
    assert gate.outcome == main_verdict
    assert gate.mark == MARKS[gate.outcome]
    assert gate.answer == verdict_words(ctx, gate.outcome)
    if report.deciding is not None and not report.turned_by:
        assert gate.lines[0] == where_line(ctx, report.deciding)
    assert not gate.provisional


def test_what_a_whole_run_may_take_back_is_never_told_as_its_last_word(
    study: Study, tables: Mapping[str, pl.DataFrame]
) -> None:
    results = Results({"fingerprint": study.fingerprint, "replications": REPLICATIONS}, tables)
    ctx = make_context(study, results, load_words("en"))
    assert any(one.decides for one in study.sensitivities)
    assert verdict_words(ctx, "meets") == "Meets premise 1 – other assumptions not tried"
    assert verdict_words(ctx, "fails") == "Does not meet premise 1 – other assumptions not tried"
    assert verdict_words(ctx, "undecided") == "Undecided"
    steady = make_context(replace(study, sensitivities=()), results, load_words("en"))
    assert verdict_words(steady, "meets") == "Meets premise 1"


def test_rows_of_the_gate_hold_the_numbers_of_its_table(answer: Answer, tables: Mapping[str, pl.DataFrame]) -> None:
    gate = answer.alternatives[0].gate
    assert gate is not None
    for found in gate.rows:
        scale = 0.01 if found.unit == "share" else 1.0
        keys = {"sensitivity": "", "alternative": "2", "group": found.group, "measure": found.measure}
        line = tables["gate"].filter(*(pl.col(key) == value for key, value in keys.items()))
        wanted = line.select("difference", "low", "high").row(0)
        assert numbers(found.difference) == pytest.approx(tuple(value * scale for value in wanted))
        assert found.margin == pytest.approx(line["margin"].item() * scale)
