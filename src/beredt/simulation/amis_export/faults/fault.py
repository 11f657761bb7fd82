"""A fault that can be planted in a row of an export, and all that must be found of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

import polars as pl

from beredt.simulation.amis_export.export_row import ExportRow


@dataclass(frozen=True, slots=True)
class Mark:
    """What was done to one row: `was` and `now` are the text of its column, "" where it is about the whole row."""

    column: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted fault: rows that take the place of the row it was planted in, and what was done."""

    rows: tuple[ExportRow, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault.

    `rule` is the rule of cleaning or reading that must find it, once for each that is planted; `also` says which
    other rules must mark further rows, such as `no_unit` for a line that is cut. `eligible` tells the rows of
    `with_conditions` that it may be planted in; all are sound. `plant` takes a row and random numbers. `incidents` and
    `responses` say how many incidents and unit responses there are more, or fewer, for it.
    """

    rule: str
    plant: Callable[[ExportRow, Random], Planted]
    eligible: pl.Expr = field(default_factory=lambda: pl.lit(value=True))
    also: Mapping[str, int] = field(default_factory=dict)
    incidents: int = 0
    responses: int = 0
    needs: str = ""  # numbered | loose: only in exports with, or without, numbers of incidents


def changed(row: ExportRow, **cells: str) -> Planted:
    """Planted by writing other cells, named as they are without the letters that Python does not allow."""
    return rewritten(row, cells)


def rewritten(row: ExportRow, cells: Mapping[str, str]) -> Planted:
    """Planted by writing other cells."""
    marks = tuple(Mark(column, row.cells[column], text) for column, text in cells.items() if row.cells[column] != text)
    row.cells.update(cells)
    return Planted((row,), marks)
