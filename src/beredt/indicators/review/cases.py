"""From flags to cases: one per incident, under a name that a later import gives it too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from beredt.indicators.review.looked_at import LookedAt


@dataclass(frozen=True, slots=True)
class Flag:
    """What one rule found. `row_id` is the mission it is about, None for the whole incident."""

    rule: str
    row_id: int | None
    value: float | None
    limit: float | None
    detail: str


@dataclass(frozen=True, slots=True)
class Case:
    """An incident with its flags. `name` is what a queue knows it by; `call_t` is UTC, ISO 8601, "" when not known."""

    name: str
    call_t: str
    urgency: str
    municipality: str
    units: str
    flags: tuple[Flag, ...]


def cases_of(seen: LookedAt, flags: pl.DataFrame) -> tuple[Case, ...]:
    """Put the flags of each incident together, in order of the call.

    An incident is named by the key of the log. Where the log has none, by the time of the call and its place: the same
    log imported again, with more rows or fewer, gives the same names. Several at the same moment and place are numbered
    in the order of the log.

    Args:
        seen: What was looked at.
        flags: The columns of FLAGS.
    """
    units = seen.missions.group_by("incident").agg(
        sent=pl.col("unit").cast(pl.String).unique(maintain_order=True).str.join("+")
    )
    rows = (
        seen.incidents.join(flags.select("incident").unique(), on="incident", how="semi", maintain_order="left")
        .join(units, on="incident", how="left", maintain_order="left")
        .select(
            "incident",
            name=name_of_incident(),
            call_t=_iso(),
            urgency=pl.col("urgency").cast(pl.String).fill_null(""),
            municipality=pl.col("municipality").cast(pl.String).fill_null(""),
            units=pl.col("sent").fill_null(""),
        )
        .with_columns(again=pl.int_range(pl.len()).over("name"))
    )
    found = _flags_by_incident(flags)
    return tuple(
        Case(
            name=row["name"] if row["again"] == 0 else f"{row['name']}#{row['again'] + 1}",
            flags=tuple(found[row["incident"]]),
            **{name: row[name] for name in ("call_t", "urgency", "municipality", "units")},
        )
        for row in rows.iter_rows(named=True)
    )


def _iso() -> pl.Expr:
    return pl.col("call_t").dt.strftime("%Y-%m-%dT%H:%M:%SZ").fill_null("")


def name_of_incident() -> pl.Expr:
    """What a case is called after the columns of its incident: the key of the log, else time and place."""
    place = pl.format("{},{}", pl.col("lat").round(4), pl.col("lon").round(4)).fill_null("")
    named = pl.concat_str(pl.lit("call "), _iso(), pl.lit(" "), place).str.strip_chars()
    return pl.when(pl.col("key").fill_null("") != "").then(pl.col("key")).otherwise(named)


def _flags_by_incident(flags: pl.DataFrame) -> dict[int, list[Flag]]:
    found: dict[int, list[Flag]] = {}
    columns: Sequence[str] = ("incident", "rule", "row_id", "value", "limit", "detail")
    for incident, *rest in flags.select(columns).iter_rows():
        found.setdefault(incident, []).append(Flag(*rest))
    return found
