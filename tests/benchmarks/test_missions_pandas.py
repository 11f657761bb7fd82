"""Both forms of pandas say of a log what Beredt says: else comparing their speed would say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import numpy as np
import pandas as pd
import polars as pl
import pytest

from benchmarks.missions_log import Land, write_csv
from benchmarks.missions_pandas.__main__ import FORMS
from benchmarks.missions_pandas.clean import clean, group
from benchmarks.missions_pandas.duty import hours_worked
from benchmarks.missions_pandas.files import write_excel, write_log, write_tables
from benchmarks.missions_pandas.keys import FORMAT
from benchmarks.missions_pandas.notes import Notes
from benchmarks.missions_pandas.page import write_page
from benchmarks.missions_pandas.read import read
from benchmarks.missions_pandas.report import report
from beredt.indicators.log.spread.means import MANY
from beredt.indicators.observing import duty_seen
from beredt.missions.find_profile import load_profile
from beredt.missions.importing.import_log import import_log
from beredt.missions.importing.plan import ImportPlan
from beredt.report.missions.choices import ReportChoices
from beredt.report.missions.excel import MOST_ROWS, OF_MAPS
from beredt.report.missions.gather import gather

pytestmark = pytest.mark.soak

ROWS = 12_000
LAND = Land(missions_a_year=14_400, stations=12, municipalities=8)
"""Ten months, in which clocks go forward and back."""

KEYS = {
    "catalogue": ["indicator", "by", "key", "period"],
    "catalogue_chart": ["indicator", "by", "key", "point"],
    "catalogue_left_out": ["indicator", "by", "key", "period", "reason"],
    "density": ["east_m", "north_m", "counting", "part"],
    "incident_counts": ["by", "key", "urgency"],
    "intervals": ["counting", "interval", "urgency", "by", "key", "by2", "key2"],
    "log_corrections": ["rule", "field"],
    "log_findings": ["rule", "field", "value"],
    "missions_by_station": ["year", "municipality", "urgency", "station"],
    "national_indicator": ["variant", "year", "municipality", "where"],
    "reach_squares": ["interval", "station", "east_m", "north_m"],
    "reach_zones": ["interval", "station", "zone", "minutes"],
    "service_calendar": ["date", "hour"],
    "service_flows": ["station", "zone", "urgency"],
    "service_hours": ["fleet", "kind", "hour"],
    "service_km": ["station", "kind"],
    "service_months": ["fleet", "kind", "month"],
    "service_notes": ["note"],
    "service_units": ["station", "unit"],
}
NOT_OF_THE_LOG = {"catalogue_definitions", "catalogue_not_computed", "left_out", "not_answered", "printed_figures"}
"""Texts of the program, and what a log without a study cannot be asked."""

FILED = "pandas"
"""The form whose files are looked at: both write them with the same code."""

DRAWN = ["mean_low_s", "mean_high_s"]
"""Columns of `intervals` that Beredt draws for cells with few durations."""


class Both(NamedTuple):
    """Tables by each form of pandas and by Beredt, and where the files of one form stand."""

    pandas: Mapping[str, Mapping[str, pd.DataFrame]]
    beredt: Mapping[str, pl.DataFrame]
    out: Path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("both")
    log, out = folder / "log.csv", folder / "out"
    out.mkdir()
    write_csv(ROWS, log, LAND)
    with_late_calls(log)
    tables = {}
    for name, form in FORMS.items():
        notes = Notes()
        rows = clean(read(log, form), notes)
        incidents = group(rows)
        tables[name] = report(rows, incidents, notes, form)
    write_log(rows, incidents, notes, out)
    write_tables(tables[FILED], out)
    write_page(tables[FILED], out)
    write_excel(tables[FILED], out)
    plan = ImportPlan((log,), load_profile("amis"), folder / "store")
    store = import_log(plan, lambda *_: None, lambda _: None).store
    return Both(tables, gather(store, ReportChoices(threshold=0), lambda *_: None).tables, out)


def with_late_calls(log: Path) -> None:
    """Let the call of some missions come hours too late to be believed, and some units never be at the scene."""
    head, *lines = log.read_text(encoding="windows-1252").splitlines()
    for number in range(0, len(lines), 300):
        cells = lines[number].split(";")
        cells[10:13] = ["", "", ""]
        lines[number] = ";".join(cells)
    for number in range(7, len(lines), 400):
        cells = lines[number].split(";")
        cells[3] = (datetime.strptime(cells[3], FORMAT) + timedelta(hours=5)).strftime(FORMAT)
        lines[number] = ";".join(cells)
    log.write_text("\n".join([head, *lines, ""]), encoding="windows-1252")


def test_every_table_is_made(both: Both) -> None:
    assert set(both.beredt) == set(KEYS) | NOT_OF_THE_LOG
    assert all(set(tables) == set(KEYS) for tables in both.pandas.values())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", KEYS)
def test_tables_are_the_same(both: Both, name: str, form: str) -> None:
    keys, right = KEYS[name], both.beredt[name]
    left = as_polars(both.pandas[form][name], right.schema)
    assert left.height == right.height > 0
    left, right = left.sort(keys), right.sort(keys)
    if name == "intervals":
        few = right["n"] < MANY
        left, right = (one.with_columns(pl.when(~few).then(pl.col(DRAWN)).name.keep()) for one in (left, right))
    for column in right.columns:
        if right.schema[column].is_float():
            own, other = (one[column].fill_null(np.nan).to_numpy() for one in (left, right))
            np.testing.assert_allclose(own, other, rtol=1e-9, atol=1e-9, err_msg=column)
        else:
            assert left[column].to_list() == right[column].to_list(), column


def as_polars(table: pd.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """A table of pandas with the columns, and of the types, of one of Beredt's."""
    assert set(table.columns) == set(schema)
    columns = {name: table[name].astype(object).where(table[name].notna(), None).to_list() for name in schema}
    return pl.DataFrame({name: pl.Series(values, strict=False, dtype=schema[name]) for name, values in columns.items()})


def test_duty_is_seen_as_beredt_sees_it() -> None:
    """Shifts of all kinds: nights, weekdays, leave, units that come now and then or never."""
    random = np.random.default_rng(3)
    units, days = 60, 120
    begins, length = random.integers(0, 24, units), random.integers(6, 25, units)
    weekday = (2 + np.arange(days)) % 7
    shift = (np.arange(24) - begins[:, None]) % 24 < length[:, None]
    week = random.random((units, 7)) < random.choice([0.3, 0.7, 1.0], (units, 1))
    away = (np.arange(days) // 12)[None] == random.integers(0, 20, (units, 1))
    usual = random.choice([0.0, 0.004, 0.05, 0.3], (units, 1, 1))
    worked = shift[:, None] & (week[:, weekday] & ~away)[:, :, None]
    sent = random.poisson(np.where(worked, usual, usual / 60))
    unit, hour = (np.repeat(place, sent.ravel()) for place in np.divmod(np.arange(sent.size), days * 24))
    found = hours_worked(unit, hour, units, days, weekday)
    assert 0.1 < found.mean() < 0.9
    for number in range(units):
        np.testing.assert_array_equal(found[number], duty_seen.hours_worked(sent[number], weekday))


def test_the_files_hold_the_tables(both: Both) -> None:
    names = {path.stem for path in (both.out / "results").iterdir()}
    page = (both.out / "report.html").read_text(encoding="utf-8")
    with ZipFile(both.out / "tables.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    shown = [name for name, table in both.pandas[FILED].items() if len(table) <= MOST_ROWS and name not in OF_MAPS]
    assert names == set(KEYS)
    assert len(sheets) == len(shown) + 1
    assert page.count("<svg") == 8
    assert page.count("<table") > 20
