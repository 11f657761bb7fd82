"""Faults planted in an export, so many of each kind, and never two in one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import polars as pl

from beredt.errors import OptionError
from beredt.simulation.amis_export.export_row import ExportRow
from beredt.simulation.amis_export.faults.fault import Fault, Mark

OVERLAP = "overlapping_missions"


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """A planted fault: its rule, the row that has it, what stands there and what stood there.

    `found` is the row that the rule marks: of a unit that is not free in time, its next mission.
    """

    rule: str
    row: ExportRow
    mark: Mark
    found: ExportRow


@dataclass(frozen=True, slots=True)
class Export:
    """Rows in the order of the file, what was planted, and what it does to the counts."""

    rows: tuple[ExportRow, ...]
    planted: tuple[PlantedFault, ...]
    counts: Mapping[str, int]  # faults of each rule
    rules: Mapping[str, int]  # rows that each rule marks because of them
    incidents: int  # more, or fewer, because of them
    responses: int


def plant(
    rows: pl.DataFrame,
    lines: Sequence[ExportRow],
    faults: Sequence[Fault],
    every: int,
    wanted: Mapping[str, int],
    seed: int,
) -> Export:
    """Plant faults.

    Args:
        rows: of `with_conditions`.
        lines: of `export_rows`, made of them; they are changed.
        faults: that can be planted.
        every: how many of each, or as many as there are rows for.
        wanted: how many of single ones instead, by their rules.
        seed: which rows get them.

    Raises:
        OptionError: More of a fault are wanted than there are rows to plant it in.
    """
    random = Random(seed)
    instead: dict[int, tuple[ExportRow, ...]] = {}
    planted: list[PlantedFault] = []
    counts: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    incidents = responses = 0
    for fault in faults:
        chosen = _choose(rows, lines, fault, wanted.get(fault.rule, every), random)
        if len(chosen) < wanted.get(fault.rule, 0):
            raise OptionError(
                "--fault",
                f"{fault.rule}={wanted[fault.rule]}",
                f"only {len(chosen)} rows are left in which it can be planted",
                "ask for fewer, or simulate a longer period",
            )
        for number in chosen:
            line = lines[number]
            done = fault.plant(line, random)
            instead[number] = done.rows
            found = lines[line.truth["next_row"]] if fault.rule == OVERLAP else done.rows[-1]
            planted += [PlantedFault(fault.rule, done.rows[-1], mark, found) for mark in done.marks]
        counts[fault.rule] += len(chosen)
        for rule, marks in ((fault.rule, 1), *fault.also.items()):
            rules[rule] += marks * len(chosen)
        incidents += fault.incidents * len(chosen)
        responses += fault.responses * len(chosen)
    everything = tuple(row for number, line in enumerate(lines) for row in instead.get(number, (line,)))
    return Export(everything, tuple(planted), counts, rules, incidents, responses)


def _choose(rows: pl.DataFrame, lines: Sequence[ExportRow], fault: Fault, most: int, random: Random) -> list[int]:
    """Rows for a fault, at most so many; they and those that it touches are taken from then on."""
    able = rows.filter(pl.col("sound") & fault.eligible)["row"].to_list() if most else []
    random.shuffle(able)
    chosen: list[int] = []
    for number in able:
        if len(chosen) == most:
            break
        touched = [number, *_touched(lines[number], fault)]
        if not any(lines[one].taken for one in touched):
            for one in touched:
                lines[one].taken = True
            chosen.append(number)
    return chosen


def _touched(line: ExportRow, fault: Fault) -> list[int]:
    """Other rows that a fault marks, or leans on."""
    column = {OVERLAP: "next_row", "key_conflict": "other_row"}.get(fault.rule)
    return [] if column is None else [line.truth[column]]
