"""Pathways through several logs, from messy files to tables that tell no small count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from beredt.errors import DefinitionError, LogError
from beredt.indicators.pathway.link_file import LinkFile, read_link_file
from beredt.indicators.pathway.pathways import find_pathways
from beredt.indicators.pathway.quality import quality_against
from beredt.indicators.pathway.read_records import needs_key, read_all
from beredt.indicators.pathway.records import RECORDS
from beredt.indicators.pathway.tables import PathwayTables, pathway_tables, told_in_steps
from beredt.missions.read.identity import hash_text
from beredt.model.dictionary import load_fields
from tests.indicators.made_store import make_store
from tests.indicators.pathway.planted import plant, records

KEY = bytes(32)
LINKS = """
[sources.ambulance]
store = "store"

[sources.hospital]
file = "hospital.csv"
habits = { delimiter = ";", decimal = ",", date_order = "day" }

[sources.hospital.columns]
start = "inn"
end = "ut"
patient = "pasient"
age = "alder"
lat = "bredde"
lon = "lengde"
sex = "kjønn"

[[links]]
from = "ambulance"
to = "hospital"
measured = "end"
earliest_min = -30
latest_min = 60

[[durations]]
name = "call-to-discharge"
title = { en = "Call to discharge", nb = "Anrop til utskrivning" }
begin = "ambulance.start"
end = "hospital.end"
"""
TWO = {"from": "ambulance", "to": "hospital", "measured": "end", "earliest_min": -30.0, "latest_min": 60.0}


def link_file(**more: Any) -> LinkFile:
    sources = {name: {"store": name} for name in ("ambulance", "hospital", "ward")}
    return LinkFile.model_validate({"sources": sources, "links": [TWO]} | more)


def write_files(folder: Path) -> Path:
    """An ambulance store, and a hospital's file in windows-1252 with decimal commas and dates that begin with the
    day."""
    minutes = {"alerted_t": 1, "rolling_t": 2, "scene_t": 9, "leave_t": 20, "dest_t": 30, "free_t": 40}
    rows = [
        {"urgency": "A", "unit": "U", "call_t": n * 90, **{name: n * 90 + after for name, after in minutes.items()},
         "age": 30 + n, "patient": hash_text(f"p{n}", KEY), "lat": 59.9, "lon": 10.5}
        for n in range(12)
    ]  # fmt: skip
    make_store(folder / "store", rows)
    lines = ["inn;ut;pasient;alder;bredde;lengde;kjønn"]
    for n in range(12):
        hour, minute = divmod(13 * 60 + n * 90 + 30, 60)
        day, hour = 1 + hour // 24, hour % 24
        arrived = f"{day:02}.01.2026 {hour:02}:{minute:02}"
        left = f"{day + 1:02}.01.2026 {hour:02}:{minute:02}"
        lines.append(f"{arrived};{left};p{n};{30 + n},0;59,9;10,5;Kvinne")
    lines[5] = lines[5].replace("01.2026", "13.2026", 1)
    (folder / "hospital.csv").write_bytes("\r\n".join(lines).encode("windows-1252"))
    path = folder / "links.toml"
    path.write_text(LINKS, encoding="utf-8")
    return path


def test_a_store_and_a_messy_file_become_pathways(tmp_path: Path) -> None:
    links = read_link_file(write_files(tmp_path))
    assert needs_key(links)
    found, warnings = read_all(links, tmp_path, KEY)
    assert {name: table.schema == RECORDS for name, table in found.items()} == {"ambulance": True, "hospital": True}
    (warning,) = warnings
    assert (warning.row, warning.field, warning.count) == (6, "inn", 1)
    assert found["hospital"]["sex"].unique().to_list() == ["f"]
    pathways = find_pathways(links, found)
    assert pathways.rows.select("ambulance", "hospital").rows() == [(n, None if n == 4 else n + 1) for n in range(12)]
    tables = pathway_tables(links, pathways, threshold=0)
    assert tables.links.select("records", "linked", "by_score", "lost", "nobody_alike").row(0) == (12, 11, 11, 1, 1)
    (duration,) = tables.durations.select("n", "missing", "median_s").rows()
    assert duration == (11, 1, 24 * 3600 + 30 * 60.0)


def test_links_go_on_from_what_was_reached() -> None:
    """A ward's record is in a pathway only when its hospital record is."""
    stay = {"age": 70, "sex": "f", "lat": 59.9, "lon": 10.5}
    sources = {
        "ambulance": records([{"start": 0, "end": 60, **stay}]),
        "hospital": records([{"start": 62, "end": 300, **stay}, {"start": 900, "end": 990, "age": 20, "sex": "m"}]),
        "ward": records([{"start": 301, "end": 5000, **stay}, {"start": 991, "age": 20, "sex": "m"}]),
    }
    on = {"from": "hospital", "to": "ward", "measured": "end"}
    pathways = find_pathways(link_file(links=[TWO, on]), sources)
    assert pathways.rows.select("ambulance", "hospital", "ward").rows() == [(1, 1, 1)]
    assert pathways.steps[1].records == 1
    assert pathways.steps[1].linked.target_lost == 1


def planted_tables(threshold: int = 5, **more: Any) -> PathwayTables:
    planted = plant(400, seed=7, keys=0.3)
    duration = {"name": "x", "title": {"en": "x"}, "begin": "ambulance.start", "end": "hospital.start"}
    links = link_file(durations=[duration])
    pathways = find_pathways(links, {"ambulance": planted.source, "hospital": planted.target}, **more)
    assert quality_against(pathways.steps[0].linked.links, planted.truth).precision[0] > 0.98
    return pathway_tables(links, pathways, threshold=threshold)


def test_a_large_file_holds_the_same_records_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_files(tmp_path)
    links = read_link_file(path)
    small, _ = read_all(links, tmp_path, KEY)
    monkeypatch.setattr("beredt.missions.read.large_file.LARGE", 1)
    large, _ = read_all(links, tmp_path, KEY)
    assert large["hospital"].equals(small["hospital"])
    assert large["hospital"].height == 12


def test_columns_are_those_of_the_dictionary_and_counts_add_up() -> None:
    tables = planted_tables(threshold=0)
    for name, table in tables._asdict().items():
        assert [field.name for field in load_fields(f"missions_report/pathway_{name}")] == table.columns
    row = tables.links.row(0, named=True)
    assert row["records"] == row["linked"] + row["lost"] == 400
    assert row["linked"] == row["by_key"] + row["by_score"]
    assert row["lost"] == row["nobody_alike"] + row["below_threshold"] + row["taken_by_another"]
    assert row["partners"] == row["linked"] + row["partners_left"]
    assert tables.thresholds.filter("chosen").height == 1
    assert tables.weights.filter(compared="age", band=0)["bits"].item() > 5


def test_learned_weights_can_be_asked_for() -> None:
    stated, learned = planted_tables(), planted_tables(fit=True)
    assert not stated.weights.equals(learned.weights)


def test_small_counts_are_left_out() -> None:
    tables = planted_tables()
    counts = [name for name, dtype in tables.links.schema.items() if dtype == pl.Int64]
    for name in counts:
        assert tables.links.filter(pl.col(name).is_between(1, 4)).is_empty(), name
    lost = tables.links.select("lost", "nobody_alike", "below_threshold", "taken_by_another").row(0)
    assert sum(one is None for one in lost) != 1, "a single one left out is the difference of the others"
    few = {"ambulance": records([{"start": 0, "end": 9}] * 3), "hospital": records([{"start": 9}])}
    duration = {"name": "x", "title": {"en": "x"}, "begin": "ambulance.start", "end": "ambulance.end"}
    links = link_file(durations=[duration])
    shown = pathway_tables(links, find_pathways(links, few))
    assert shown.durations.select("n", "median_s", "left_out").row(0) == (None, None, True)
    assert shown.links.select("records", "share", "partners").row(0) == (None, None, None)


def test_a_later_step_does_not_tell_how_few_an_earlier_one_lost() -> None:
    """100 records, of which 97 reach the hospital: it is where the next step begins, and all but three partners."""
    stay: dict[str, Any] = {"age": 40, "sex": "f", "lat": 59.9, "lon": 10.5}
    ends = [{"start": 1000 * n, "end": 1000 * n + 30, **stay} for n in range(100)]
    after = [{"start": 1000 * n + 31, "end": 1000 * n + 120, **stay} for n in range(100)]
    sources = {"ambulance": records(ends), "hospital": records(after[3:]), "ward": records(after[3:])}
    on = {"from": "hospital", "to": "ward", "measured": "start", "earliest_min": -5.0, "latest_min": 5.0}
    links = link_file(links=[TWO, on])
    open_to_all = pathway_tables(links, find_pathways(links, sources), threshold=0)
    assert open_to_all.links.select("records", "linked", "partners").rows() == [(100, 97, 97), (97, 97, 97)]
    first, second = pathway_tables(links, find_pathways(links, sources)).links.iter_rows(named=True)
    assert first["lost"] is None
    assert first["records"] is None or {first["linked"], second["records"]} == {None}
    few_left = {**sources, "hospital": records([*after, *([{"start": 5 * 10**6}] * 3)])}
    row = pathway_tables(links, find_pathways(links, few_left)).links.row(0, named=True)
    assert None in (row["partners"], row["linked"]), "their difference is three"


def test_two_thresholds_never_differ_by_a_small_number() -> None:
    counts = [120, 118, 112, 100, 100, 97, 93, 3, 0]
    told = told_in_steps(counts, 3, 5, is_hidden=False)
    assert [count for count, shown in zip(counts, told, strict=True) if shown] == [118, 112, 100, 100, 93, 0]
    hidden = told_in_steps(counts, 3, 5, is_hidden=True)
    assert [count for count, shown in zip(counts, hidden, strict=True) if shown] == [118, 112, 93, 0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('store = "store"', 'store = "store"\nfile = "x.csv"'), "one of them"),
        (('store = "store"', 'file = "x.csv"'), "needs its columns"),
        (('to = "hospital"', 'to = "hospitl"'), "no log 'hospitl'"),
        (("ambulance.start", "ambulance.begin"), "durations"),
        (("ambulance.start", "ward.start"), "no link reaches"),
        (("earliest_min", "earliest"), "did you mean earliest_min"),
        (("[[links]]", "[[links"), "not valid TOML"),
        (("patient =", "pasient ="), "did you mean patient"),
    ],
)
def test_faulty_link_files_are_issues(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "links.toml"
    path.write_text(LINKS.replace(*change), encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        read_link_file(path)
    with pytest.raises(DefinitionError, match="no such file"):
        read_link_file(tmp_path / "none.toml")


def test_a_missing_column_and_an_identity_number_are_refused(tmp_path: Path) -> None:
    path = write_files(tmp_path)
    path.write_text(LINKS.replace('"alder"', '"aldr"'), encoding="utf-8")
    with pytest.raises(LogError, match="did you mean alder"):
        read_all(read_link_file(path), tmp_path, KEY)
    path.write_text(LINKS.replace("patient =", "key ="), encoding="utf-8")
    text = (tmp_path / "hospital.csv").read_bytes().replace(b"p3;", b"01010750160;")
    (tmp_path / "hospital.csv").write_bytes(text)
    with pytest.raises(LogError, match="identity numbers"):
        read_all(read_link_file(path), tmp_path, KEY)
    path.write_text(path.read_text(encoding="utf-8").replace("habits =", "hash_key = true\nhabits ="), encoding="utf-8")
    found, _ = read_all(read_link_file(path), tmp_path, KEY)
    assert found["hospital"]["key"].str.len_chars().unique().to_list() == [24]
