"""Tables of triage: the matrix, the measures by month and criterion group, their trend and charts, and unknown codes.

Columns stand in the field dictionary, `model/fields/missions_report/triage….csv`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.control_chart.chart import make_phases
from beredt.indicators.control_chart.proportion import p_chart
from beredt.indicators.control_chart.signals import RuleSet, find_signals
from beredt.indicators.control_chart.table import CHART_SCHEMA, chart_table
from beredt.indicators.observed import I8
from beredt.indicators.suppress import THRESHOLD
from beredt.indicators.triage.agreement import AgreementValue, agreement_values, to_urgencies
from beredt.indicators.triage.count import ALL, MONTH, NOT_ASSESSED, UNKNOWN, TriageCounts
from beredt.indicators.triage.hide import Hidden, Key, choose_left_out, part_counts
from beredt.indicators.triage.scale import TriageScale
from beredt.indicators.triage.trend import share_trend
from beredt.indicators.wilson import wilson_share
from beredt.model.urgency import URGENCIES

WHOLE: Key = (ALL, "")

SIZE_OF: Mapping[str, str] = {
    "assessed": "total",
    "concordance": "assessed",
    "over_triage": "assessed",
    "under_triage": "assessed",
    "acute_not_acute": "acute_called",
    "acute_missed": "acute_found",
}
"""Measures that are shares, with the count that each is a share of."""

LEAST_MONTHS = 6
"""With fewer months no trend is told."""

_MATRIX = {
    "urgency": pl.String,
    "level": pl.String,
    "level_urgency": pl.String,
    "n": pl.Int64,
    "share": pl.Float64,
    "left_out": pl.Boolean,
}
_MEASURES = {
    "by": pl.String,
    "key": pl.String,
    "measure": pl.String,
    "cases": pl.Int64,
    "size": pl.Int64,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "left_out": pl.Boolean,
}
_TREND = {
    "measure": pl.String,
    "months": pl.Int64,
    "per_year": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "p_value": pl.Float64,
}


class TriageTables(NamedTuple):
    """`triage_matrix`, `triage`, `triage_trend`, `triage_chart` and `triage_codes`."""

    matrix: pl.DataFrame
    measures: pl.DataFrame
    trend: pl.DataFrame
    chart: pl.DataFrame
    codes: pl.DataFrame


def triage_tables(
    counts: TriageCounts, scale: TriageScale, *, threshold: int = THRESHOLD, rules: RuleSet = "western_electric"
) -> TriageTables:
    """Make every table of triage.

    Args:
        counts: As from `count_triage` with the same scale.
        scale: Tells which levels answer to which telephone urgency.
        threshold: Smaller counts are left out, and all that would give them away; 0 leaves everything in.
        rules: By which the charts of months are read.
    """
    levels = {key: _levels(rows, len(scale.levels)) for key, rows in _by_key(counts.counts)}
    levels.setdefault(WHOLE, np.zeros((3, len(scale.levels) + 1), np.int64))
    columns = (*scale.level_urgency, 3)
    tables = {key: _to_classes(matrix, columns) for key, matrix in levels.items()}
    hidden = choose_left_out(tables, WHOLE, levels[WHOLE], scale.level_urgency, threshold)
    months = sorted(key for key in tables if key[0] == MONTH and key[1] != UNKNOWN)
    return TriageTables(
        matrix=_matrix_table(levels[WHOLE], scale, hidden),
        measures=_measures_table(tables, hidden, threshold),
        trend=_trend_table([(key, tables[key]) for key in months]),
        chart=_chart_table([(key, tables[key]) for key in months], hidden, rules),
        codes=_codes_table(counts.codes, scale, threshold),
    )


def _by_key(counts: pl.DataFrame) -> list[tuple[Key, pl.DataFrame]]:
    return [((str(by), str(key)), rows) for (by, key), rows in counts.group_by("by", "key", maintain_order=True)]


def _levels(rows: pl.DataFrame, number: int) -> I8:
    """[3, L + 1] incidents by telephone urgency and level, those not assessed last."""
    matrix = np.zeros((3, number + 1), np.int64)
    level = np.where(rows["level"].to_numpy() == NOT_ASSESSED, number, rows["level"].to_numpy())
    np.add.at(matrix, (rows["urgency"].to_numpy(), level), rows["n"].to_numpy())
    return matrix


def _to_classes(matrix: I8, columns: tuple[int, ...]) -> I8:
    """[3, 4] incidents by telephone urgency and urgency at the scene, those not assessed last."""
    return np.hstack([to_urgencies(matrix[:, :-1], columns[:-1]), matrix[:, -1:]])


def _matrix_table(matrix: I8, scale: TriageScale, hidden: Hidden) -> pl.DataFrame:
    whole = np.vstack([matrix, matrix.sum(axis=0)])
    whole = np.hstack([whole, whole.sum(axis=1, keepdims=True)])
    names = [*(level.id for level in scale.levels), "not_assessed", ""]
    answers = [*(level.urgency for level in scale.levels), "", ""]
    rows = []
    for row, urgency in enumerate((*URGENCIES, "")):
        for column, level in enumerate(names):
            out = bool(hidden.levels[row, column])
            n, size = int(whole[row, column]), int(whole[row, -1])
            share = None if out or not size or hidden.levels[row, -1] else n / size
            rows.append((urgency, level, answers[column], None if out else n, share, out))
    return pl.DataFrame(rows, schema=_MATRIX, orient="row")


def _measures_table(tables: Mapping[Key, I8], hidden: Hidden, threshold: int) -> pl.DataFrame:
    rows = [
        (*key, *row) for key, table in sorted(tables.items()) for row in _measures(table, hidden.parts[key], threshold)
    ]
    return pl.DataFrame(rows, schema=_MEASURES, orient="row")


def _measures(table: I8, hidden: Mapping[str, bool], threshold: int) -> list[tuple[Any, ...]]:
    parts = part_counts(table)
    rows = []
    for measure, size in SIZE_OF.items():
        out = hidden[measure] or hidden[size]
        share = [float(one) for one in wilson_share(np.array(parts[measure]), np.array(parts[size]))]
        counts = [None if hidden[name] else parts[name] for name in (measure, size)]
        rows.append((measure, *counts, *([None] * 3 if out else _known(share)), out))
    seen = table[:, :3]
    # A kappa is made of all nine cells: it is told only where none of them is small.
    out = any(hidden.values()) or bool(((seen > 0) & (seen < threshold)).any())
    for one in agreement_values(seen):
        if one.measure not in SIZE_OF:
            rows.append(_kappa_row(one, hidden, out))
    return rows


def _kappa_row(one: AgreementValue, hidden: Mapping[str, bool], out: bool) -> tuple[Any, ...]:
    cases = None if hidden["concordance"] else one.cases
    size = None if hidden["assessed"] else one.size
    values = [None] * 3 if out else _known([one.value, one.low, one.high])
    return (one.measure, cases, size, *values, out)


def _known(values: list[float]) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values]


def _trend_table(months: list[tuple[Key, I8]]) -> pl.DataFrame:
    """A straight line through the months of each measure, where there are enough of them to speak of a trend."""
    years = np.array([int(key[:4]) + (int(key[5:]) - 0.5) / 12 for (_, key), _ in months])
    parts = [part_counts(table) for _, table in months]
    rows = []
    for measure, size in SIZE_OF.items():
        cases, sizes = (np.array([part[name] for part in parts], np.int64) for name in (measure, size))
        number = int((sizes > 0).sum())
        trend = _known(list(share_trend(years, cases, sizes))) if number >= LEAST_MONTHS else [None] * 4
        rows.append((measure, number, *trend))
    return pl.DataFrame(rows, schema=_TREND, orient="row")


def _chart_table(months: list[tuple[Key, I8]], hidden: Hidden, rules: RuleSet) -> pl.DataFrame:
    parts = [part_counts(table) for _, table in months]
    charts = []
    for measure, size in SIZE_OF.items():
        cases, sizes = (np.array([part[name] for part in parts], np.float64) for name in (measure, size))
        chart = p_chart(cases, sizes, make_phases(len(months)), widened=True)
        out = np.array([hidden.parts[key][measure] or hidden.parts[key][size] for key, _ in months], np.bool_)
        table = chart_table([key for (_, key), _ in months], chart, find_signals(chart, rules), out)
        charts.append(table.select(pl.lit(measure).alias("measure"), *CHART_SCHEMA))
    return pl.concat(charts)


def _codes_table(codes: pl.DataFrame, scale: TriageScale, threshold: int) -> pl.DataFrame:
    """How each value of the log was read; values that stand there seldom are put together."""
    names = dict(enumerate(level.id for level in scale.levels))
    read = codes.with_columns(pl.col("level").replace_strict(names, default="", return_dtype=pl.String))
    seldom = pl.col("n") < threshold
    together = read.filter(seldom).group_by("level").agg(pl.col("n").sum(), values=pl.len().cast(pl.Int64))
    return pl.concat(
        [
            read.filter(~seldom).select("triage", "level", "n", pl.lit(1, pl.Int64).alias("values")),
            together.select(pl.lit("").alias("triage"), "level", pl.when(pl.col("n") >= threshold).then("n"), "values"),
        ]
    ).sort("level", "n", "triage", descending=[False, True, False], nulls_last=True)
