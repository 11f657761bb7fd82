"""A stretch of a log as it comes from its file: cells as they are written, and where they stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

import polars as pl

if TYPE_CHECKING:
    from beredt.missions.read.byte_cells import ByteCells  # what it is compiled with is slow to import

Cells: TypeAlias = "pl.DataFrame | ByteCells"
"""Cells by column: as they are written, or as a file that knows its types gives them."""

Position = Mapping[str, int]
"""Where in a file the next block begins; whatever the reader of the file understands."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """n rows of a log.

    `cells` has one column per column of the file, text unless the file knows better, null where a cell is empty; `row`
    [n] is the line of each as a spreadsheet shows it. `broken` [n] says that a row could not be told apart into cells
    (its cells are null), `joined` [n] that cells were joined again, `foreign` [n] that the row is in another encoding
    than the rest. `next` is where the next block begins, `done` how much of the file lies before it.
    """

    cells: Cells
    row: pl.Series
    broken: pl.Series
    joined: pl.Series
    foreign: pl.Series
    next: Position
    done: int


class LogFile(Protocol):
    """A log that is being read. `columns` are those of its header; `total` is what `Block.done` comes to in the end."""

    columns: tuple[str, ...]
    total: int

    def blocks(self, position: Position | None = None) -> Iterator[Block]:
        """All blocks from a position on, or from the beginning; always cut at the same places."""
        ...


def whole_block(cells: Cells, first_row: int, position: Position, done: int) -> Block:
    """A block of a file that knows its own cells: none is broken."""
    no = pl.repeat(value=False, n=cells.height, dtype=pl.Boolean, eager=True)
    row = pl.int_range(first_row, first_row + cells.height, dtype=pl.Int64, eager=True)
    return Block(cells, row, no, no, no, position, done)


def without(empty: pl.Series, block: Block) -> Block:
    """A block of a frame without the rows of which `empty` says that nothing stands in them."""
    kept = ~empty
    return dataclasses.replace(
        block,
        cells=cast(pl.DataFrame, block.cells).filter(kept),
        row=block.row.filter(kept),
        broken=block.broken.filter(kept),
        joined=block.joined.filter(kept),
        foreign=block.foreign.filter(kept),
    )


def unique_names(header: list[str]) -> tuple[str, ...]:
    """Names of columns without spaces at the ends; nameless and repeated ones get a name of their own."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = cell.strip().strip("\ufeff").strip() or f"column {number}"
        while name in names:
            name = f"{name} ({number})"
        names.append(name)
    return tuple(names)
