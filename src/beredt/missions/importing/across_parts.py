"""Missions that overlap one of an earlier part: looked up in the parts of the store that are written already.

Nothing is carried from part to part in memory, so that an import that was broken off knows what it knew before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from beredt.missions.checks.local_clock import to_local
from beredt.missions.checks.overlaps import NO_DUPLICATE, overlaps_earlier
from beredt.missions.checks.rule import get_rule, marks_of
from beredt.missions.checks.sheet import B, write_clock
from beredt.missions.clean import Cleaned
from beredt.missions.cleaning_context import CleaningContext
from beredt.missions.findings import merge_findings
from beredt.missions.marks import has_mark, impossible_mask
from beredt.missions.schema import FINDINGS
from beredt.missions.store import part_name

RULE, STAMP = "overlapping_missions", "rolling_t"


def busy_until(missions: pl.DataFrame) -> int | None:
    """When the last of the missions that count for the rule ends, ms; None where there is none."""
    last = _busy(missions.lazy()).select(pl.col("end").max()).collect().item()
    return None if last is None else int(last)


def mark_across(cleaned: Cleaned, out: Path, written: Sequence[Mapping[str, Any]], context: CleaningContext) -> Cleaned:
    """Mark missions that overlap one of a part that is written already.

    Args:
        cleaned: The rows of a part.
        out: Folder of the store.
        written: The pieces of the journal of the parts before, with their `busy_until`.
        context: What is known of the log.
    """
    if not context.has(RULE):
        return cleaned
    own = _busy(cleaned.missions.lazy().with_row_index("at")).collect()
    if own.is_empty():
        return cleaned
    since = int(own["begin"].to_numpy().min())
    parts = [number for number, piece in enumerate(written) if (piece.get("busy_until") or since) > since]
    if not parts:
        return cleaned
    files = [out / "missions" / part_name(number) for number in parts]
    earlier = pl.concat([_busy(pl.scan_parquet(file)).filter(pl.col("end") > since) for file in files]).collect()
    # Of a part only its first hours can reach back; of those before, only the units seen in them matter.
    own = own.filter(pl.col("begin") < earlier["end"].max())
    earlier = earlier.filter(pl.col("unit").is_in(own["unit"].unique().implode()))
    found = _overlapping(own.filter(pl.col("unit").is_in(earlier["unit"].unique().implode())), earlier)
    marks = cleaned.missions["marks"].gather(found)
    fresh = found.filter((marks & marks_of(RULE)) == 0)
    return cleaned if fresh.is_empty() else _with_marks(cleaned, fresh, context)


def _busy(missions: pl.LazyFrame) -> pl.LazyFrame:
    """Unit, begin and end (ms) of the missions that count for the rule, and their other columns."""
    counts = ~has_mark(marks_of(*NO_DUPLICATE) | impossible_mask("rolling_t", "free_t"))
    known = pl.col("rolling_t").is_not_null() & pl.col("free_t").is_not_null()
    return missions.filter(counts & known).select(
        pl.col("^at$"),
        pl.col("unit").cast(pl.String),
        begin=pl.col("rolling_t").to_physical(),
        end=pl.col("free_t").to_physical(),
    )


def _overlapping(own: pl.DataFrame, earlier: pl.DataFrame) -> pl.Series:
    """Rows of missions, ascending."""
    before = {key[0]: part for key, part in earlier.partition_by("unit", as_dict=True).items()}
    found = [own["at"].clear()]
    for (unit,), part in own.partition_by("unit", as_dict=True).items():
        times = (one[name].to_numpy() for one in (part, before[unit]) for name in ("begin", "end"))
        overlap: B = overlaps_earlier(*times)
        found.append(part["at"].filter(pl.Series(overlap)))
    return pl.concat(found).sort()


def _with_marks(cleaned: Cleaned, at: pl.Series, context: CleaningContext) -> Cleaned:
    """The part with some missions marked, their incidents, what was found, and how often."""
    mask = np.uint64(get_rule(RULE).mask)
    marks = cleaned.missions["marks"].to_numpy().copy()
    marks[at.to_numpy()] |= mask
    rows = cleaned.missions[at]
    touched = pl.col("incident").is_in(rows["incident"].unique().implode())
    marked = pl.when(touched).then(pl.col("marks") | pl.lit(mask, pl.UInt64)).otherwise("marks")
    return dataclasses.replace(
        cleaned,
        missions=cleaned.missions.with_columns(pl.Series("marks", marks)),
        incidents=cleaned.incidents.with_columns(marks=marked),
        findings=merge_findings([cleaned.findings, _findings(rows, context)]),
        rules={**cleaned.rules, RULE: cleaned.rules[RULE] + rows.height},
    )


def _findings(rows: pl.DataFrame, context: CleaningContext) -> pl.DataFrame:
    """A line for each input, with the row that cleaning the whole log at once would show."""
    lines = (
        rows.sort("row_id")
        .group_by("source", maintain_order=True)
        .agg(pl.col("row", STAMP, "lat", "lon").first(), pl.len().alias("count"))
    )
    utc = lines[STAMP].to_physical().to_numpy()
    value = write_clock(to_local(utc, context.zone) if context.local_clock else utc)
    told = lines.with_columns(
        value=value, rule=pl.lit(RULE), field=pl.lit(STAMP), remedy=pl.lit(get_rule(RULE).remedy["en"])
    )
    return told.select(FINDINGS.names()).match_to_schema(FINDINGS, integer_cast="upcast")
