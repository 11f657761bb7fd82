"""Fetched files become a study that checks, and says what in it is assumed."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.errors import FoundingError
from beredt.founding.borders import slug
from beredt.founding.found_study import found_study
from beredt.model.read import load_study, read_study
from tests.founding.made_land import NUMBERS, fetched_folder, place


def test_two_municipalities_become_a_study(tmp_path: Path) -> None:
    source = fetched_folder(tmp_path / "data")
    founded = found_study(source, NUMBERS, tmp_path / "study")
    assert founded.people == 1200.0
    study = load_study(founded.folder)
    assert {area.municipality for area in study.service.areas} == {"kommune-9901", "kommune-9902"}
    assert [station.id for station in study.service.stations] == [
        "kommune-9902-ambulance-station", "nordbyen-ambulansestasjon"
    ]  # fmt: skip
    assert [hospital.name for hospital in study.service.hospitals] == ["Åsen sykehus"]
    assert {one.id for one in study.service.organisations} == {"nordre-hf", "sondre-hf"}
    people = study.population.group_by("year").agg(pl.col("people").sum()).sort("year")
    assert people.rows() == [(2025, 1200.0)]
    assert study.projection.filter((pl.col("year") == 2040) & (pl.col("municipality") == "kommune-9902")).select(
        "age_band", "alternative", "people"
    ).rows() == [("0-9", "low", 900.0), ("90+", "low", 60.0), ("0-9", "main", 1200.0), ("90+", "main", 72.0)]
    assert set(study.age_shares["region"]) == {"kommune-9901", "kommune-9902"}
    assert "grid-250m-2025.zip | Somebody | CC BY 4.0" in (founded.folder / "SOURCES.md").read_text(encoding="utf-8")
    assert "no answer about response times" in (founded.folder / "SOURCES.md").read_text(encoding="utf-8")


def test_command_founds_and_the_study_checks(tmp_path: Path) -> None:
    source = fetched_folder(tmp_path / "data")
    call = ["study", "init", str(tmp_path / "study"), "--from", str(source), "--municipalities", "9901,9902", "--json"]
    answer = CliRunner().invoke(build_app(), call)
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)["people"] == 1200.0
    _, issues = read_study(tmp_path / "study")
    assert not [issue for issue in issues if issue.severity == "error"]


def test_grid_and_register_that_disagree_are_told(tmp_path: Path) -> None:
    founded = found_study(fetched_folder(tmp_path / "data"), NUMBERS, tmp_path / "study")
    assert [one.value for one in founded.issues if one.field == "people"] == [
        "600 on the grid, 636 in the register"
    ] * 2  # fmt: skip


def test_one_municipality_is_enough(tmp_path: Path) -> None:
    founded = found_study(fetched_folder(tmp_path / "data"), ["9901"], tmp_path / "study")
    assert founded.people == 600.0
    assert not (founded.folder / "border_rules.csv").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize(
    ("instead", "numbers", "said"),
    [
        ({}, ["9903"], "9903"),
        ({}, [], "no municipality"),
        ({"ambulance-stations": b'{"elements": []}'}, ["9901"], "none of the ambulance stations"),
        (
            {"population-age": b'{"class": "dataset", "id": [], "size": [], "dimension": {}, "value": [1]}'},
            ["9901"],
            "ages",
        ),
    ],
)
def test_what_is_missing_is_told_and_nothing_written(
    tmp_path: Path, instead: dict[str, bytes], numbers: list[str], said: str
) -> None:
    source = fetched_folder(tmp_path / "data", instead)
    with pytest.raises(FoundingError, match=said):
        found_study(source, numbers, tmp_path / "study")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_changed_file_is_told(tmp_path: Path) -> None:
    source = fetched_folder(tmp_path / "data")
    (source / "borders/9901.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FoundingError, match=r"borders/9901.json.*not as it was fetched"):
        found_study(source, NUMBERS, tmp_path / "study")


def test_folder_without_provenance_is_told(tmp_path: Path) -> None:
    with pytest.raises(FoundingError, match="beredt fetch region"):
        found_study(tmp_path, NUMBERS, tmp_path / "study")


def test_places_mapped_twice_are_told_once(tmp_path: Path) -> None:
    twice = [place("Nord", 60.01, 10.01), place("Nord", 60.0101, 10.0102), place("Nord", 60.015, 10.035)]
    source = fetched_folder(tmp_path / "data", {"ambulance-stations": json.dumps({"elements": twice}).encode()})
    founded = found_study(source, NUMBERS, tmp_path / "study")
    assert [one.id for one in load_study(founded.folder).service.stations] == ["nord", "nord-2"]


def test_names_become_ids() -> None:
    assert [slug(name) for name in ("Bærum", "Øystre Slidre", "Guovdageaidnu–Kautokeino", "Å", "!!")] == [
        "baerum", "oystre-slidre", "guovdageaidnu-kautokeino", "a", "x"
    ]  # fmt: skip
