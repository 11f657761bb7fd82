"""Count the incidents of a store by telephone urgency and the first triage at the scene."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from beredt.indicators.triage.scale import TriageScale, level_of
from beredt.missions.intervals import local
from beredt.missions.store import Store
from beredt.model.urgency import URGENCIES

NOT_ASSESSED = -1
"""Level of an incident whose crew has set none, or one that the scale does not know."""

UNKNOWN = "unknown"
"""Key of incidents without a month or criterion."""

ALL, MONTH, CRITERION_GROUP = "all", "month", "criterion_group"


class TriageCounts(NamedTuple):
    """What a store says about triage.

    `counts` has the columns by (all, month or criterion_group), key ("" for all), urgency (code of the telephone's),
    level (place in the scale, NOT_ASSESSED) and n (incidents, ≥ 1); `codes` what stands in the log: triage, level
    (null where the scale does not know it) and n (missions). `no_urgency` incidents have no telephone urgency and
    are in none.
    """

    counts: pl.DataFrame
    codes: pl.DataFrame
    no_urgency: int


def count_triage(store: Store, scale: TriageScale) -> TriageCounts:
    """Count incidents by telephone urgency and level, in all, by month and by criterion group.

    The telephone's urgency is the one that the incident was given first. The triage of an incident is the one that the
    first unit at the scene set that set any: later units know more, and the question is what the telephone missed.
    Months are those of the call on the clocks of the store.

    Args:
        store: Whole.
        scale: What the column `triage` is written in.
    """
    counted = [_count_part(missions, incidents, store.info.zone, scale) for missions, incidents in _parts(store)]
    keys = ("urgency", "level", "month", "group")
    cells = pl.concat([cells for cells, _ in counted]).group_by(keys).agg(pl.col("n").sum())
    codes = pl.concat([codes for _, codes in counted]).group_by("triage", "level").agg(pl.col("n").sum())
    month = pl.format("{}-{}", pl.col("month") // 100, (pl.col("month") % 100).cast(pl.String).str.zfill(2))
    named = cells.with_columns(month=month.fill_null(UNKNOWN))
    parts = [
        named.group_by(pl.lit(by).alias("by"), key.alias("key"), "urgency", "level").agg(pl.col("n").sum())
        for by, key in ((ALL, pl.lit("")), (MONTH, pl.col("month")), (CRITERION_GROUP, pl.col("group")))
    ]
    return TriageCounts(
        counts=pl.concat(parts).drop_nulls("urgency").sort("by", "key", "urgency", "level"),
        codes=codes.select("triage", "level", "n").sort("n", "triage", descending=[True, False]),
        no_urgency=int(cells.filter(pl.col("urgency").is_null())["n"].sum()),
    )


def _parts(store: Store) -> list[tuple[pl.LazyFrame, pl.LazyFrame]]:
    """Missions and incidents of each part of a store, since a part holds whole incidents; all at once of any other."""
    names = [
        sorted(file.name for file in (store.path / table).glob("part-*.parquet")) for table in ("missions", "incidents")
    ]
    if not names[0] or names[0] != names[1]:
        return [(store.missions(), store.incidents())]
    folders = (store.path / "missions", store.path / "incidents")
    return [(pl.scan_parquet(folders[0] / name), pl.scan_parquet(folders[1] / name)) for name in names[0]]


def _count_part(
    missions: pl.LazyFrame, incidents: pl.LazyFrame, zone: str, scale: TriageScale
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Incidents by urgency, level, month and group, and the codes of missions."""
    code = {name: place for place, name in enumerate(URGENCIES)}
    call = local("call_t", zone)
    cells = (
        incidents.select(
            "incident",
            urgency=pl.col("urgency_first").cast(pl.String).replace_strict(code, default=None, return_dtype=pl.Int8),
            month=call.dt.year() * 100 + call.dt.month().cast(pl.Int32),
            group=criterion_group(),
        )
        .join(first_triage(missions, scale), on="incident", how="left")
        .with_columns(pl.col("level").fill_null(NOT_ASSESSED))
        .group_by("urgency", "level", "month", "group")
        .agg(n=pl.len().cast(pl.Int64))
    )
    counted, codes = pl.collect_all([cells, _codes(missions, scale)])
    return counted, codes


def first_triage(missions: pl.LazyFrame, scale: TriageScale) -> pl.LazyFrame:
    """Incident and level: of its missions with a triage that the scale knows, that of the first unit at the scene."""
    return (
        missions.select("incident", "scene_t", "row_id", level=level_of(scale))
        .drop_nulls("level")
        .group_by("incident")
        .agg(pl.col("level").sort_by("scene_t", "row_id", nulls_last=True).first())
    )


def criterion_group(column: str = "criterion") -> pl.Expr:
    """Group of a criterion as text: its chapter or card number, otherwise the criterion itself.

    Criteria of the Norwegian index and of dispatch protocols begin with a number, perhaps after the letter of an
    urgency: `A.10.02`, `H 25.1` and `33C2` belong to 10, 25 and 33.
    """
    text = pl.col(column).cast(pl.String).str.strip_chars()
    number = text.str.extract(r"^(?:[A-Za-zÆØÅæøå][\s.:\-]*)?0*(\d{1,3})(?:\D|$)", 1)
    return pl.when(text == "").then(pl.lit(UNKNOWN)).otherwise(pl.coalesce(number, text, pl.lit(UNKNOWN)))


def triage_codes(store: Store) -> pl.DataFrame:
    """What stands in the log as triage, and how often: columns triage and n, for `guess_scale`."""
    counted = store.missions().group_by("triage").agg(n=pl.len().cast(pl.Int64)).collect(engine="streaming")
    # By category first: few of them, and words for every row would take longer than all else.
    words = counted.with_columns(pl.col("triage").cast(pl.String).str.strip_chars()).filter(pl.col("triage") != "")
    return words.group_by("triage").agg(pl.col("n").sum()).sort("triage")


def _codes(missions: pl.LazyFrame, scale: TriageScale) -> pl.LazyFrame:
    return (
        missions.select(triage=pl.col("triage").cast(pl.String).str.strip_chars())
        .filter(pl.col("triage") != "")
        .group_by("triage")
        .agg(n=pl.len().cast(pl.Int64))
        .with_columns(level=level_of(scale))
        .select("triage", "level", "n")
    )
