"""A study with wrong figures, held against a simulated log of the right ones, gets the right ones back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import pytest

from beredt.decision.calibration.calibrate import TABLES, Calibration, calibrate
from beredt.decision.calibration.errors import TableError, table_errors
from beredt.decision.calibration.write_study import change_table, write_calibrated_study
from beredt.errors import StoreError, StudyError
from beredt.missions.store import Store, open_store
from beredt.model.read import load_study, read_study
from beredt.model.study import Study
from beredt.report.calibration.write_pages import render_calibration, write_calibration_pages
from beredt.simulation.mission_store import write_year
from beredt.simulation.run import Simulator
from beredt.simulation.study_roads import load_or_build_roads
from tests.indicators.made_store import make_store
from tests.tiny_study import STUDY_TOML, tiny_files, write_files, write_tiny_study
from tests.tiny_trace_study import write_trace_study

DAYS = 728
WRONG: dict[tuple[str, str], Callable[[list[str]], float]] = {
    ("rates", "per_1000"): lambda cells: 1.4 if cells[1] == "A" else 0.7,
    ("intervals", "median_s"): lambda _: 1.3,
    ("intervals", "sigma"): lambda _: 1.5,
    ("profile", "weight"): lambda cells: 1.0 / float(cells[3]),
    ("needs", "transport_share"): lambda _: 0.8,
    ("needs", "second_unit_share"): lambda _: 0.3,
    ("speeds", "factor"): lambda _: 1.25,
}
"""What is multiplied by what, by table and column."""

WRONG_AREAS = {"e1": 2.0, "e2": 0.5, "w1": 0.4, "w2": 1.7}
"""Areas that the wrong study takes for unlike the others."""


def wrong_files() -> dict[str, str]:
    """The tiny study with all that a log can tell spoilt."""
    files = tiny_files()
    for (table, column), factor in WRONG.items():
        header, *rows = files[f"{table}.csv"].splitlines()
        place = header.split(",").index(column)
        lines = [header]
        for row in rows:
            cells = row.split(",")
            cells[place] = str(round(float(cells[place]) * factor(cells), 4))
            lines.append(",".join(cells))
        files[f"{table}.csv"] = "\n".join(lines) + "\n"
    rows = [f"{area},{urgency},{factor}" for area, factor in WRONG_AREAS.items() for urgency in "AHV"]
    return files | {"area_factors.csv": "\n".join(["area,urgency,factor", *rows]) + "\n"}


class Loop(NamedTuple):
    """What was simulated, its log, the wrong study, and what came of it."""

    true: Study
    store: Store
    wrong: Study
    calibration: Calibration

    def after(self, table: str, **key: str) -> dict[str, float]:
        """Values of the log."""
        return dict(next(one for one in self.calibration.of_table(table) if dict(one.key) == key).after)

    def after_need(self, urgency: str, field: str) -> float:
        """A share of the log."""
        found = (one.after for one in self.calibration.of_table("needs") if one.key["urgency"] == urgency)
        return next(values[field] for values in found if field in values)


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    folder = tmp_path_factory.mktemp("loop")
    files = tiny_files() | {"study.toml": STUDY_TOML.replace("days = 28", f"days = {DAYS}")}
    true = load_study(write_files(folder / "true", files))
    with Simulator(true, load_or_build_roads(true), 1) as simulator:
        frame = simulator.frame_of(true.service)
        (timed,) = simulator.observe(true.service, 1)
    store = write_year(folder / "store", true, true.service, frame, timed.year)
    wrong = load_study(write_files(folder / "wrong", wrong_files()))
    return Loop(true, store, wrong, calibrate(wrong, store))


def test_rates_come_back(loop: Loop) -> None:
    for row in loop.true.service.rates:
        told = loop.after("rates", rate_region=row.rate_region, urgency=row.urgency)["per_1000"]
        assert told == pytest.approx(row.per_1000, rel=0.10)


def test_profiles_come_back(loop: Loop) -> None:
    true = np.tile(np.where((np.arange(24) >= 8) & (np.arange(24) < 20), 4 / 3, 2 / 3), 7)
    assert np.abs(loop.calibration.profile_before - true).mean(axis=1) == pytest.approx(1 / 3, abs=0.01)
    for told, most in zip(loop.calibration.profile_after, (0.13, 0.13, 0.2), strict=True):
        assert told.mean() == pytest.approx(1.0)
        assert np.abs(told - true).mean() < most


def test_intervals_with_many_observations_come_back(loop: Loop) -> None:
    true = {(row.interval, row.urgency): row for row in loop.true.service.intervals}
    told = [one for one in loop.calibration.of_table("intervals") if one.n >= 300]
    assert {one.key["interval"] for one in told} == {"handling", "on_scene", "second_on_scene", "handover"}
    for one in told:
        row = true[one.key["interval"], one.key["urgency"]]
        assert one.after["median_s"] == pytest.approx(row.median_s, rel=0.06)
        assert one.after["sigma"] == pytest.approx(row.sigma, abs=0.05)


def test_mobilisation_is_told_apart_from_units_that_are_out(loop: Loop) -> None:
    assert loop.after("intervals", interval="mobilisation", urgency="A")["median_s"] == pytest.approx(88, rel=0.15)
    assert loop.after("intervals", interval="mobilisation_out", urgency="A")["median_s"] == pytest.approx(60, rel=0.25)


def test_needs_come_back_though_second_units_were_often_missing(loop: Loop) -> None:
    assert loop.after_need("A", "transport_share") == pytest.approx(0.70, abs=0.04)
    assert loop.after_need("H", "transport_share") == pytest.approx(0.75, abs=0.04)
    assert loop.after_need("A", "second_unit_share") == pytest.approx(0.23, abs=0.04)
    assert loop.after_need("H", "second_unit_share") == 0.0


def test_speeds_come_back(loop: Loop) -> None:
    assert loop.after("speeds", purpose="A")["factor"] == pytest.approx(0.8, rel=0.08)
    assert loop.after("speeds", purpose="H")["factor"] == pytest.approx(0.9, rel=0.12)
    assert loop.after("speeds", purpose="transport")["factor"] == pytest.approx(0.9, rel=0.04)


def test_the_error_on_weeks_that_were_not_fitted_shrinks_in_every_table(loop: Loop) -> None:
    errors = table_errors(loop.calibration)
    assert tuple(row.table for row in errors) == TABLES
    for row in errors:
        assert row.n_test > 200
        assert row.error_new < row.error_before, row
        assert row.error_after < row.error_before, row


def test_a_study_that_was_right_is_hardly_moved(loop: Loop) -> None:
    errors = {row.table: row for row in table_errors(calibrate(loop.true, loop.store))}
    wrong = {row.table: row for row in table_errors(loop.calibration)}
    for table, row in errors.items():
        assert row.error_new <= row.error_before
        assert row.error_before < wrong[table].error_before
    assert errors["profile"].replaced == 0


def test_what_a_log_cannot_carry_stays_with_a_reason(loop: Loop) -> None:
    reasons = {(one.table, *one.key.values()): one.reason for one in loop.calibration.changes}
    assert reasons["speeds", "return"] == "no_stamp"
    assert reasons["speeds", "V"] == "too_few"
    assert reasons["intervals", "second_on_scene", "V"] == "too_few"
    assert reasons["needs", "H"] in ("no_better", "")


def test_the_new_study_holds_the_replaced_rows_and_nothing_else_is_changed(loop: Loop, tmp_path: Path) -> None:
    changed = write_calibrated_study(loop.calibration, tmp_path / "new")
    pages = write_calibration_pages(loop.calibration, tmp_path / "new")
    assert changed == sorted((*TABLES, "rate_spread"))
    assert pages == ["calibration/page-nb.html", "calibration/page-en.html"]
    new, issues = read_study(tmp_path / "new")
    assert issues == ()
    assert new is not None
    same = [path for path in loop.wrong.folder.rglob("*") if path.is_file() and path.stem not in (*changed, "study")]
    before_toml = (loop.wrong.folder / "study.toml").read_text(encoding="utf-8")
    after_toml = (tmp_path / "new" / "study.toml").read_text(encoding="utf-8")
    assert after_toml.replace("\n[demand.variation]\ndraw_rates = true\n", "") == before_toml
    assert new.settings.demand.variation.draw_rates
    for path in same:
        assert (tmp_path / "new" / path.relative_to(loop.wrong.folder)).read_bytes() == path.read_bytes()
    rates = {(row.rate_region, row.urgency): row.per_1000 for row in new.service.rates}
    before = {(row.rate_region, row.urgency): row.per_1000 for row in loop.wrong.service.rates}
    for one in loop.calibration.of_table("rates"):
        key = one.key["rate_region"], one.key["urgency"]
        assert rates[key] == (one.after["per_1000"] if one.replaced else before[key])
    assert len(new.service.profile) == 3 * 168
    speeds = {row.purpose: row.factor for row in new.service.speeds}
    assert speeds["return"] == 1.25


def test_a_calibrated_study_can_be_calibrated_again(loop: Loop, tmp_path: Path) -> None:
    write_calibrated_study(loop.calibration, tmp_path / "once")
    again = calibrate(load_study(tmp_path / "once"), loop.store)
    write_calibrated_study(again, tmp_path / "twice")
    for first, second in zip(table_errors(loop.calibration), table_errors(again), strict=True):
        assert second.error_new < first.error_before


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_page_says_what_was_replaced_and_why_not(loop: Loop, language: str) -> None:
    page = render_calibration(loop.calibration, language)
    kept = {"nb": "beholdt: for få observasjoner", "en": "kept: too few observations"}
    assert kept[language] in page
    assert f'lang="{language}"' in page
    assert "calibration." not in re.sub(
        r"calibration/\w+\.csv", "", re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    )
    assert page == render_calibration(loop.calibration, language)


def test_few_observations_are_not_shown(loop: Loop) -> None:
    rows = change_table(loop.calibration)
    counts = pl.concat([rows["n"], rows["n_test"]]).drop_nulls()
    assert counts.is_between(1, 4).sum() == 0


def test_a_log_of_another_place_is_refused(loop: Loop, tmp_path: Path) -> None:
    far = [{"key": "K", "urgency": "A", "unit": "U", "call_t": 0, "alerted_t": 1, "lat": 70.0, "lon": 25.0}]
    with pytest.raises(StoreError, match="no incident with a time and an urgency inside"):
        calibrate(loop.wrong, make_store(tmp_path / "far", far))


def test_a_study_of_a_call_trace_has_nothing_to_calibrate(loop: Loop, tmp_path: Path) -> None:
    study = load_study(write_trace_study(tmp_path / "trace"))
    with pytest.raises(StudyError, match="replays a call trace"):
        calibrate(study, open_store(loop.store.path))


def test_few_rows_keep_the_study_as_it_is(tmp_path: Path) -> None:
    study = load_study(write_tiny_study(tmp_path / "study"))
    one = {"key": "K", "urgency": "A", "unit": "U", "call_t": 0, "alerted_t": 1, "rolling_t": 2, "scene_t": 9}
    found = calibrate(study, make_store(tmp_path / "store", [one | {"lat": 59.9, "lon": 10.64, "free_t": 60}]))
    assert not any(change.replaced for change in found.changes)
    assert {change.reason for change in found.changes} <= {"too_few", "no_stamp", "no_places", "no_delivery"}
    assert write_calibrated_study(found, tmp_path / "new") == []
    errors: tuple[TableError, ...] = table_errors(found)
    assert all(row.replaced == 0 for row in errors)
    assert "–" in render_calibration(found, "en")
