"""Results on disk: equal results are equal bytes, and every column is explained."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import polars as pl

from beredt.decision.frames import result_frame
from beredt.model.data_dictionary import data_dictionary
from beredt.model.dictionary import list_result_tables, load_fields
from beredt.report.results import read_results
from beredt.report.write_results import write_results


def tables() -> dict[str, pl.DataFrame]:
    return {
        "reach": pl.DataFrame(
            {"station": ["a", "b"], "minutes": [10.0, 15.0], "zone": ["x", "y"], "people": [1.5, 2.0]}
        ),
        "areas": pl.DataFrame({"area": [f"a{i}" for i in range(1000)], "mean_s": [i / 7 for i in range(1000)]}),
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_equal_results_are_equal_bytes(tmp_path: Path) -> None:
    write_results(tmp_path / "one", tables(), {"seed": 1, "study": "s"})
    write_results(tmp_path / "two", dict(reversed(tables().items())), {"study": "s", "seed": 1})
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    write_results(tmp_path / "two", tables(), {"seed": 2, "study": "s"})
    assert contents(tmp_path / "one") != contents(tmp_path / "two")


def test_facts_hold_the_checksum_of_every_file(tmp_path: Path) -> None:
    write_results(tmp_path, tables(), {})
    facts = json.loads((tmp_path / "results.json").read_text())
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*.parquet")}
    assert facts["files"] == found
    assert set(found) == {"areas.parquet", "reach.parquet", "data_dictionary.parquet"}


def test_nothing_of_an_earlier_run_is_left(tmp_path: Path) -> None:
    write_results(tmp_path, tables(), {})
    write_results(tmp_path, {"reach": tables()["reach"]}, {})
    assert not (tmp_path / "areas.parquet").exists()


def test_files_that_no_run_wrote_are_left_alone_and_not_read(tmp_path: Path) -> None:
    tables()["areas"].write_parquet(tmp_path / "mine.parquet")
    mine = (tmp_path / "mine.parquet").read_bytes()
    for _ in range(2):
        write_results(tmp_path, tables(), {})
        assert (tmp_path / "mine.parquet").read_bytes() == mine
    assert set(read_results(tmp_path).tables) == {"areas", "reach", "data_dictionary"}


def test_every_result_table_has_its_columns_explained_in_both_languages() -> None:
    names = list_result_tables()
    assert {"indicators", "differences", "gate", "verdicts", "published"} <= set(names)
    book = data_dictionary({name: result_frame(name, []) for name in names})
    assert book.height == sum(len(load_fields(f"results/{name}")) for name in names)
    for column in ("description_en", "description_nb", "type"):
        assert (book[column].str.len_chars() > 0).all()
