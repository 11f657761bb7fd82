"""Demand beside staff: the week's mean is what was simulated, hours on duty those of a slow look, minute by minute."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.decision.demand.hours_on_duty import hours_on_duty
from beredt.decision.demand.tables import demand_tables
from beredt.decision.demand.years import later_years
from beredt.demand.population import AGE_BANDS
from beredt.demand.projection.project import Usage
from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.study import Study
from tests.demand.projected_study import doubling

UNITS = pl.DataFrame({"alternative": [TODAY, TODAY], "active_h": [6_000.0, 4_512.0]})


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return doubling(tmp_path_factory.mktemp("demand") / "study")


@pytest.fixture(scope="module")
def tables(study: Study) -> dict[str, pl.DataFrame]:
    return demand_tables(study, {TODAY: study.service}, UNITS)


def slow_hours_on_duty(service: Service) -> list[float]:
    """Every minute of the week and every unit, one by one."""
    found = [0] * 168
    for unit in service.units:
        for minute in range(7 * 1440):
            for row in service.rosters:
                if row.id != unit.roster:
                    continue
                length = (
                    (row.end_s - row.start_s) // 60
                    if row.end_s > row.start_s
                    else (row.end_s - row.start_s) // 60 + 1440
                )
                begins = [(day - 1) * 1440 + row.start_s // 60 for day in row.weekdays]
                if any((minute - begin) % (7 * 1440) < length for begin in begins):
                    found[minute // 60] += 1
                    break
    return [minutes / 60 for minutes in found]


def test_hours_on_duty_are_those_of_a_slow_look(study: Study) -> None:
    found = hours_on_duty(study.service)
    assert found.tolist() == pytest.approx(slow_hours_on_duty(study.service))
    assert 0 < found.min() < found.max() <= len(study.service.units)


def test_the_mean_of_the_week_is_what_was_simulated(tables: dict[str, pl.DataFrame]) -> None:
    now = tables["demand_staff"].filter(pl.col("year") == 2026)
    assert now.height == 168
    assert now["under_way"].to_numpy().mean() == pytest.approx((6_000.0 + 4_512.0) / 8760.0)
    by_hour = now["under_way"].to_numpy() / now["incidents"].to_numpy()
    np.testing.assert_allclose(by_hour, by_hour[0])  # the same work at all hours


def test_more_calls_of_a_later_year_keep_more_units_on_missions(tables: dict[str, pl.DataFrame]) -> None:
    mean = dict(tables["demand_staff"].group_by("year").agg(pl.col("under_way").mean()).rows())
    calls = dict(
        tables["demand_growth"].filter(pl.col("municipality") == "all").group_by("year")
        .agg(pl.col("incidents").sum()).rows()
    )  # fmt: skip
    assert mean[2040] / mean[2026] == pytest.approx(calls[2040] / calls[2026])
    assert calls[2040] > 1.2 * calls[2026]


def test_places_hours_ages_and_years_tell_of_the_same_calls(tables: dict[str, pl.DataFrame]) -> None:
    places = tables["demand_places"]
    sums = {
        "all": places.filter(pl.col("place") == "all")["incidents"].sum(),
        "municipalities": places.filter(pl.col("place").is_in(["ost", "vest", "sor"]))["incidents"].sum(),
        "hours": float(tables["demand_hours"]["incidents"].to_numpy().sum()) * 8760.0 / 168.0,
        "staff": float(tables["demand_staff"].filter(year=2026)["incidents"].to_numpy().sum()) * 8760.0 / 168.0,
        "growth": tables["demand_growth"].filter(year=2026, municipality="all")["incidents"].sum(),
        "ages": tables["demand_growth_age"].filter(pl.col("age_band") != "all")["incidents_before"].sum(),
        "all ages": tables["demand_growth_age"].filter(age_band="all")["incidents_before"].item(),
    }
    assert list(sums.values()) == pytest.approx([sums["all"]] * len(sums))
    people = tables["demand_people"].group_by("year", "alternative").agg(pl.col("people").sum()).rows()
    found = {(year, name): count for year, name, count in people}
    assert set(found) == {(2026, "main"), (2040, "main"), (2040, "high")}
    assert found[2040, "high"] == pytest.approx(2 * found[2026, "main"])


def test_without_a_simulated_year_nothing_is_said_of_missions(study: Study) -> None:
    staff = demand_tables(study, {TODAY: study.service})["demand_staff"]
    assert staff["under_way"].null_count() == staff.height
    assert staff["on_duty"].null_count() == 0


def test_use_is_spread_over_its_range(study: Study) -> None:
    growth = demand_tables(study, {TODAY: study.service}, None, (2040,), Usage(0.01, 0.0, 0.02))["demand_growth"]
    row = growth.filter(year=2040, municipality="all", urgency="A").row(0, named=True)
    assert row["low"] < row["incidents"] < row["high"]


def test_years_are_chosen_and_those_that_leave_people_out_are_refused(study: Study, tmp_path: Path) -> None:
    del tmp_path
    rows = study.projection.filter(pl.col("alternative") == "main")
    more = [rows.with_columns(year=pl.lit(year, rows["year"].dtype)) for year in range(2027, 2046)]
    many = replace(study, projection=pl.concat(more))
    assert later_years(many).years == (2030, 2035, 2040, 2045)
    holed = replace(study, projection=study.projection.filter(pl.col("age_band") != AGE_BANDS[0]))
    found = later_years(holed)
    assert found.years == ()
    assert list(found.refused) == [2040]
    assert AGE_BANDS[0] in found.refused[2040]
    assert demand_tables(holed, {TODAY: study.service})["demand_growth"]["year"].unique().to_list() == [2026]
