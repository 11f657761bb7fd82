"""A replay as tables; their columns stand in the field dictionary, `model/fields/replay/<table>.csv`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import polars as pl

from beredt.live.known import LOCAL
from beredt.live.replay.beside import Replayed
from beredt.live.replay.sums import Sums
from beredt.missions.write_files import write_parquet, write_text
from beredt.model.dictionary import load_fields

_TYPES = {"int": pl.Int64(), "float": pl.Float64(), "bool": pl.Boolean()}


def replay_tables(found: Replayed, sums: Sequence[Sums]) -> Mapping[str, pl.DataFrame]:
    """All tables by name, in order of time."""
    incidents = [
        {
            **{name: getattr(one, name) for name in _names("replay_incidents") if hasattr(one, name)},
            "decided": local_text(one.decided_ms),
            "units": "+".join(one.units),
        }
        for one in found.incidents
    ]
    moves = [{**one.as_json(), "at": local_text(one.at_ms)} for one in found.moves]
    of_all = [
        {
            **{name: getattr(one, name) for name in ("urgency", "incidents", "reckoned", "sooner", "later", "errors")},
            "agreed": one.agreed.value,
            "agreed_low": one.agreed.low,
            "agreed_high": one.agreed.high,
            "difference_s": one.difference.value,
            "difference_low_s": one.difference.low,
            "difference_high_s": one.difference.high,
            "error_s": one.error.value,
            "error_low_s": one.error.low,
            "error_high_s": one.error.high,
            "error_q10_s": one.error_q10,
            "error_q90_s": one.error_q90,
        }
        for one in sums
    ]
    rows = {"replay_incidents": incidents, "replay_moves": moves, "replay_sums": of_all}
    return {name: _table(name, of) for name, of in rows.items()}


def write_replay_tables(tables: Mapping[str, pl.DataFrame], out: Path) -> None:
    """Write the tables as Parquet with their dictionary beside them, in a folder that only its owner may open."""
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, table in tables.items():
        write_parquet(table, out / f"{name}.parquet")
        text = files("beredt.model").joinpath("fields", "replay", f"{name}.csv").read_text(encoding="utf-8")
        write_text(text, out / "dictionary" / f"{name}.csv")


def local_text(at_ms: int) -> str:
    """A moment by the clock on the wall, with its offset, to the second."""
    return datetime.fromtimestamp(at_ms // 1000, LOCAL).isoformat()


def _names(table: str) -> list[str]:
    return [field.name for field in load_fields(f"replay/{table}")]


def _table(name: str, rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    fields = load_fields(f"replay/{name}")
    schema = {field.name: _TYPES.get(field.base_type, pl.String()) for field in fields}
    return pl.DataFrame([{column: row[column] for column in schema} for row in rows], schema=schema, strict=False)
