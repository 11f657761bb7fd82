"""From a catalogue and a log to tables: values against targets, what was left out and why, and control charts.

Columns stand in the field dictionary, `model/fields/missions_report/catalogue….csv`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from beredt.indicators.catalogue.charts import list_charts
from beredt.indicators.catalogue.count import Log, count_rows, first_and_last_day
from beredt.indicators.catalogue.expression.compile import names_in
from beredt.indicators.catalogue.indicator import Indicator, Target
from beredt.indicators.catalogue.read_catalogue import ELSEWHERE, Catalogue
from beredt.indicators.catalogue.sheet import by_and_key, make_sheet, protected, reason_ids
from beredt.indicators.catalogue.told import HANDLING, NEEDS, list_untold
from beredt.indicators.control_chart.table import CHART_SCHEMA
from beredt.indicators.suppress import THRESHOLD

_VALUES = {
    "indicator": pl.String,
    "by": pl.String,
    "key": pl.String,
    "period": pl.String,
    "among": pl.Int64,
    "left_out_rows": pl.Int64,
    "size": pl.Int64,
    "cases": pl.Int64,
    "exposure": pl.Float64,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "unit": pl.String,
    "target": pl.Float64,
    "meets": pl.String,
    "left_out": pl.Boolean,
}
_REASONS = {
    "indicator": pl.String,
    "by": pl.String,
    "key": pl.String,
    "period": pl.String,
    "reason": pl.String,
    "n": pl.Int64,
    "share": pl.Float64,
    "left_out": pl.Boolean,
}
_CHARTS = {"indicator": pl.String, "by": pl.String, "key": pl.String, **CHART_SCHEMA}
_NEEDS = {"indicator": pl.String, "name": pl.String, "needs": pl.String}
_DEFINITION_KEYS = (
    *("indicator", "title_en", "title_nb", "title_nn", "definition_en", "definition_nb", "definition_nn"),
    *("counting", "kind", "among"),
    *("left_out", "counts", "value", "per", "target", "better", "chart", "period", "rules", "source"),
)


class CatalogueTables(NamedTuple):
    """`catalogue`, `catalogue_left_out`, `catalogue_chart`, `catalogue_not_computed` and `catalogue_definitions`."""

    values: pl.DataFrame
    reasons: pl.DataFrame
    charts: pl.DataFrame
    not_computed: pl.DataFrame
    definitions: pl.DataFrame


def catalogue_tables(
    log: Log,
    catalogue: Catalogue,
    by: Sequence[str] = (),
    *,
    responders_stop_the_clock: bool = False,
    threshold: int = THRESHOLD,
) -> CatalogueTables:
    """Work out every indicator of a catalogue.

    Args:
        log: Tables of a store. An indicator that asks for a name which neither they nor `log.extra` have is not
            computed, and listed with what it needs.
        catalogue: Indicators by id. Neither is one computed that needs what the log never tells.
        by: Columns by which values are parted as well: municipality, station and so on.
        responders_stop_the_clock: Let single responders and the like end the response time of an incident.
        threshold: Smaller counts are left out, and all that would give them away; 0 leaves everything in.
    """
    untold = list_untold(log)
    missing = {
        name: sorted((_needed(one) - log.extra.keys()) | (untold & {*one.needs, *(_names(one) & {HANDLING})}))
        for name, one in catalogue.items()
    }
    computed = [name for name in catalogue if not missing[name]]
    days = first_and_last_day(log)
    counted = count_rows(
        log, [catalogue[name] for name in computed], by, days, responders_stop_the_clock=responders_stop_the_clock
    )
    values: list[pl.DataFrame] = []
    reasons: list[pl.DataFrame] = []
    charts: list[pl.DataFrame] = []
    for name, rows in zip(computed, counted, strict=True):
        sheet = protected(make_sheet(catalogue[name], rows, days), catalogue[name], rows.by, threshold)
        values.append(_values(name, catalogue[name], sheet))
        reasons.append(_reasons(name, catalogue[name], sheet, untold))
        charts.extend(list_charts(name, catalogue[name], sheet, days))
    needs = [(name, word, _remedy(word)) for name, words in missing.items() for word in words]
    return CatalogueTables(
        values=_joined(values, _VALUES),
        reasons=_joined(reasons, _REASONS),
        charts=_joined(charts, _CHARTS),
        not_computed=pl.DataFrame(needs, schema=_NEEDS, orient="row"),
        definitions=definitions_table(catalogue),
    )


def definitions_table(catalogue: Catalogue) -> pl.DataFrame:
    """Every indicator with its definition, as it stands in the file."""
    rows = []
    for name, one in catalogue.items():
        titles = [one.title.get(language, "") for language in ("en", "nb", "nn")]
        definitions = [one.definition.get(language, "") for language in ("en", "nb", "nn")]
        left_out = "; ".join(f"{reason.id}: {reason.when}" for reason in one.left_out)
        words = (one.counts, one.value, one.per, _target_text(one.target))
        head = (name, *titles, *definitions, one.counting, one.kind, one.among, left_out)
        rows.append(
            (*head, *(word or "" for word in words), one.better, one.chart_kind, one.period, one.rules, one.source)
        )
    return pl.DataFrame(rows, schema=dict.fromkeys(_DEFINITION_KEYS, pl.String), orient="row")


def _target_text(target: Target | None) -> str:
    if target is None:
        return ""
    return f"at least {target.at_least}" if target.at_least is not None else f"at most {target.at_most}"


def _remedy(word: str) -> str:
    """What it takes to have a name."""
    return NEEDS[word] if word in NEEDS else ELSEWHERE[word][1]


def _needed(indicator: Indicator) -> set[str]:
    """Names of an indicator that no store has by itself."""
    return _names(indicator) & ELSEWHERE.keys()


def _names(indicator: Indicator) -> set[str]:
    return {name for _, text, _ in indicator.expressions() for name in names_in(text)}


def _joined(parts: Sequence[pl.DataFrame], schema: Mapping[str, Any]) -> pl.DataFrame:
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def _values(name: str, indicator: Indicator, sheet: pl.DataFrame) -> pl.DataFrame:
    target = indicator.target.value if indicator.target else None
    return sheet.select(
        pl.lit(name).alias("indicator"),
        *by_and_key(sheet),
        "period",
        "among",
        "left_out_rows",
        "size",
        pl.col("cases").cast(pl.Int64),
        pl.col("exposure").cast(pl.Float64),
        *(pl.col(number).cast(pl.Float64) for number in ("value", "low", "high")),
        pl.lit(indicator.unit).alias("unit"),
        pl.lit(target, pl.Float64).alias("target"),
        _meets(indicator.target).alias("meets"),
        pl.col("hidden").alias("left_out"),
    ).sort("by", "key", "period")


def _meets(target: Target | None) -> pl.Expr:
    """Yes or no where the whole interval lies on one side of the target, otherwise undecided; null without a value."""
    if target is None:
        return pl.lit(None, pl.String)
    low, high = pl.col("low"), pl.col("high")
    yes, no = (low >= target.value, high < target.value)
    if target.at_most is not None:
        yes, no = (high <= target.value, low > target.value)
    told = pl.when(yes).then(pl.lit("yes")).when(no).then(pl.lit("no")).otherwise(pl.lit("undecided"))
    return pl.when(pl.col("value").is_not_null()).then(told)


def _reasons(name: str, indicator: Indicator, sheet: pl.DataFrame, untold: frozenset[str]) -> pl.DataFrame:
    """Rows by why they are left out; a reason that asks for what the log never tells has no number, not even 0."""
    asks = {reason.id: names_in(reason.when) for reason in indicator.left_out}
    told = {reason: pl.lit(not asks.get(reason, frozenset()) & untold) for reason in reason_ids(indicator)}
    parts = [
        sheet.select(
            pl.lit(name).alias("indicator"),
            *by_and_key(sheet),
            "period",
            pl.lit(reason).alias("reason"),
            pl.when(is_told).then(f"out_{reason}").alias("n"),
            pl.when(is_told & (pl.col("among") > 0)).then(pl.col(f"out_{reason}") / pl.col("among")).alias("share"),
            (is_told & pl.col(f"out_{reason}").is_null()).alias("left_out"),
        )
        for reason, is_told in told.items()
    ]
    return pl.concat(parts).sort("by", "key", "period", maintain_order=True)
