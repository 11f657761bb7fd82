"""Tables of pathways: links and losses, durations, what agreement was worth, and other thresholds.

Columns stand in the field dictionary, `model/fields/missions_report/pathway….csv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.catalogue.spread import Spread, means, one_group, quantiles
from beredt.indicators.estimate import CONFIDENCE
from beredt.indicators.pathway.link_file import Duration, LinkFile
from beredt.indicators.pathway.pathways import Pathways, Step
from beredt.indicators.pathway.quality import threshold_table
from beredt.indicators.suppress import THRESHOLD, Counts, Names, Protected, Split, protect_together
from beredt.indicators.wilson import wilson_share

REASONS = ("nobody_alike", "below_threshold", "taken_by_another")
UNITS = {"time": "min", "place": "m", "age": "years", "municipality": "", "sex": "", "patient": ""}

_COUNTS = ("records", "linked", "by_key", "by_score", "lost", *REASONS)
_BESIDE = ("unsure", "outside_window", "partners", "partners_left")
_NOT_SHOWN = ("sure", "inside")
"""The others of the links, which whoever knows `unsure` and `outside_window` knows too."""
_SPLITS = (
    Split("records", ("linked", "lost")),
    Split("linked", ("by_key", "by_score")),
    Split("lost", REASONS),
    Split("partners", ("linked", "partners_left")),
    Split("linked", ("unsure", "sure")),
    Split("linked", ("outside_window", "inside")),
)
_TIMED = ("all", "n", "missing", "backwards")
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
    "title_nn": pl.String,
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
    steps = [_link_row(step) for step in pathways.steps]
    timed = [_elapsed(duration, pathways.rows) for duration in links.durations]
    asked = [*map(_link_counts, steps), *(_timed_counts(one, pathways) for one in timed)]
    protected = protect_together(asked, threshold)
    by_step, by_duration = protected[: len(steps)], protected[len(steps) :]
    durations = [_duration(*one) for one in zip(links.durations, timed, by_duration, strict=True)]
    return PathwayTables(
        links=pl.concat([_shown_link(one) for one in by_step]),
        durations=pl.DataFrame(durations, schema=_DURATIONS, orient="row"),
        weights=pl.DataFrame([row for step in pathways.steps for row in _weights(step)], schema=_WEIGHTS, orient="row"),
        thresholds=pl.concat(
            [
                _thresholds(step, threshold, is_hidden=bool(one.hidden["by_score"].item()))
                for step, one in zip(pathways.steps, by_step, strict=True)
            ]
        ),
    )


def _link_row(step: Step) -> pl.DataFrame:
    rule, linked = step.rule, step.linked
    by = dict(linked.links["by"].value_counts().rows())
    lost = dict(linked.lost["reason"].value_counts().rows())
    number = linked.links.height
    unsure = int((linked.links["margin_bits"] < SURE_BITS).sum())
    outside = int(linked.links["outside_window"].sum())
    share = [float(one) for one in wilson_share(np.array(number), np.array(step.records))]
    row: dict[str, Any] = {
        "from": rule.source,
        "to": rule.target,
        "records": step.records,
        "linked": number,
        **{f"by_{kind}": by.get(kind, 0) for kind in ("key", "score")},
        "lost": linked.lost.height,
        **{reason: lost.get(reason, 0) for reason in REASONS},
        **dict(zip(("share", "share_low", "share_high"), share, strict=True)),
        "expected_wrong": float((1 - linked.links["probability"]).sum()),
        "unsure": unsure,
        "outside_window": outside,
        "partners": step.partners,
        "partners_left": linked.target_lost,
        "threshold_bits": rule.threshold_bits,
        "left_out": False,
        "sure": number - unsure,
        "inside": number - outside,
    }
    schema = {**_LINKS, **dict.fromkeys(_NOT_SHOWN, pl.Int64)}
    return pl.DataFrame([row], schema=schema).with_columns(pl.col("share", "share_low", "share_high").fill_nan(None))


def _link_counts(row: pl.DataFrame) -> Counts:
    """A step to be protected. What it reached is what the next one begins at, so both have one name."""
    reached: dict[str, tuple[str, dict[str, str]]] = {
        count: (_reached(row[end].item()), {}) for count, end in (("records", "from"), ("linked", "to"))
    }
    counts = (*_COUNTS, *_BESIDE, *_NOT_SHOWN)
    tells = {"linked": ("share", "share_low", "share_high")}
    return Counts(row, ["from", "to"], counts, tells, _SPLITS, names=Names({}, reached))


def _reached(log: str) -> str:
    """What records that links have reached are called, so that every table of them is known to count the same."""
    return f"reached of {log}"


def _shown_link(found: Protected) -> pl.DataFrame:
    out = found.hidden.select(pl.any_horizontal(*_COUNTS, *_BESIDE)).to_series()
    return found.table.with_columns(left_out=out).select(*_LINKS)


class _Elapsed(NamedTuple):
    """The seconds of a duration that go forward, and one row with all its counts."""

    forward: pl.Series
    counts: pl.DataFrame


def _elapsed(duration: Duration, rows: pl.DataFrame) -> _Elapsed:
    """A duration; one that goes backwards is counted, and in no mean."""
    elapsed = (rows[duration.end] - rows[duration.begin]).dt.total_milliseconds() / 1000.0
    both = elapsed.drop_nulls()
    forward = both.filter(both >= 0)
    counts = (rows.height, forward.len(), rows.height - both.len(), both.len() - forward.len())
    return _Elapsed(forward, pl.DataFrame([(duration.name, *counts)], schema=["name", *_TIMED], orient="row"))


def _timed_counts(one: _Elapsed, pathways: Pathways) -> Counts:
    names = Names({}, {"all": (_reached(pathways.steps[0].rule.source), {})})
    splits = [Split("all", ("n", "missing", "backwards"))]
    return Counts(one.counts, ["name"], _TIMED, splits=splits, names=names)


def _duration(duration: Duration, one: _Elapsed, found: Protected) -> tuple[Any, ...]:
    shown = found.table.select("n", "missing", "backwards").row(0)
    values = [None] * 9 if shown[0] is None else [float(end[0]) for spread in _spreads(one.forward) for end in spread]
    titles = [duration.title.get(language, "") for language in ("en", "nb", "nn")]
    numbers = (None if value is None or np.isnan(value) else value for value in values)
    return (duration.name, *titles, *shown, *numbers, None in shown)


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


def _thresholds(step: Step, threshold: int, *, is_hidden: bool) -> pl.DataFrame:
    """What other thresholds would give; `is_hidden` says that the links by score at the chosen one are left out."""
    table = threshold_table(step.linked, step.rule.threshold_bits)
    chosen = table["threshold_bits"] == step.rule.threshold_bits
    told = pl.Series(told_in_steps(table["links"].to_list(), chosen.arg_true()[0], threshold, is_hidden=is_hidden))
    return table.select(
        pl.lit(step.rule.source).alias("from"),
        pl.lit(step.rule.target).alias("to"),
        "threshold_bits",
        *(pl.when(told).then(name).alias(name) for name in ("links", "expected_wrong", "expected_precision")),
        chosen.alias("chosen"),
    )


def told_in_steps(counts: Sequence[int], begin: int, threshold: int, *, is_hidden: bool) -> list[bool]:
    """Which of some counts that never rise can be told, so that no two of them differ by a small number.

    From the one at place `begin` on, up and down, the next that is told is as great as the last one told, or as much
    apart as a count may be small. Where that one is left out, all that are near it are.
    """
    told = [False] * len(counts)
    told[begin] = not is_hidden and not 0 < counts[begin] < threshold
    for places in (range(begin + 1, len(counts)), range(begin - 1, -1, -1)):
        last, is_told = counts[begin], told[begin]
        for at in places:
            apart = abs(counts[at] - last)
            if ((apart == 0 and is_told) or apart >= threshold) and not 0 < counts[at] < threshold:
                told[at], last, is_told = True, counts[at], True
    return told
