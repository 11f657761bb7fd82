"""What a search leaves in its folder: the answer as an alternative, and tables of what was tried."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from beredt.decision.search.describe import Told
from beredt.decision.search.incumbent import Found, Incumbent
from beredt.decision.search.layout import Layout
from beredt.decision.search.space import Space
from beredt.decision.search.to_edits import layout_edits
from beredt.model.data_dictionary import data_dictionary
from beredt.model.dictionary import load_fields
from beredt.model.edits.edit import Edit

ANSWER, CANDIDATES, INCUMBENTS, DICTIONARY = (
    "answer.toml",
    "candidates.parquet",
    "incumbents.parquet",
    "data_dictionary.parquet",
)

_TYPES: Mapping[str, type[pl.DataType]] = {"float": pl.Float64, "int": pl.Int64, "bool": pl.Boolean}


def write_answer(folder: Path, name: str, edits: Iterable[Edit], told: Told) -> Path:
    """Write the answer as an alternative of the study; whoever reads meanwhile sees the old one or the new.

    Args:
        folder: made if need be.
        name: id of the alternative.
        edits: of the answer.
        told: its title and description.
    """
    lines = [f"id = {_toml(name)}"]
    for part, texts in told._asdict().items():
        lines += ["", f"[{part}]", *(f"{language} = {_toml(text)}" for language, text in texts.items())]
    for edit in edits:
        lines += ["", "[[edits]]", f"edit = {_toml(edit.kind)}"]
        lines += [f"{key} = {_toml(value)}" for key, value in edit.given().items()]
    folder.mkdir(parents=True, exist_ok=True)
    path, half = folder / ANSWER, folder / f"{ANSWER}.half"
    half.write_text("\n".join(lines) + "\n", encoding="utf-8")
    half.replace(path)
    return path


def write_tables(folder: Path, space: Space, found: Found, alpha: float) -> None:
    """Write `candidates.parquet`, `incumbents.parquet`, and what their columns mean."""
    tables = {"candidates": candidates_table(space, found, alpha), "incumbents": incumbents_table(space, found)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet", compression="zstd")
    data_dictionary(tables, "search").write_parquet(folder / DICTIONARY, compression="zstd")


def candidates_table(space: Space, found: Found, alpha: float) -> pl.DataFrame:
    """One row for every layout that ran against an incumbent, in the order of the races."""
    rows = []
    for number, one in enumerate(found.tried):
        low, high = one.ran.evidence.interval(alpha)
        rows.append(
            {
                "number": number,
                "incumbent": one.against,
                "layout": one.ran.layout.key,
                "step": one.step,
                "outcome": one.ran.outcome,
                "blocks": one.ran.evidence.blocks,
                "gain": one.ran.evidence.mean,
                "gain_low": low,
                "gain_high": high,
            }
            | _layout_columns(space, one.ran.layout)
        )
    return _frame("candidates", rows)


def incumbents_table(space: Space, found: Found) -> pl.DataFrame:
    """One row for every incumbent, today's layout first."""
    rows = [_incumbent_row(one) | _layout_columns(space, one.layout) for one in found.incumbents]
    return _frame("incumbents", rows)


def edit_text(edit: Edit) -> str:
    """An edit on one line: its kind and what was given."""
    given = ", ".join(f"{key} {json.dumps(value, ensure_ascii=False)}" for key, value in edit.given().items())
    return f"{edit.kind}: {given}"


def _incumbent_row(one: Incumbent) -> dict[str, Any]:
    facts = one.as_json()
    return {"number": one.number, **facts}


def _layout_columns(space: Space, layout: Layout) -> dict[str, Any]:
    rosters, budget = space.service.rosters, space.budget
    return {
        "units": int(budget.cost_in("units", layout, rosters)),
        "hours_week": budget.cost_in("hours", layout, rosters),
        "fte": budget.cost_in("fte", layout, rosters),
        "edits": "; ".join(edit_text(edit) for edit in layout_edits(space, layout)),
    }


def _frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {field.name: _TYPES.get(field.base_type, pl.String) for field in load_fields(f"search/{table}")}
    finite = [{key: _known(value) for key, value in row.items()} for row in rows]
    return pl.DataFrame(finite, schema=schema)


def _known(value: object) -> object:
    """A figure that is not known is missing, not a number."""
    return None if isinstance(value, float) and not abs(value) < float("inf") else value


def _toml(value: object) -> str:
    """A value as TOML writes it; texts have no control characters, and JSON writes such texts as TOML does."""
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)
