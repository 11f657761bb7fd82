"""Cleaning a log of missions: openly, row by row, and so that it can be undone.

    rows of a log → clocks made UTC → positions and codes → stamps held against each other → incidents → tables

Every rule has a name and a number (`checks/rules.csv`), counts what it finds, and can be switched off. A rule marks a
row or changes a value and writes down what stood there; none drops a row. So as many rows come out as went in, and
`beredt.missions.restore` gives back what went in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from beredt.missions.checks.amounts import check_amounts
from beredt.missions.checks.clock import read_clocks, settle_clocks
from beredt.missions.checks.codes import check_codes
from beredt.missions.checks.duplicates import find_duplicates
from beredt.missions.checks.grouping import group_rows
from beredt.missions.checks.long_intervals import find_long_intervals
from beredt.missions.checks.midnight import carry_past_midnight
from beredt.missions.checks.missing import find_missing
from beredt.missions.checks.order import find_stamps_out_of_order
from beredt.missions.checks.overlaps import find_overlaps
from beredt.missions.checks.period import find_stamps_outside_period
from beredt.missions.checks.positions import read_positions
from beredt.missions.checks.rule import load_rules
from beredt.missions.checks.sheet import I8, Sheet, stamp_series
from beredt.missions.cleaning_context import CleaningContext
from beredt.missions.findings import list_findings, merge_findings
from beredt.missions.incident_table import incident_table
from beredt.missions.schema import CORRECTIONS, MISSIONS, ROWS, STAMPS

STEPS: tuple[Callable[[Sheet], None], ...] = (
    read_clocks,
    carry_past_midnight,
    settle_clocks,
    check_codes,
    check_amounts,
    read_positions,
    find_missing,
    find_stamps_outside_period,
    find_stamps_out_of_order,
    find_long_intervals,
    group_rows,
    find_duplicates,
    find_overlaps,
)
"""What is done to the rows, in this order."""

PLACES = ("x", "y", "lat", "lon")
"""Columns that tell where the scene is."""


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """What became of the rows of a log, or of a part of one.

    The four tables have the columns of MISSIONS, INCIDENTS, CORRECTIONS and FINDINGS. `rules` counts the rows that
    each rule has marked, by its name, zeros included. Every row that went in is in `missions`, or, naming no unit,
    counted in `rows_without_unit` of an incident.
    """

    missions: pl.DataFrame
    incidents: pl.DataFrame
    corrections: pl.DataFrame
    findings: pl.DataFrame
    rules: Mapping[str, int]


def clean(rows: pl.DataFrame, context: CleaningContext) -> Cleaned:
    """Clean the rows of a log, or a part of it that holds whole incidents.

    Args:
        rows: The columns of ROWS, in any order, `row_id` unique; absent columns are taken as unknown. Stamps are
            Datetime in milliseconds: without a time zone they are what the log's clock shows (and only then can
            times that never were be told), with the zone UTC they are made UTC already. Codes are the program's own
            where the profile knows them, and as written where it does not. `marks` may hold those of reading.
        context: What is known of the log.

    Returns:
        Missions by (call, incident, row_id), incidents by (call, number). The number of an incident is the lowest
        `row_id` of its rows, so it is the same however a log is cut into parts.
    """
    sheet = Sheet(_laid_out(rows), _told_by(rows, context))
    for step in STEPS:
        step(sheet)
    incident = sheet.rows["row_id"].to_numpy()[sheet.first_row]
    return Cleaned(
        missions=_missions(sheet, incident),
        incidents=_in_order(incident_table(sheet, incident), ["call_t", "incident"]),
        corrections=_corrections(sheet),
        findings=list_findings(sheet),
        rules=count_marks(sheet.marks),
    )


def count_marks(marks: np.ndarray) -> dict[str, int]:
    """How many rows each rule has marked, by its name, zeros included."""
    return {name: int(np.count_nonzero(marks & np.uint64(rule.mask))) for name, rule in load_rules().items()}


def merge_cleaned(parts: Iterable[Cleaned]) -> tuple[pl.DataFrame, dict[str, int]]:
    """Findings and counts of rules of all parts of a log together."""
    findings, rules = [], dict.fromkeys(load_rules(), 0)
    for part in parts:
        findings.append(part.findings)
        rules = {name: count + part.rules[name] for name, count in rules.items()}
    return merge_findings(findings), rules


def _told_by(rows: pl.DataFrame, context: CleaningContext) -> CleaningContext:
    """The context without what the log does not tell at all: no row can be blamed for lacking it."""
    required = tuple(stamp for stamp in context.required if stamp in rows.columns)
    placed = any(name in rows.columns for name in PLACES)
    silent = frozenset() if placed else frozenset({"position_missing"})
    return replace(context, required=required, without=context.without | silent)


def _laid_out(rows: pl.DataFrame) -> pl.DataFrame:
    """All columns of ROWS in order of `row_id`, words without nulls."""
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in ROWS.items() if name not in rows.columns]
    words = [
        pl.col(name).cast(dtype).fill_null("") for name, dtype in ROWS.items() if isinstance(dtype, pl.Categorical)
    ]
    laid_out = rows.with_columns(absent).with_columns(*words, pl.col("key").fill_null("")).select(ROWS.names())
    laid_out = laid_out.cast(pl.Schema({name: dtype for name, dtype in ROWS.items() if name not in STAMPS}))
    return laid_out if laid_out["row_id"].is_sorted() else laid_out.sort("row_id")


def _missions(sheet: Sheet, incident: I8) -> pl.DataFrame:
    """The rows that name a unit, with what is now known of them."""
    columns = [
        *(stamp_series(times).alias(name) for name, times in sheet.stamps.items()),
        pl.Series("incident", incident),
        pl.Series("lat", sheet.lat).fill_nan(None),
        pl.Series("lon", sheet.lon).fill_nan(None),
        pl.Series("marks", sheet.marks),
    ]
    rows = sheet.rows.with_columns(*columns, pl.col("cancelled").fill_null(value=False)).select(MISSIONS.names())
    unit = sheet.has_unit()
    if not unit.all():
        rows = rows.filter(pl.Series(unit))
    return _in_order(rows, ["call_t", "incident", "row_id"]).match_to_schema(MISSIONS)


def _in_order(table: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """A table in order of some columns of whole numbers, nulls last: most logs are so already, which is soon seen."""
    equal = np.ones(max(table.height - 1, 0), np.bool_)
    back = np.zeros_like(equal)
    for name in by:
        if table[name].null_count():
            return table.sort(by, nulls_last=True)
        step = np.diff(table[name].to_physical().to_numpy())
        back |= equal & (step < 0)
        equal &= step == 0
    return table.sort(by, nulls_last=True) if back.any() else table


def _corrections(sheet: Sheet) -> pl.DataFrame:
    """Every change, by row; those of one value in the order in which they were made."""
    row_id = sheet.rows["row_id"]
    parts = [
        pl.DataFrame({"row_id": row_id.gather(change.at), "before": change.before, "after": change.after}).with_columns(
            field=pl.lit(change.field), rule=pl.lit(change.rule)
        )
        for change in sheet.changes
    ]
    if not parts:
        return pl.DataFrame(schema=CORRECTIONS)
    changes = pl.concat([part.select(CORRECTIONS.names()).cast(CORRECTIONS) for part in parts])
    return changes.sort("row_id", maintain_order=True)
