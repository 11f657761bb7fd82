"""Scores as the table that a study reads: `risk_scores.csv`."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from beredt.errors import OptionError


def write_scores(scores: pl.DataFrame, path: Path, *, replace: bool) -> None:
    """Write scores as CSV.

    Args:
        scores: with the columns of `risk_scores`.
        path: the file; its folder must be there.
        replace: write over what is there.

    Raises:
        OptionError: the file is there and must not be replaced, or its folder is not there.
    """
    if path.exists() and not replace:
        raise OptionError("--out", str(path), "the file is there already", "give --replace, or another name")
    if not path.parent.is_dir():
        raise OptionError("--out", str(path), "there is no such folder", "make it first, or give another name")
    path.write_text(scores.write_csv(), encoding="utf-8", newline="\n")
