"""What an analysis answered, on disk: one document for the page, tables as CSV, and what else is taken along."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

import polars as pl
from pydantic import BaseModel, ValidationError

from beredt.errors import ResultsError

ANSWER = "answer.json"
TABLES = "results"
KINDS = (".html", ".csv", ".json", ".geojson")
"""What people take along; tables come as CSV, which every program reads."""

Answer = TypeVar("Answer", bound=BaseModel)


def keep_answer(out: Path, answer: BaseModel) -> None:
    """Keep an answer in one step, and the tables that lie beside it as CSV."""
    for path in sorted((out / TABLES).glob("*.parquet")):
        pl.read_parquet(path).write_csv(out / f"{path.stem}.csv")
    draft = out / f".{ANSWER}"
    draft.write_text(answer.model_dump_json(), encoding="utf-8")
    os.replace(draft, out / ANSWER)


def read_answer(out: Path, kind: type[Answer]) -> Answer:
    """The answer that was kept. Raises ResultsError when it cannot be read."""
    try:
        return kind.model_validate_json((out / ANSWER).read_bytes())
    except (OSError, ValidationError) as error:
        raise ResultsError("the answer is not here or of another version of Beredt: ask again") from error


def list_answer_files(out: Path) -> dict[str, Path]:
    """Files to take along by name."""
    found = (path for path in sorted(out.glob("*")) if path.suffix in KINDS and not path.name.startswith("."))
    return {path.name: path for path in found if path.is_file()}
