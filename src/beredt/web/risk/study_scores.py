"""Scores into the study's own table, checked against the whole study first and never half written."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

import polars as pl

from beredt.errors import OptionError
from beredt.web.open_study import OpenStudy
from beredt.web.risk.state import SCORES


def write_study_scores(opened: OpenStudy, scores: pl.DataFrame) -> None:
    """Write `risk_scores` in the form that the study has it in, CSV unless it is Parquet.

    The caller holds `opened.writing`.

    Raises:
        StudyError: with every issue that the study would then have; nothing is written.
        OptionError: the file cannot be written.
    """
    file = f"{SCORES}.parquet" if (opened.folder / f"{SCORES}.parquet").exists() else f"{SCORES}.csv"
    content = _content(scores, file)
    opened.try_change({file: content}).get_study()
    place = opened.folder / file
    try:
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".saving-", delete=False) as draft:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(place)
    except OSError as error:
        remedy = "make the folder one that you may write to, or open a copy of the study"
        raise OptionError(str(place), "", f"cannot be written: {error.strerror or error}", remedy) from error


def _content(scores: pl.DataFrame, file: str) -> bytes:
    if file.endswith(".csv"):
        return scores.write_csv().encode()
    made = io.BytesIO()
    scores.write_parquet(made)
    return made.getvalue()
