"""The field dictionary is whole, and the objects agree with it."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, get_args

import polars as pl
import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from beredt.model.dictionary import ALTERNATIVES, load_edits, load_fields, load_tables
from beredt.model.edits.kinds import EDIT_KINDS
from beredt.model.field import Field
from beredt.model.reading.alternative import AlternativeFile
from beredt.model.reading.cells import DTYPES, parse_cells
from beredt.model.reading.service import POLICY_TABLES, SERVICE_TABLES
from beredt.model.service import Service
from beredt.model.settings import StudySettings
from beredt.model.study_form import DemandSource, RoadForm

TABLES = load_tables()
ALL_FIELDS = [
    *((f"{name}.{field.name}", field) for name, table in TABLES.items() for field in table.fields),
    *(
        (f"{name}.{field.name}", field)
        for name in ("settings", "edits", "alternative", "simulate/missions", "simulate/units", "generate/calls")
        for field in load_fields(name)
    ),
]


@pytest.mark.parametrize(("where", "field"), ALL_FIELDS, ids=[where for where, _ in ALL_FIELDS])
def test_every_field_is_described_and_consistent(where: str, field: Field) -> None:
    for language in ("en", "nb"):
        assert field.description[language].strip().endswith("."), where
    assert not (field.required and field.default is not None), "a required field has no use for a default"
    low, high = field.bounds()
    assert low is None or high is None or low < high
    for table, column in field.refers_to:
        if table == ALTERNATIVES:
            assert (column, field.type) == ("id", "text"), "such as 0+, which no id of a table could be"
            continue
        assert column in [other.name for other in TABLES[table].fields]
    assert field.range_text()


def test_defaults_of_columns_are_values_of_their_own_columns() -> None:
    for table in TABLES.values():
        for field in table.fields:
            if field.default is not None:
                frame, faults = parse_cells([field], pl.DataFrame({field.name: [""]}))
                assert not faults
                assert frame.item() is not None


def test_tables_have_keys_and_known_types() -> None:
    words = {"every", "none", "network", *get_args(RoadForm), *get_args(DemandSource)}
    for table in TABLES.values():
        assert {table.needed_by, table.read_by} <= words
        assert table.read_by in {"every", table.needed_by}, "a table that is needed is read"
        assert table.key
        assert all(field.base_type in DTYPES for field in table.fields)
        assert all(field.required for field in table.fields if field.key), "an empty cell names no row"
        assert all(table.description.values())
        assert not table.for_decision or table.needed_by == "none", "a study need not weigh anything"


def test_rows_have_the_columns_of_their_tables() -> None:
    renamed = {"start": "start_s", "end": "end_s", "flight_start": "flight_start_s", "flight_end": "flight_end_s"}
    hints = {field.name: field.type for field in dataclasses.fields(Service)}
    for name in (*SERVICE_TABLES, *POLICY_TABLES):
        class_name = str(hints[name]).removeprefix("tuple[").partition(",")[0]
        row = _row_class(class_name)
        columns = [renamed.get(field.name, field.name) for field in TABLES[name].fields]
        attributes = [field.name for field in dataclasses.fields(row) if field.name != "need_factor"]
        assert attributes == columns, name


def _row_class(name: str) -> Any:
    from beredt.model import service

    return getattr(service, name)


def test_edits_have_the_keys_of_the_dictionary() -> None:
    assert [kind.kind for kind in EDIT_KINDS] == list(load_edits())
    for kind in EDIT_KINDS:
        keys = load_edits()[kind.kind]
        assert [field.name for field in dataclasses.fields(kind)] == list(keys)
        for attribute in dataclasses.fields(kind):
            field = keys[attribute.name]
            assert (attribute.default is dataclasses.MISSING) == field.required, (kind.kind, attribute.name)
            if field.default is not None:
                assert str(attribute.default) == field.default
            assert (kind.creates is not None and attribute.name == "id") == field.key


def _leaves(model: type[BaseModel], prefix: str = "") -> dict[str, Any]:
    """Dotted name → field of pydantic, sections included."""
    found: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        found[prefix + name] = info
        for part in _models_in(info.annotation):
            found |= _leaves(part, f"{prefix}{name}.")
    return found


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]


@pytest.mark.parametrize(
    ("model", "name"), [(StudySettings, "settings"), (AlternativeFile, "alternative")], ids=["settings", "alternative"]
)
def test_settings_have_the_keys_of_the_dictionary(model: type[BaseModel], name: str) -> None:
    described = {field.name: field for field in load_fields(name)}
    leaves = _leaves(model)
    assert set(leaves) == set(described)
    for key, info in leaves.items():
        field = described[key]
        assert info.is_required() == field.required, key
        if field.default is not None:
            assert info.default is not PydanticUndefined
            written = json.loads(field.default) if field.base_type in {"floats", "texts", "bool"} else field.default
            default = list(info.default) if isinstance(info.default, tuple) else info.default
            assert default == (type(default)(written) if not isinstance(written, list) else written), key
        if field.base_type in {"int", "float"}:
            bounds = {type(limit).__name__: limit for limit in info.metadata}
            low = next((getattr(bounds[k], k.lower()) for k in ("Ge", "Gt") if k in bounds), None)
            high = next((getattr(bounds[k], k.lower()) for k in ("Le", "Lt") if k in bounds), None)
            assert (low, None if high is None else float(high)) == field.bounds(), key
