"""What is taken along from the screen: the report's own tables and layers, and the study's own files."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from fastapi.testclient import TestClient

from beredt.model.read import load_study
from beredt.web.answers.engine import Engine
from beredt.web.app import create_app
from beredt.web.library import Library, open_library
from beredt.web.parts import Parts
from tests.tiny_study import write_tiny_study
from tests.web.conftest import ADDRESS

MOVE = {"edit": "move_station", "station": "st-west", "lat": 59.905, "lon": 10.53}
QUESTION: dict[str, Any] = {
    "page": "export",
    "ticket": 1,
    "of": [{"id": "draft", "edits": [MOVE], "title": "West nearer"}],
    "replications": 2,
}


@pytest.fixture(scope="module")
def open_tiny(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = write_tiny_study(tmp_path_factory.mktemp("tiny") / "tiny")
    return open_library([str(folder)], tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def browser(open_tiny: Library) -> Iterator[TestClient]:
    with TestClient(create_app(Parts(open_tiny, engine=Engine(1), screen=Path("none"))), base_url=ADDRESS) as client:
        yield client


def taken(browser: TestClient, form: str, **asked: object) -> bytes:
    answer = browser.post(f"/api/studies/tiny/exports/answer.{form}", json=QUESTION | asked)
    assert answer.status_code == 200, answer.text
    assert f'filename="tiny-draft.{form}"' in answer.headers["content-disposition"]
    return answer.content


def test_the_layers_hold_what_the_map_shows_and_have_the_same_bytes_again(browser: TestClient, tmp_path: Path) -> None:
    content = taken(browser, "gpkg")
    assert taken(browser, "gpkg") == content
    (tmp_path / "areas.gpkg").write_bytes(content)
    with sqlite3.connect(tmp_path / "areas.gpkg") as file:
        layers = {name for (name,) in file.execute("select table_name from gpkg_contents")}
        columns = [row[1] for row in file.execute("pragma table_info(areas)")]
        (rows,) = file.execute("select count(*) from areas").fetchone()
        wests = file.execute("select alternative, id from stations where id = 'st-west'").fetchall()
    assert {"areas", "stations", "standby_points", "municipalities"} <= layers
    assert {"area", "people", "today_A_mean_s", "draft_A_mean_s", "draft_A_change_s"} <= set(columns)
    assert rows == 12
    assert {"today", "draft"} <= {alternative for alternative, _ in wests}


def test_the_workbook_has_the_tables_of_the_report(browser: TestClient) -> None:
    content = taken(browser, "xlsx", lang="nb")
    sheets = pl.read_excel(io.BytesIO(content), sheet_id=0, engine="calamine", has_header=False)
    assert {"indicators", "differences", "areas", "flows", "units"} <= set(sheets)
    told = {value for row in sheets["indicators"].iter_rows() for value in row if isinstance(value, str)}
    assert {"today", "draft"} <= told


def test_edits_that_do_not_fit_are_told(browser: TestClient) -> None:
    question = QUESTION | {"of": [{"id": "draft", "edits": [MOVE | {"station": "nowhere"}]}]}
    answer = browser.post("/api/studies/tiny/exports/answer.gpkg", json=question)
    assert answer.status_code == 422
    assert answer.json()["issues"][0]["edit"] == 1
    assert browser.post("/api/studies/tiny/exports/answer.exe", json=QUESTION).status_code == 422


def test_the_study_is_one_that_opens_again_and_brings_nothing_of_others(
    browser: TestClient, open_tiny: Library, tmp_path: Path
) -> None:
    opened = open_tiny.get("tiny")
    (tmp_path / "others.csv").write_text("secret", encoding="utf-8")
    (opened.folder / "link.csv").symlink_to(tmp_path / "others.csv")
    (opened.folder / ".hidden").write_text("secret", encoding="utf-8")
    for folder, mark in (("out", "results.json"), ("log", "store.json"), ("other", "study.toml")):
        (opened.folder / folder).mkdir()
        (opened.folder / folder / mark).write_text("secret", encoding="utf-8")
    answer = browser.get("/api/studies/tiny/exports/study.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert browser.get("/api/studies/tiny/exports/study.zip").content == answer.content
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert not any(b"secret" in archive.read(name) for name in archive.namelist())
        archive.extractall(tmp_path / "unpacked")
    again = load_study(tmp_path / "unpacked" / "tiny")
    assert again.fingerprint == load_study(opened.folder).fingerprint
    assert [one.id for one in again.alternatives] == [one.id for one in opened.get_study().alternatives]
