"""Tables of pathways: links and losses, durations, what agreement was worth, and other thresholds.

Columns stand in the field dictionary, `model/fields/missions_report/pathway….csv`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.catalogue.spread import Spread, means, one_group, quantiles
from beredt.indicators.estimate import CONFIDENCE
from beredt.indicators.pathway.link_file import Duration, LinkFile
from beredt.indicators.pathway.pathways import Pathways, Step
from beredt.indicators.pathway.quality import threshold_table
from beredt.indicators.suppress import THRESHOLD, Split, protect
from beredt.indicators.wilson import wilson_share

REASONS = ("nobody_alike", "below_threshold", "taken_by_another")
UNITS = {"time": "min", "place": "m", "age": "years", "municipality": "", "sex": "", "patient": ""}

_COUNTS = ("records", "linked", "by_key", "by_score", "lost", *REASONS)
_SPLITS = (
    Split("records", ("linked", "lost")),
    Split("linked", ("by_key", "by_score")),
    Split("lost", REASONS),
)
_LINKS = {
    "from": pl.String,
    "to": pl.String,
    **dict.fromkeys(_COUNTS, pl.Int64),
    "share": pl.Float64,
    "share_low": pl.Float64,
    "share_high": pl.Float64,
    "expected_wrong": pl.Float64,
    "unsure": pl.Int64,
    "outside_window": pl.Int64,
    "partners": pl.Int64,
    "partners_left": pl.Int64,
    "threshold_bits": pl.Float64,
    "left_out": pl.Boolean,
}
_DURATIONS = {
    "name": pl.String,
    "title_en": pl.String,
    "title_nb": pl.String,
    "n": pl.Int64,
    "missing": pl.Int64,
    "backwards": pl.Int64,
    **{f"{what}{end}": pl.Float64 for what in ("mean", "median", "p90") for end in ("_s", "_low", "_high")},
    "left_out": pl.Boolean,
}
_WEIGHTS = {
    "from": pl.String,
    "to": pl.String,
    "compared": pl.String,
    "band": pl.Int64,
    "within": pl.Float64,
    "unit": pl.String,
    "m": pl.Float64,
    "u": pl.Float64,
    "bits": pl.Float64,
}
SURE_BITS = 3.0
"""A link that is ahead of its best rival by less is unsure."""


class PathwayTables(NamedTuple):
    """`pathway_links`, `pathway_durations`, `pathway_weights` and `pathway_thresholds`."""

    links: pl.DataFrame
    durations: pl.DataFrame
    weights: pl.DataFrame
    thresholds: pl.DataFrame


def pathway_tables(links: LinkFile, pathways: Pathways, *, threshold: int = THRESHOLD) -> PathwayTables:
    """Make every table.

    Args:
        links: The file that the pathways were found by.
        pathways: As found.
        threshold: Smaller counts are left out, and all that would give them away; 0 leaves everything in.
    """
    return PathwayTables(
        links=pl.concat([_link_row(step, threshold) for step in pathways.steps]),
        durations=_durations(links, pathways.rows, threshold),
        weights=pl.DataFrame([row for step in pathways.steps for row in _weights(step)], schema=_WEIGHTS, orient="row"),
        thresholds=pl.concat([_thresholds(step, threshold) for step in pathways.steps]),
    )


def _link_row(step: Step, threshold: int) -> pl.DataFrame:
    rule, linked = step.rule, step.linked
    by = linked.links["by"].value_counts().rows()
    lost = dict(linked.lost["reason"].value_counts().rows())
    counts = {
        "records": step.records,
        "linked": linked.links.height,
        **{f"by_{kind}": dict(by).get(kind, 0) for kind in ("key", "score")},
        "lost": linked.lost.height,
        **{reason: lost.get(reason, 0) for reason in REASONS},
    }
    share = [float(one) for one in wilson_share(np.array(counts["linked"]), np.array(counts["records"]))]
    row: dict[str, Any] = {
        "from": rule.source,
        "to": rule.target,
        **counts,
        **dict(zip(("share", "share_low", "share_high"), share, strict=True)),
        "expected_wrong": float((1 - linked.links["probability"]).sum()),
        "unsure": int((linked.links["margin_bits"] < SURE_BITS).sum()),
        "outside_window": int(linked.links["outside_window"].sum()),
        "partners": step.partners,
        "partners_left": linked.target_lost,
        "threshold_bits": rule.threshold_bits,
        "left_out": False,
    }
    table = pl.DataFrame([row], schema=_LINKS).with_columns(pl.col("share", "share_low", "share_high").fill_nan(None))
    shown = protect(
        table, ["from", "to"], list(_COUNTS), {"linked": ["share", "share_low", "share_high", "partners_left"]},
        threshold=threshold, splits=_SPLITS,
    )  # fmt: skip
    small = [pl.when(~pl.col(name).is_between(1, threshold - 1)).then(name).alias(name) for name in _SMALL]
    return shown.table.with_columns(*small, left_out=shown.hidden.select(pl.any_horizontal(_COUNTS)).to_series())


_SMALL = ("unsure", "outside_window", "partners", "partners_left")
"""Counts that nothing else in the table adds up to."""


def _durations(links: LinkFile, rows: pl.DataFrame, threshold: int) -> pl.DataFrame:
    found = [_duration(duration, rows, threshold) for duration in links.durations]
    return pl.DataFrame(found, schema=_DURATIONS, orient="row")


def _duration(duration: Duration, rows: pl.DataFrame, threshold: int) -> tuple[Any, ...]:
    """A duration; one that goes backwards is counted, and in no mean."""
    elapsed = (rows[duration.end] - rows[duration.begin]).dt.total_milliseconds() / 1000.0
    both = elapsed.drop_nulls()
    forward = both.filter(both >= 0)
    counts = (forward.len(), rows.height - both.len(), both.len() - forward.len())
    hidden = protect(
        pl.DataFrame([("x", rows.height, *counts)], schema=["name", "all", "n", "missing", "backwards"], orient="row"),
        ["name"], ["all", "n", "missing", "backwards"], {},
        threshold=threshold, splits=[Split("all", ("n", "missing", "backwards"))],
    ).hidden  # fmt: skip
    out = [bool(hidden[name].item()) for name in ("n", "missing", "backwards")]
    values = [None] * 9 if out[0] else [float(number[0]) for one in _spreads(forward) for number in one]
    titles = [duration.title.get(language, "") for language in ("en", "nb")]
    shown = [None if gone else number for gone, number in zip(out, counts, strict=True)]
    return (duration.name, *titles, *shown, *(None if v is None or np.isnan(v) else v for v in values), any(out))


def _spreads(seconds: pl.Series) -> list[Spread]:
    durations = one_group(np.ceil(seconds.to_numpy()), float(seconds.sum()))
    return [
        means(durations, CONFIDENCE),
        quantiles(durations, 0.5, CONFIDENCE),
        quantiles(durations, 0.9, CONFIDENCE),
    ]


def _weights(step: Step) -> list[tuple[Any, ...]]:
    ends = (step.rule.source, step.rule.target)
    return [
        (*ends, name, number, weight.limit, UNITS[name], weight.m, weight.u, weight.bits)
        for name, weights in step.linked.weights.items()
        for number, weight in enumerate(weights)
    ]


def _thresholds(step: Step, threshold: int) -> pl.DataFrame:
    table = threshold_table(step.linked, step.rule.threshold_bits)
    small = pl.col("links").is_between(1, threshold - 1)
    return table.select(
        pl.lit(step.rule.source).alias("from"),
        pl.lit(step.rule.target).alias("to"),
        "threshold_bits",
        *(pl.when(~small).then(name).alias(name) for name in ("links", "expected_wrong", "expected_precision")),
        (pl.col("threshold_bits") == step.rule.threshold_bits).alias("chosen"),
    )
