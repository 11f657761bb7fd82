"""The files of a calibration have the columns that the dictionary describes, and values inside its ranges."""

from __future__ import annotations

import polars as pl
import pytest

from beredt.decision.calibration.calibrate import calibrate
from beredt.decision.calibration.write_study import change_table, profile_table
from beredt.model.dictionary import load_fields
from beredt.model.read import load_study
from tests.indicators.made_store import make_store
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    folder = tmp_path_factory.mktemp("few")
    study = load_study(write_tiny_study(folder / "study"))
    day = 1440
    rows = [
        {"key": str(n), "urgency": "A", "unit": "s-1", "station": "st-south", "lat": 59.85, "lon": 10.5,
         "call_t": n * day, "alerted_t": n * day + 3, "rolling_t": n * day + 5, "scene_t": n * day + 15,
         "leave_t": n * day + 30, "dest_t": n * day + 45 if n % 20 == 0 else None, "free_t": n * day + 60}
        for n in range(70)
    ]  # fmt: skip
    found = calibrate(study, make_store(folder / "store", rows))
    return {"changes": change_table(found), "profile": profile_table(found)}


@pytest.mark.parametrize("name", ["changes", "profile"])
def test_columns_are_those_of_the_dictionary(tables: dict[str, pl.DataFrame], name: str) -> None:
    fields = load_fields(f"calibration/{name}")
    table = tables[name]
    assert table.columns == [field.name for field in fields]
    assert not table.select(field.name for field in fields if field.key).is_duplicated().any()
    for field in fields:
        if field.choices:
            assert set(table[field.name].unique()) <= {*field.choices, ""}
        if field.required:
            assert table[field.name].null_count() == 0


def test_counts_below_the_least_are_empty(tables: dict[str, pl.DataFrame]) -> None:
    changes = tables["changes"]
    for name in ("n", "n_test"):
        assert changes[name].drop_nulls().is_between(1, 4).sum() == 0
    handover = changes.filter((pl.col("row") == "handover A") & (pl.col("field") == "median_s"))
    assert handover["n"].to_list() == [None]
    assert handover["after"].to_list() == handover["before"].to_list()
