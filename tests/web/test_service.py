"""A draft before it is simulated: its lines, its complaints, and the service it makes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from beredt.model.dictionary import load_edits
from beredt.model.edits.kinds import EDIT_KINDS
from beredt.model.read import load_study
from beredt.report.words import list_languages, load_words
from beredt.roads.build import load_or_build_network
from beredt.web.app import create_app
from beredt.web.edit_forms import GROUPS
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import Library, open_library
from beredt.web.parts import Parts
from tests.tiny_trace_study import write_trace_study
from tests.web.conftest import ADDRESS

MIDDLE = {"edit": "open_station", "id": "st-mid", "name": "Midt", "lat": 59.899, "lon": 10.6,
          "organisation": "trust-west", "centre": "centre-west"}  # fmt: skip
UNIT = {"edit": "add_unit", "id": "m-1", "station": "st-mid", "unit_kind": "ambulance", "roster": "all-day"}


def ask(client: TestClient, *edits: dict[str, Any], lang: str = "en") -> dict[str, Any]:
    answer = client.post("/api/studies/tiny/service", json={"edits": list(edits), "lang": lang})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_no_edits_are_todays_service(client: TestClient) -> None:
    service = ask(client)
    assert service["lines"] == service["complaints"] == []
    for rows in ("stations", "standby_points", "units", "border_rules"):
        assert {row["change"] for row in service[rows]} == {"same"}
    cells = client.get("/api/studies/tiny/map").json()["areas"]["features"]
    for mine, of_map in (("areas_centre", "centre"), ("areas_border_km", "border_km"), ("areas_station", "station"),
                         ("areas_drive_s", "drive_s"), ("areas_organisation", "organisation")):  # fmt: skip
        assert service[mine] == [cell["properties"][of_map] for cell in cells]


def test_a_new_station_with_a_unit_in_words_and_on_the_map(client: TestClient) -> None:
    service = ask(client, MIDDLE, UNIT, lang="nb")
    assert [line["text"] for line in service["lines"]] == [
        "Ny stasjon Midt for Vestre HF, koordinert av AMK Vest (på 59,8990, 10,6000)",
        "Én ambulanse til på Midt, hele døgnet alle dager",
    ]
    (new,) = [one for one in service["stations"] if one["change"] != "same"]
    assert (new["id"], new["units"], new["base_lat"], new["change"]) == ("st-mid", 1, None, "new")
    (unit,) = [one for one in service["units"] if one["change"] != "same"]
    assert (unit["id"], unit["organisation"], unit["roster_text"]) == ("m-1", "trust-west", "hele døgnet alle dager")


def test_moved_closed_and_changed_things_say_so(client: TestClient) -> None:
    service = ask(
        client,
        {"edit": "move_station", "station": "st-east", "lat": 59.905, "lon": 10.65},
        {"edit": "transfer_station", "station": "st-west", "organisation": "trust-west"},
        {"edit": "move_unit", "unit": "s-1", "station": "st-west"},
        {"edit": "close_station", "station": "st-south"},
        {"edit": "reroster_unit", "unit": "e-2", "roster": "all-day"},
        {"edit": "remove_unit", "unit": "e-3"},
        {"edit": "close_standby_point", "standby_point": "sb-mid"},
        {"edit": "assign_areas", "municipalities": ["sor"], "centre": "centre-east"},
    )
    assert service["complaints"] == []
    assert {one["id"]: one["change"] for one in service["stations"]} == {
        "st-east": "moved", "st-west": "changed", "st-south": "gone"
    }  # fmt: skip
    east = service["stations"][0]
    assert (east["base_lat"], east["lat"]) == (59.902, 59.905)
    assert {one["id"]: one["change"] for one in service["units"]} == {
        "e-1": "same", "e-2": "changed", "e-3": "gone", "w-1": "same", "s-1": "moved"
    }  # fmt: skip
    assert [one["change"] for one in service["standby_points"]] == ["gone"]
    assert set(service["areas_centre"]) == {"centre-east"}
    assert set(service["areas_border_km"]) == {None}, "without another centre there is no border"


def test_a_roster_of_the_draft_has_a_text_and_can_be_chosen(client: TestClient) -> None:
    roster = {"edit": "add_roster", "id": "weekend", "shifts": ["sat-sun 08:00-20:00"]}
    service = ask(client, roster, {"edit": "reroster_unit", "unit": "e-2", "roster": "weekend"})
    assert [line["text"] for line in service["lines"]] == [
        "New roster: 08:00–20:00 Sat–Sun",
        "Unit e-2 is on duty 08:00–20:00 Sat–Sun",
    ]
    assert service["complaints"] == []
    new = service["rosters"][-1]
    assert (new["id"], new["text"]["en"]) == ("weekend", "08:00–20:00 Sat–Sun")
    assert new["shifts"] == [{"weekdays": [6, 7], "start_s": 28_800, "end_s": 72_000}]
    before = client.get("/api/studies/tiny").json()["rosters"]
    assert [one["id"] for one in before] == [one["id"] for one in service["rosters"][:-1]], "the study is as it was"


def test_what_a_draft_makes_can_be_chosen_by_later_edits(client: TestClient) -> None:
    before = ask(client)
    service = ask(
        client,
        {"edit": "open_hospital", "id": "care", "name": "Care home", "lat": 59.9, "lon": 10.6,
         "organisation": "trust-west", "emergency": "no"},
        {"edit": "add_pathway", "id": "to-care", "name": "To the care home", "stage": "delivery", "urgency": "V",
         "share": 0.1, "deliver_to": ["care"]},
        {"edit": "set_unit_kind", "id": "rapid", "name_en": "Rapid car", "name_nb": "Rask bil", "primary": "yes"},
    )  # fmt: skip
    assert service["complaints"] == []
    assert service["hospitals"][:-1] == before["hospitals"]
    care = service["hospitals"][-1]
    assert (care["id"], care["name"], care["emergency"], care["change"]) == ("care", "Care home", False, "new")
    assert service["pathways"] == [*before["pathways"], {"id": "to-care", "name": "To the care home"}]
    rapid = {"id": "rapid", "name": {"en": "Rapid car", "nb": "Rask bil", "nn": "Rask bil"}}
    assert service["unit_kinds"] == [*before["unit_kinds"], rapid]
    study = client.get("/api/studies/tiny").json()
    assert [one["id"] for one in before["hospitals"]] == [one["id"] for one in study["hospitals"]]
    assert before["unit_kinds"] == study["unit_kinds"]


def test_a_hospital_is_seen_where_it_is_moved_and_whom_it_does_not_take(client: TestClient) -> None:
    service = ask(
        client,
        {"edit": "move_hospital", "hospital": "hosp-east", "lat": 59.912, "lon": 10.641},
        {"edit": "close_department", "hospital": "hosp-west", "urgency": "A", "share": 0.5, "instead": ["hosp-east"]},
    )
    assert service["complaints"] == []
    found = {one["id"]: one for one in service["hospitals"]}
    east, west = found["hosp-east"], found["hosp-west"]
    assert (east["change"], east["lat"], east["closed"]) == ("moved", 59.912, [])
    assert east["base_lat"] != east["lat"]
    assert west["change"] == "changed"
    (closed,) = west["closed"]
    assert (closed["urgency"], closed["share"], closed["instead"]) == ("A", 0.5, ["hosp-east"])
    assert {one["change"] for one in ask(client)["hospitals"]} == {"same"}


def test_every_complaint_stands_at_its_edit_and_the_rest_is_done(client: TestClient) -> None:
    service = ask(
        client,
        {"edit": "move_station", "station": "st-eats", "lat": 59.9, "lon": 10.6},
        {"edit": "frog"},
        MIDDLE,
        {"edit": "move_station", "station": "st-east", "lat": 1.0, "lon": 2.0},
        {"edit": "add_unit", "id": "x", "station": "st-mid", "unit_kind": "ambulance"},
    )
    assert [len(line["complaints"]) for line in service["lines"]] == [1, 1, 0, 1, 1]
    assert [one["edit"] for one in service["complaints"]] == [1, 2, 4, 5]
    assert "st-east" in service["complaints"][0]["remedy"]
    assert service["complaints"][3]["field"] == "roster"
    assert [one["id"] for one in service["stations"] if one["change"] == "new"] == ["st-mid"]


def test_what_no_single_edit_is_to_blame_for(client: TestClient) -> None:
    units = [{"edit": "remove_unit", "unit": unit} for unit in ("e-1", "e-2", "w-1", "s-1")]
    service = ask(client, *units)
    assert {one["edit"] for one in service["complaints"]} == {0}
    assert any("main unit" in one["message"] for one in service["complaints"])


@pytest.mark.parametrize("lang", list_languages())
def test_the_words_are_those_of_the_report(client: TestClient, library: Library, lang: str) -> None:
    from beredt.report.edit_lines import edit_line
    from beredt.report.names import names_of
    from beredt.report.number_format import NumberFormat

    study = library.get("tiny").get_study()
    words = load_words(lang)
    numbers = NumberFormat(words)
    names = names_of(study, words, numbers)
    saved = client.get("/api/studies/tiny/alternatives/2").json()["edits"]
    lines = [line["text"] for line in ask(client, *saved, lang=lang)["lines"]]
    assert lines == [edit_line(edit, words, numbers, names) for edit in study.get_alternative("2").edits]


def drives_from(client: TestClient, lat: float, lon: float, **more: bool) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/studies/tiny/drives", params={"lat": lat, "lon": lon, **more}).json()
    return found


def test_drives_from_a_station_are_those_of_the_table_of_roads(client: TestClient, folder: Path) -> None:
    study = load_study(folder)
    network = load_or_build_network(study)
    answer = drives_from(client, 59.902, 10.645)
    assert (answer["nearest"]["node"], answer["nearest"]["km"]) == ("station:st-east", 0.0)
    here = network.index_of("station:st-east")
    expected = [0.8 * network.trip_s(here, network.index_of(f"area:{area.id}")) for area in study.service.areas]
    np.testing.assert_allclose(answer["seconds"], expected, atol=0.51)
    assert answer["preparation_s"] == 125 + 88
    later = drives_from(client, 59.902, 10.645, preparation=True)
    assert np.subtract(later["seconds"], answer["seconds"]).tolist() == [213] * len(study.service.areas)


def test_drives_from_under_the_pointer_are_those_of_a_station_opened_there(client: TestClient, folder: Path) -> None:
    study = load_study(folder)  # alternative 2 opens one at this very place
    network = load_or_build_network(study)
    here = network.index_of("station:st-mid")
    expected = [0.8 * network.trip_s(here, network.index_of(f"area:{area.id}")) for area in study.service.areas]
    np.testing.assert_allclose(drives_from(client, 59.899, 10.6)["seconds"], expected, atol=0.51)
    service = ask(client, MIDDLE, UNIT)
    mine = [seconds for station, seconds in zip(service["areas_station"], service["areas_drive_s"], strict=True)
            if station == "st-mid"]  # fmt: skip
    assert set(mine) <= {round(seconds) for seconds in expected}


def test_the_map_is_sent_once(client: TestClient) -> None:
    first = client.get("/api/studies/tiny/map")
    again = client.get("/api/studies/tiny/map", headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["content-encoding"] == "gzip"
    plain = client.get("/api/studies/tiny/map", headers={"accept-encoding": "identity"})
    assert plain.json() == first.json()


def test_the_map_counts_everybody(client: TestClient) -> None:
    found = client.get("/api/studies/tiny/map").json()
    cells = found["areas"]["features"]
    assert found["order"] == [cell["properties"]["area"] for cell in cells]
    assert [cell["id"] for cell in cells] == list(range(12))
    assert sum(cell["properties"]["people"] for cell in cells) == pytest.approx(26_600.5)
    city = [cell for cell in cells if cell["properties"]["municipality"] == "ost"]
    people = sum(cell["properties"]["people"] for cell in city)
    acute = sum(cell["properties"]["incidents_a"] for cell in city)
    assert acute == pytest.approx(39.6 / 1000 * people, abs=0.05)
    for cell in cells:
        ring = cell["geometry"]["coordinates"][0]
        assert ring[0] == ring[-1]
        turned = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring))
        assert turned < 0, "the outer ring runs against the clock"
    assert len(found["roads"]["features"]) == 2
    assert {one["properties"]["kind"] for one in found["outlines"]["features"]} == {"municipality", "district", "water"}


def test_every_kind_of_edit_has_a_form_in_every_language(client: TestClient) -> None:
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(kind.kind for kind in EDIT_KINDS)
    forms = {form["kind"]: form for form in client.get("/api/edits").json()["edits"]}
    assert list(forms) == grouped
    for kind, fields in load_edits().items():
        assert [field["key"] for field in forms[kind]["fields"]] == list(fields)
        for field in forms[kind]["fields"]:
            assert set(field["name"]) == set(field["description"]) == set(list_languages())
    clock = next(one for one in forms["open_standby_point"]["fields"] if one["key"] == "start")
    assert (clock["type"], clock["minimum"], clock["maximum"], clock["default"]) == ("clock", 0.0, 86_340.0, "00:00")
    assert all(load_words(language).has(f"studio.server.group.{group}") for language in list_languages()
               for group in GROUPS)  # fmt: skip


def test_a_study_of_a_call_trace_has_a_map_but_no_report(tmp_path: Path) -> None:
    library = open_library([str(write_trace_study(tmp_path / "trace"))], tmp_path)
    (opened,) = library.list_studies()
    client = TestClient(create_app(Parts(library, screen=tmp_path, jobs=JobQueue(tmp_path / "jobs"))), base_url=ADDRESS)
    found = client.get(f"/api/studies/{opened.id}/map").json()
    assert found["areas"]["features"]
    assert {cell["properties"]["people"] for cell in found["areas"]["features"]} == {0.0}
    assert {cell["properties"]["station"] for cell in found["areas"]["features"]} == {None}
    service = client.post(f"/api/studies/{opened.id}/service", json={"edits": []})
    assert service.status_code == 200
    assert set(service.json()["areas_drive_s"]) == {None}
    area = opened.get_study().service.areas[0]
    drives = client.get(f"/api/studies/{opened.id}/drives", params={"lat": area.lat, "lon": area.lon})
    assert drives.status_code == 422
    assert "road graph" in drives.json()["detail"]
    run = client.post(f"/api/studies/{opened.id}/runs", json={})
    assert run.status_code == 422
    assert "beredt simulate" in run.json()["detail"]
