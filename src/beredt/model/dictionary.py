"""The field dictionary: what every table, every setting and every edit may hold, in `fields/*.csv`.

It feeds validation, defaults and the reference documentation. `fields/tables.csv` lists the tables,
`fields/<table>.csv` their columns, `fields/settings.csv` the keys of `study.toml` with dotted names, and
`fields/edits.csv` the keys of edits, named `<edit>.<key>`, `fields/results/<table>.csv` the columns of results, and
`fields/simulate/<table>.csv` those of what `beredt simulate` writes, `fields/generate/calls.csv` those of generated
calls.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from beredt.model.field import Field

ALTERNATIVES = "alternatives"
"""What columns refer to that hold the id of an alternative, or `today` for the base."""


@dataclass(frozen=True, slots=True)
class TableDescription:
    """One table: its columns in order, whether it may have no rows, and what it means in en and nb.

    `needed_by` and `read_by` say which studies must have it and which may: every, none, or those whose form is
    links, graph, rates or trace (see `beredt.model.study_form`). Elsewhere the file is not read. Tables `for_decision`
    have no part in the simulation: only what weighs alternatives reads them.
    """

    name: str
    fields: tuple[Field, ...]
    may_be_empty: bool
    needed_by: str
    read_by: str
    for_decision: bool
    description: Mapping[str, str]

    @property
    def key(self) -> tuple[str, ...]:
        """Columns that together name a row."""
        return tuple(field.name for field in self.fields if field.key)

    def get_field(self, name: str) -> Field:
        """The column with this name. Raises KeyError."""
        return {field.name: field for field in self.fields}[name]


@cache
def load_tables() -> Mapping[str, TableDescription]:
    """All tables of a study by name, in the order in which the documentation shows them."""
    return MappingProxyType(
        {
            row["table"]: TableDescription(
                name=row["table"],
                fields=load_fields(row["table"]),
                may_be_empty=row["may_be_empty"] == "yes",
                needed_by=row["needed_by"],
                read_by=row["read_by"],
                for_decision=row["for_decision"] == "yes",
                description=_description(row),
            )
            for row in _read_rows("tables")
        }
    )


@cache
def load_fields(name: str) -> tuple[Field, ...]:
    """The entries of `fields/<name>.csv` in their order."""
    return tuple(_field(row) for row in _read_rows(name))


def list_result_tables() -> tuple[str, ...]:
    """Names of the tables of results, in alphabetical order; `load_fields("results/<name>")` gives their columns."""
    folder = files("beredt.model").joinpath("fields", "results")
    return tuple(sorted(entry.name.removesuffix(".csv") for entry in folder.iterdir() if entry.name.endswith(".csv")))


@cache
def load_edits() -> Mapping[str, Mapping[str, Field]]:
    """The keys of every edit: kind of edit → key → field, both in the order of the dictionary."""
    edits: dict[str, dict[str, Field]] = {}
    for field in load_fields("edits"):
        kind, _, key = field.name.partition(".")
        edits.setdefault(kind, {})[key] = field
    return MappingProxyType({kind: MappingProxyType(keys) for kind, keys in edits.items()})


def _field(row: Mapping[str, str]) -> Field:
    return Field(
        name=row["field"],
        type=row["type"],
        unit=row["unit"],
        minimum=row["minimum"] or None,
        maximum=row["maximum"] or None,
        default=row["default"] or None,
        required=row["required"] == "yes",
        key=row["key"] == "yes",
        refers_to=tuple(
            (table, column) for table, _, column in (r.partition(".") for r in row["refers_to"].split("|") if r)
        ),
        description=_description(row),
    )


def _description(row: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({"en": row["description_en"], "nb": row["description_nb"]})


def _read_rows(name: str) -> list[dict[str, str]]:
    text = files("beredt.model").joinpath("fields", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
