"""`beredt site` of a study: a file of places, parts of the week, prices, borders, the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from tests.tiny_study import write_tiny_study

PLACES = """id,lat,lon,name,status,opening_cost,unit_cost,capacity,moving_cost
mid,59.9,10.585,Middle,new,2,1,2,
far,59.86,10.509,,open,0,1,1,
st-west,,,,existing,,1,1,3
st-east,,,,closed,,,,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_tiny_study(tmp_path_factory.mktemp("tiny")))


@pytest.fixture
def places(tmp_path: Path) -> str:
    path = tmp_path / "places.csv"
    path.write_text(PLACES, encoding="utf-8")
    return str(path)


def ask(*arguments: str) -> Any:
    done = CliRunner().invoke(build_app(), ["site", *arguments, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refusal(*arguments: str, code: int = 2) -> str:
    done = CliRunner().invoke(build_app(), ["site", *arguments])
    assert done.exit_code == code, done.output
    return done.output


def test_places_of_a_file_with_their_own_status_cost_and_room(folder: str, places: str) -> None:
    answer = ask(folder, "--candidates", places, "--only-candidates", "--model", "mexclp", "--units", "9",
                 "--minutes", "60", "--busy", "0.5")  # fmt: skip
    assert set(answer["units"]) <= {"mid", "far", "st-west"}  # st-east is closed, the others are not in the file
    assert "far" in answer["units"]  # must be open
    assert answer["units"] == {"mid": 2, "far": 1, "st-west": 1}  # all the room there is
    assert answer["measures"]["cost"] == 4 + 2  # four units, and one place to open
    # st-west would be given up for 3; a budget of 4 has no room for that beside the unit that must be at far.
    tight = ask(folder, "--candidates", places, "--only-candidates", "--model", "mexclp", "--budget", "3.9",
                "--minutes", "60", "--busy", "0.5")  # fmt: skip
    assert tight["units"] == {"far": 1, "st-west": 1}


def test_faults_of_the_file_are_all_told(folder: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        "id,lat,lon,status,capacity,centre\n"
        "a,59.9,,new,1,\n"  # half a place
        "a,59.9,10.6,later,1,\n"  # twice, no such status
        "b,,,,-1,nobody\n"  # no place, less than nothing, no such centre
        "st-west,59.0,10.0,,,\n",  # elsewhere
        encoding="utf-8",
    )
    done = CliRunner().invoke(build_app(), ["site", folder, "--candidates", str(path), "--stations", "1", "--json"])
    assert done.exit_code == 1
    issues = json.loads(done.stdout)["issues"]
    assert {(issue["field"], issue["row"]) for issue in issues} >= {
        *(("id", 2), ("lat", 2), ("status", 3), ("capacity", 4), ("centre", 4), ("lat", 5)),
    }
    assert all(issue["remedy"] for issue in issues)
    assert "no such file" in refusal(folder, "--candidates", str(tmp_path / "none.csv"), code=1)


def test_units_by_part_of_the_week(folder: str) -> None:
    answer = ask(folder, "--model", "mexclp", "--units", "2", "--periods", "day=08-20,night=20-08", "--minutes", "12",
                 "--urgency", "A,H", "--k", "2", "--trade-off", "covered:A,cost")  # fmt: skip
    assert set(answer["periods"]) == {"day", "night"}
    assert all(sum(units.values()) <= 2 for units in answer["periods"].values())
    # Nothing is lost by parting the week: all calls of both urgencies are counted.
    whole = ask(folder, "--model", "mexclp", "--units", "2", "--minutes", "12", "--urgency", "A,H", "--busy", "0")
    assert answer["measures"]["demand_per_year"] == pytest.approx(whole["measures"]["demand_per_year"])
    assert answer["k_best"][0]["objective"] == pytest.approx(answer["objective"])
    assert answer["k_best"][0]["objective"] >= answer["k_best"][1]["objective"]
    hours = ask(folder, "--model", "mexclp", "--units", "1", "--periods", "hours", "--minutes", "12", "--busy", "0")
    assert len(hours["periods"]) == 24


def test_each_urgency_has_its_own_target(folder: str) -> None:
    same, more = (
        ask(folder, "--model", "mclp", "--stations", "1", "--urgency", "A,H", "--minutes", minutes)["objective"]
        for minutes in ("A=6,H=6", "A=6,H=30")
    )
    assert more > same


def test_borders_forbid_and_price(folder: str) -> None:
    def covered(*borders: str) -> float:
        return float(ask(folder, "--stations", "1", "--minutes", "60", *borders)["objective"])

    free, shut = covered(), covered("--borders", "closed")
    assert shut < free
    one_way = covered("--border", "centre-east>centre-west=closed", "--border", "centre-west>centre-east=closed")
    assert one_way == pytest.approx(shut)
    priced = covered("--border", "*>*=0.5")
    assert shut < priced < free
    by_owner = covered("--borders", "closed", "--border-of", "organisation")
    assert by_owner < free


def test_what_a_unit_costs_follows_what_is_counted(folder: str) -> None:
    in_fte = ask(
        folder, "--model", "mexclp", "--budget", "24", "--budget-unit", "fte", "--minutes", "12", "--busy", "0.3"
    )
    assert sum(in_fte["units"].values()) == 2
    assert in_fte["measures"]["cost"] == 24.0


def test_the_page_the_map_and_the_tables(folder: str, tmp_path: Path) -> None:
    answer = ask(folder, "--model", "mexclp", "--units", "3", "--lattice-km", "3", "--minutes", "12", "--busy", "0.3",
                 "--periods", "day-evening-night", "--k", "3", "--within", "5", "--trade-off", "expected,sites",
                 "--out", str(tmp_path))  # fmt: skip
    first, second = (Path(page) for page in answer["pages"])
    assert (first.name, second.name) == ("site.html", "site.en.html")
    text = second.read_text(encoding="utf-8")
    assert "The next best answers" in text
    assert "One criterion against another" in text
    assert text.count("<svg") == 2
    features = json.loads((tmp_path / "sites.geojson").read_text(encoding="utf-8"))["features"]
    assert {f["properties"]["id"]: f["properties"]["units"] for f in features if f["properties"]["units"]} == answer[
        "units"
    ]
    table = pl.read_parquet(tmp_path / "results" / "site_units.parquet")
    shown = table.filter((pl.col("rank") == 1) & (pl.col("period") == "night"))
    assert dict(zip(shown["site"], shown["units"], strict=True)) == answer["periods"]["night"]
    facts = json.loads((tmp_path / "results" / "results.json").read_text(encoding="utf-8"))
    assert facts["model"] == "mexclp"
    again = tmp_path / "again"
    ask(folder, "--model", "mexclp", "--units", "3", "--lattice-km", "3", "--minutes", "12", "--busy", "0.3",
        "--periods", "day-evening-night", "--k", "3", "--within", "5", "--trade-off", "expected,sites",
        "--out", str(again))  # fmt: skip
    assert (again / "site.html").read_bytes() == first.read_bytes()


@pytest.mark.parametrize("model", ["mclp", "lscp", "pmedian", "pcentre", "bacop2", "worst-share", "bernoulli-nash"])
def test_every_sort_of_answer_has_a_page(folder: str, tmp_path: Path, model: str) -> None:
    limit = "--stations" if model in ("mclp", "lscp", "pmedian", "pcentre") else "--units"
    answer = ask(folder, "--model", model, limit, "3", "--k", "2", "--within", "1", "--trade-off", "drive,cost",
                 "--urgency", "A", "--out", str(tmp_path))  # fmt: skip
    assert len(answer["pages"]) == 2


def test_calls_that_mean_nothing_are_refused(folder: str, places: str) -> None:
    assert "is in no part" in refusal(folder, "--units", "1", "--model", "mexclp", "--periods", "day=08-20")
    assert "is in 2 parts" in refusal(folder, "--model", "mexclp", "--units", "1", "--periods", "a=00-24,b=01-02")
    assert "no part of a week" in refusal(folder, "--model", "mexclp", "--units", "1", "--periods", "day")
    assert "parts of the week change nothing" in refusal(folder, "--stations", "1", "--periods", "hours")
    assert "knows of no units" in refusal(folder, "--units", "1")
    assert "that is no border" in refusal(folder, "--stations", "1", "--border", "a=closed")
    assert "no centre of that id" in refusal(folder, "--stations", "1", "--border", "a>centre-west=closed")
    assert "not asked about" in refusal(folder, "--stations", "1", "--minutes", "H=5")
    assert "nobody says what a unit costs" in refusal(folder, "--budget", "9", "--budget-unit", "nok")
    assert "no file of candidates" in refusal(folder, "--stations", "1", "--only-candidates")
    assert "points and distances only" in refusal(places, "--instance", "pmedian", "--budget", "3")
    assert "give --minutes" in refusal(folder, "--stations", "1", "--radius", "3")


def test_why_everybody_cannot_be_covered(folder: str) -> None:
    text = refusal(folder, "--model", "bacop1", "--units", "1", "--minutes", "4", "--lattice-km", "2", code=1)
    assert "takes at least" in text
    assert "--units allows 1" in text
    assert "bacop2" in text
    share = refusal(folder, "--model", "dsm", "--units", "30", "--minutes", "1", "--outer-min", "99", code=1)
    assert "all sites together reach" in share
