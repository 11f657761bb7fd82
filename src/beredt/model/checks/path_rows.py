"""What must hold inside the tables of pathways, triage, closed departments and conditions."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from beredt.model.issue import Issue
from beredt.model.pathway import CALL, DELIVERY, SCENE
from beredt.model.reading.table import Table, Tables

HOUR_S = 3600
ONLY_AT = {
    CALL: ("operator_min", "again_share"),
    DELIVERY: ("deliver_to",),
}
"""Columns that mean something at one stage only."""


def check_path_rows(tables: Tables) -> Iterator[Issue]:
    """Hours that are not whole, columns that mean nothing at a stage, conditions without what tells their outcome."""
    for name in ("pathways", "closed_departments", "hospital_places"):
        if name in tables:
            yield from _hours(tables[name])
    if "pathways" in tables:
        yield from _stages(tables["pathways"])
    if "closed_departments" in tables:
        yield from _elsewhere(tables["closed_departments"])
    if "conditions" in tables:
        yield from _conditions(tables["conditions"])


def parse_classes(text: str) -> tuple[float, ...]:
    """Ends of classes of delay in minutes, of `60;120`. Raises ValueError for anything but rising numbers above 0."""
    ends = tuple(float(part) for part in text.split(";"))
    if any(end <= before for before, end in zip((0.0, *ends), ends, strict=False)):
        raise ValueError(f"{text!r} does not rise from above 0")
    return ends


def _hours(table: Table) -> Iterator[Issue]:
    start, end = pl.col("start"), pl.col("end")
    yield from _where(table, start == end, "end", "no hour at all", "a whole day is 00:00 to 24:00")
    for column in ("start", "end"):
        yield from _where(table, pl.col(column) % HOUR_S != 0, column, "not a whole hour", "write hours such as 07:00")


def _stages(table: Table) -> Iterator[Issue]:
    stage = pl.col("stage")
    for only, columns in ONLY_AT.items():
        for column in columns:
            list_of = table.frame.schema[column] == pl.List(pl.String())
            given = pl.col(column).list.len() > 0 if list_of else pl.col(column) > 0.0
            message = f"{column} means something at the {only} only"
            yield from _where(table, (stage != only) & given, column, message, "leave it empty, or correct the stage")
    at_call = "there is no unit: nobody is at the scene or delivered"
    yield from _where(
        table, (stage == CALL) & (pl.col("crew_min") > 0.0), "crew_min", at_call, "leave it empty, or correct the stage"
    )
    yield from _where(
        table,
        (stage == SCENE) & (pl.col("origin") != "ordinary"),
        "origin",
        "transfers are not left at the scene: both ends are known beforehand",
        "write ordinary, or correct the stage",
    )


def _elsewhere(table: Table) -> Iterator[Issue]:
    yield from _where(
        table,
        pl.col("instead").list.contains(pl.col("hospital")),
        "instead",
        "the hospital stands in for itself",
        "name other hospitals, or none for all others",
    )


def _conditions(table: Table) -> Iterator[Issue]:
    yield from _where(
        table,
        (pl.col("measure") == "survival") & pl.col("curve").is_null(),
        "curve",
        "survival needs a curve",
        "name one of the published curves",
    )
    yield from _where(
        table,
        (pl.col("measure") == "delay") & pl.col("class_min").is_null(),
        "class_min",
        "delay needs classes",
        "give the minutes at which the classes end, such as 60;120",
    )
    wrong = [
        number for number, text in enumerate(table.frame["class_min"]) if text is not None and not _is_rising(text)
    ]
    if wrong:
        yield table.issue(wrong, "class_min", "not rising minutes", "write minutes such as 60;120")
    whole = pl.col("share").sum().over("urgency")
    yield from _where(
        table,
        whole > 1.0,
        "share",
        "the conditions of this urgency are more than all its incidents",
        "lower the shares",
    )


def _is_rising(text: str) -> bool:
    try:
        parse_classes(text)
    except ValueError:
        return False
    return True


def _where(table: Table, at: pl.Expr, field: str, message: str, remedy: str) -> Iterator[Issue]:
    positions = table.frame.select(at.fill_null(False).alias("at"))["at"].arg_true().to_list()
    if positions:
        yield table.issue(positions, field, message, remedy)
