"""Cells of a block as the frame that they are in a file that is not large."""

from __future__ import annotations

import polars as pl

from beredt.missions.read.block import Block


def frame(block: Block) -> pl.DataFrame:
    """The cells of a block whose file was read as text."""
    assert isinstance(block.cells, pl.DataFrame)
    return block.cells
