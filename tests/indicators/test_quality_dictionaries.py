"""Every column of the tables of quality is described in both languages, and every table names its rows."""

from __future__ import annotations

from importlib.resources import files

import pytest

from beredt.model.dictionary import load_fields

FOLDER = files("beredt.model").joinpath("fields", "missions_report")
QUALITY = ("triage", "catalogue", "pathway", "repeat", "review")
TABLES = sorted(
    f"missions_report/{entry.name.removesuffix('.csv')}"
    for entry in FOLDER.iterdir()
    if entry.name.startswith(QUALITY) and entry.name.endswith(".csv")
)


@pytest.mark.parametrize("name", [*TABLES, "catalogue", "review", "linking"])
def test_every_field_is_described(name: str) -> None:
    fields = load_fields(name)
    assert len({field.name for field in fields}) == len(fields)
    for field in fields:
        for language in ("en", "nb"):
            assert field.description[language].strip().endswith("."), field.name
        low, high = field.bounds()
        assert low is None or high is None or low < high
        assert field.range_text()


@pytest.mark.parametrize("name", TABLES)
def test_every_table_names_its_rows(name: str) -> None:
    assert any(field.key for field in load_fields(name))


def test_there_are_tables() -> None:
    assert len(TABLES) >= 19
