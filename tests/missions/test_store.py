"""A store gives back what was put in, explains itself, and is a store only when it is whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from beredt.errors import StoreError
from beredt.missions.schema import CORRECTIONS, FINDINGS, INCIDENTS, MISSIONS
from beredt.missions.store import Store, open_store, write_store
from beredt.missions.store_info import Source, StoreInfo
from beredt.model.dictionary import load_fields

INFO = StoreInfo("rvfd", "0" * 64, "America/Chicago", "", sources=(Source("calls.csv", "1" * 64, 3),), rows_in=3)
DTYPES: dict[str, set[type[pl.DataType]]] = {
    "int": {pl.Int16, pl.Int32, pl.Int64, pl.UInt64},
    "float": {pl.Float32, pl.Float64},
    "bool": {pl.Boolean},
    "time": {pl.Datetime},
    "text": {pl.Categorical, pl.String},
    "choice": {pl.Categorical},
}


def at(minute: int) -> datetime:
    return datetime(2026, 1, 31, 7, minute, tzinfo=UTC)


def missions() -> pl.DataFrame:
    """Two units of one incident, and a row of another that names a unit without any time."""
    rows = [
        {"row_id": 1, "row": 3, "incident": 7, "unit": "M2", "call_t": at(1), "alerted_t": at(2), "km": 1.5},
        {"row_id": 0, "row": 2, "incident": 7, "unit": "M1", "call_t": at(1), "scene_t": at(9)},
        {"row_id": 2, "row": 4, "incident": 8, "unit": "M1", "call_t": at(0)},
    ]
    words = [name for name, dtype in MISSIONS.items() if dtype == pl.Categorical]
    blank = (
        dict.fromkeys(MISSIONS) | dict.fromkeys(words, "") | {"source": 0, "part": 0, "cancelled": False, "marks": 0}
    )
    return pl.DataFrame([blank | row for row in rows], schema=MISSIONS)


def incidents() -> pl.DataFrame:
    zeros = {"missions": 0, "units": 0, "rows_without_unit": 0, "marks": 0}
    blank: dict[str, object] = {**dict.fromkeys(INCIDENTS), "key": "", **zeros}
    rows: list[dict[str, object]] = [
        {"incident": 7, "call_t": at(1), "missions": 2, "units": 2},
        {"incident": 8, "call_t": at(0), "missions": 1, "units": 1},
        {"incident": 9, "rows_without_unit": 1},
    ]
    return pl.DataFrame([blank | row for row in rows], schema=INCIDENTS)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return write_store(tmp_path / "store", missions=missions(), incidents=incidents(), info=INFO)


@pytest.mark.parametrize(
    ("name", "schema"),
    [("missions", MISSIONS), ("incidents", INCIDENTS), ("corrections", CORRECTIONS), ("findings", FINDINGS)],
)
def test_the_dictionary_and_the_types_name_the_same_columns(name: str, schema: pl.Schema) -> None:
    fields = load_fields(f"missions/{name}")
    assert [field.name for field in fields] == schema.names()
    for field in fields:
        assert schema[field.name].base_type() in DTYPES[field.base_type], field.name
        assert all(field.description[language].endswith(".") for language in ("en", "nb"))


def test_what_was_written_is_read_back_in_order_of_the_call(store: Store) -> None:
    opened = open_store(store.path)
    assert opened == store
    assert opened.missions().collect_schema() == MISSIONS
    assert opened.incidents().collect_schema() == INCIDENTS
    assert opened.missions().collect()["row_id"].to_list() == [2, 0, 1]
    assert opened.incidents().collect()["incident"].to_list() == [8, 7, 9]
    assert opened.missions().collect().sort("row_id").equals(missions().sort("row_id"))


def test_tables_are_counted(store: Store) -> None:
    info = open_store(store.path).info
    assert (info.missions, info.unit_responses, info.incidents, info.incidents_without_unit) == (3, 2, 3, 1)


def test_a_store_explains_its_own_columns(store: Store) -> None:
    for name in ("missions", "incidents", "corrections", "findings"):
        text = (store.path / "dictionary" / f"{name}.csv").read_text(encoding="utf-8")
        assert text.startswith("field,type,unit")


def test_two_stores_of_the_same_tables_have_the_same_bytes(store: Store, tmp_path: Path) -> None:
    other = write_store(tmp_path / "other", missions=missions(), incidents=incidents(), info=INFO)
    files = sorted(path.relative_to(store.path) for path in store.path.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(other.path) for path in other.path.rglob("*") if path.is_file())
    assert all((store.path / file).read_bytes() == (other.path / file).read_bytes() for file in files)


def test_a_folder_without_its_last_file_is_no_store(store: Store) -> None:
    (store.path / "store.json").unlink()
    with pytest.raises(StoreError, match=r"store\.json is missing"):
        open_store(store.path)


def test_a_store_of_another_version_is_refused(store: Store) -> None:
    file = store.path / "store.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": 99}))
    with pytest.raises(StoreError, match="format 99"):
        open_store(store.path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', "{"])
def test_a_spoilt_store_is_refused(store: Store, text: str) -> None:
    (store.path / "store.json").write_text(text)
    with pytest.raises(StoreError, match="import the log anew"):
        open_store(store.path)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("kept")
    with pytest.raises(StoreError, match="not an empty folder"):
        write_store(tmp_path, missions=missions(), incidents=incidents(), info=INFO)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
