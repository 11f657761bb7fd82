"""The page of a forecast: what it says of the models, and what it leaves out because it is small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from beredt.demand.forecast.choose import Difference
from beredt.demand.forecast.counts import Counts, compact
from beredt.demand.forecast.forecast import Forecast, forecast, models_for
from beredt.report.forecast.hours import hours_chapter, places_chapter
from beredt.report.forecast.page import ForecastPage
from beredt.report.forecast.past import backtest_chapter, calibration_chapter, verdict_text
from beredt.report.forecast.write_pages import forecast_chapters, make_page
from beredt.report.page.blocks import Chapter, Details, Table

TOLD: Mapping[str, int] = {"incidents_without_time": 3, "incidents_outside": 0}


@pytest.fixture(scope="module")
def answer() -> Forecast:
    """Twelve weeks of two towns, and of a hamlet where four people called, one of them for something ordinary."""
    rng = np.random.default_rng(11)
    by_hour = np.where((np.arange(84 * 24) % 24 >= 8), 1.2, 0.4)
    rate = by_hour[:, None, None] * np.array([[0.5, 0.0], [0.2, 0.0], [0.0, 0.0]])[None]
    found = rng.poisson(rate).astype(np.uint32)
    found[[300, 700, 900], 2, 0] = 1
    found[1100, 2, 1] = 1
    start = datetime(2025, 1, 6, tzinfo=UTC)
    counts = Counts(start, 60, "Europe/Oslo", ("east", "west", "hamlet"), ("A", "V"), compact(found))
    models = {name: one for name, one in models_for(counts).items() if name in ("week_mean", "medic")}
    return forecast(counts, {}, 24, models, 4)


@pytest.fixture
def page(answer: Forecast) -> ForecastPage:
    return make_page(answer, TOLD, "en", "A log")


@pytest.fixture(scope="module")
def small() -> Forecast:
    """Twelve weeks with a call or two a day: 100 to 200 in all."""
    found = np.random.default_rng(5).poisson(0.08, (84 * 24, 1, 1)).astype(np.uint32)
    counts = Counts(datetime(2025, 1, 6, tzinfo=UTC), 60, "UTC", ("all",), ("A",), compact(found))
    assert 35 <= found.sum() < 5 * 168
    models = {name: one for name, one in models_for(counts).items() if name in ("week_mean", "medic")}
    return forecast(counts, {}, 48, models, 4)


def tables(chapter: Chapter) -> list[Table]:
    inner = [one for block in chapter.blocks for one in (block.blocks if isinstance(block, Details) else [block])]
    return [one for one in inner if isinstance(one, Table)]


def test_small_places_and_urgencies_are_not_told_apart(page: ForecastPage) -> None:
    chapter = places_chapter(page)
    (table,) = tables(chapter)
    assert [row.cells[0].text for row in table.rows] == ["All", "east", "west"]
    assert [one.title for one in table.columns] == ["Place", "acute (A)", "All"]
    whole = float(page.answer.mean.sum())
    assert table.rows[0].cells[-1].sort == pytest.approx(whole)
    assert chapter.finding.startswith("Most are expected in east")


def test_a_day_on_which_few_came_is_hidden(answer: Forecast) -> None:
    came = answer.backtest.came.copy()
    came[-1] = 0.0
    came[-1, 5, 0, 0] = 2.0
    page = make_page(replace(answer, backtest=replace(answer.backtest, came=came)), TOLD, "en")
    last = tables(backtest_chapter(page, ""))[-1]
    assert [row.cells[-1].text for row in last.rows] == ["<\u202f5"]
    assert last.rows[0].cells[-1].sort is None


def test_all_models_stand_in_the_backtest_and_the_one_asked_is_marked(page: ForecastPage) -> None:
    table = tables(backtest_chapter(page, verdict_text(page)))[0]
    assert len(table.rows) == 2
    (asked,) = [row.cells[0].text for row in table.rows if row.style]
    assert asked == page.model(page.answer.model)
    skills = [cell.text for row in table.rows for cell in row.cells[-2:]]
    assert skills.count("–") == 2  # no model against itself


@pytest.mark.parametrize(
    ("model", "against", "says"),
    [
        ("week_mean", None, "the simple mean is as good"),
        ("week_mean", (-0.01, -0.03, 0.01), "no more than chance may give: the simple mean is as good"),
        ("glm", (-0.05, -0.08, -0.02), "more than chance"),
    ],
)
def test_the_verdict_says_when_the_simple_mean_is_as_good(
    answer: Forecast, model: str, against: tuple[float, float, float] | None, says: str
) -> None:
    best = "week_mean" if against is None else "glm"
    found = None if against is None else Difference(best, "week_mean", "parts", *against, 0.04, 0.8)
    choice = replace(answer.choice, model=model, best=best, simple="week_mean", against_simple=found)
    text = verdict_text(make_page(replace(answer, model=model, choice=choice), TOLD, "en"))
    assert says in text
    assert ("as good" in text) == choice.simple_is_as_good
    for language in ("nb", "nn"):
        spoken = verdict_text(make_page(replace(answer, model=model, choice=choice), TOLD, language))
        assert ("like godt" in spoken) == choice.simple_is_as_good
    assert "wished" not in text
    wished = verdict_text(make_page(replace(answer, model="medic", choice=choice), TOLD, "en"))
    assert wished.endswith("wished for: MEDIC.")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_small_log_is_not_told_hour_by_hour(small: Forecast, language: str) -> None:
    """A mean of the hour of the week gives the count of that hour away: so few calls are told in longer stretches."""
    page = make_page(small, TOLD, language)
    steps, sums = tables(hours_chapter(page, ""))
    had = int(small.counts.counts.sum())
    assert page.told_length_h == (6 if had >= 5 * 28 else 24)
    assert len(steps.rows) == 48 // page.told_length_h
    assert [row.cells[1].sort for row in sums.rows] == [24, 24, 48]
    expected = [row.cells[2].sort or 0.0 for row in sums.rows]
    assert expected[0] + expected[1] == pytest.approx(expected[2], abs=0.11)
    assert all(row.cells[3].text and row.cells[4].text for row in sums.rows)
    coverage = tables(calibration_chapter(page))[-1]
    assert [row.cells[0].sort for row in coverage.rows] == [6, 24, 48]


def test_many_calls_are_told_hour_by_hour_with_their_sums(page: ForecastPage) -> None:
    steps, sums = tables(hours_chapter(page, ""))
    assert page.told_length_h == 0
    assert len(steps.rows) == 24
    assert sums.rows[-1].cells[2].sort == pytest.approx(float(page.answer.mean.sum()), abs=0.06)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_language_tells_the_same_chapters(answer: Forecast, language: str) -> None:
    chapters = forecast_chapters(make_page(answer, TOLD, language))
    assert [one.id for one in chapters] == ["summary", "places", "backtest", "calibration", "method"]
    assert all(one.finding for one in chapters)
    assert "3" in str(chapters[-1].blocks)  # incidents without a time


def test_hours_are_those_of_the_clock_of_the_service(page: ForecastPage) -> None:
    assert page.moment(page.rows["begin"][0]) == "Mon 31 Mar 02:00"  # midnight in UTC, in summer time
    assert page.local(page.answer.moment) == page.rows["begin"][0]
