"""What `beredt simulate --out` writes is what the field dictionary says of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from beredt.model.dictionary import load_fields
from beredt.model.field import Field
from beredt.model.read import load_study
from beredt.simulation.simulate_study import simulate_study
from tests.tiny_study import write_tiny_study
from tests.tiny_trace_study import write_trace_study

KINDS = {"id": pl.String, "choice": pl.String, "float": pl.Float64, "bool": pl.Boolean}
WRITERS = [write_tiny_study, write_trace_study]


@pytest.fixture(scope="module", params=WRITERS, ids=["generated", "traced"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("simulate")
    write: Callable[[Path], Path] = request.param
    write(made / "study")
    simulate_study(
        load_study(made / "study"),
        alternative=None,
        replications=2,
        jobs=1,
        out=made / "out",
        progress=lambda _stage, _done, _total: None,
    )
    return made / "out"


@pytest.mark.parametrize("name", ["missions", "units"])
def test_columns_are_those_of_the_dictionary(folder: Path, name: str) -> None:
    table = pl.read_parquet(folder / f"{name}.parquet")
    fields = load_fields(f"simulate/{name}")
    assert table.columns == [field.name for field in fields]
    assert table.height > 0
    for field in fields:
        assert_holds(table[field.name], field)


def assert_holds(column: pl.Series, field: Field) -> None:
    if field.type == "int":
        assert column.dtype.is_integer(), field.name
    else:
        assert column.dtype == KINDS[field.base_type], field.name
    assert not (field.required and column.null_count()), field.name
    low, _ = field.bounds()
    assert low is None or column.drop_nulls().is_empty() or column.drop_nulls().min() >= low, field.name  # type: ignore[operator]
    if field.choices:
        assert set(column.drop_nulls()) <= set(field.choices), field.name


def test_missions_begun_are_told_by_where_they_began(folder: Path) -> None:
    units = pl.read_parquet(folder / "units.parquet")
    assert (units["dispatches"] == units["from_station"] + units["on_road"] + units["on_release"]).all()
    assert (units["dispatches"] == units["served"] + units["taken_off"]).all()
    missions = pl.read_parquet(folder / "missions.parquet")
    assert units["served"].sum() == (missions["diverted"] == False).sum()  # noqa: E712  # empty cells count on neither side
