"""The live server over HTTP: events in, the picture and its changes out, and who may do what."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.errors import AccountError, DefinitionError, NetworkError
from beredt.live.events.adapter import read_adapter
from beredt.model.read import read_study
from beredt.model.study import Study
from beredt.web.access.accounts import Accounts
from beredt.web.access.database import open_database
from beredt.web.access.roles import Role
from beredt.web.access.route_table import list_routes
from beredt.web.live.access import LiveAccess
from beredt.web.live.app import create_live_app
from beredt.web.live.openapi import live_openapi_text
from beredt.web.live.parts import LiveFiles, LiveParts, make_live_parts
from beredt.web.security import HEADERS
from beredt.web.settings import ServeSettings
from tests.live.feeds import BEGIN, opened, status
from tests.tiny_study import write_tiny_study
from tests.web.access.conftest import PASSWORD, QUICK, Person

ADAPTER = """\
version = 1
source = "other"
events = "data.items"

[kind]
field = "type"
codes = { STATUS = "unit_status", NEW = "incident_opened" }

[clock]
form = "%d.%m.%Y %H:%M:%S"
ahead_s = 5

[fields]
id = ["car", "at", "code"]
time = "at"
unit = "car"
status = "code"
incident = "job"
urgency = "prio"
lat = "place.n"
lon = "place.e"

[status]
3 = "to_scene"

[urgency]
1 = "A"

[units]
"Øst 1" = "e-1"
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    found, _ = read_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))
    assert found is not None
    return found


@pytest.fixture
def parts(study: Study, tmp_path: Path) -> LiveParts:
    """A live server on this machine, whose clock stands."""
    adapter = tmp_path / "other.toml"
    adapter.write_text(ADAPTER)
    settings = ServeSettings((str(study.folder),), tmp_path / "data")
    made = make_live_parts(settings, study, study.service, LiveFiles(None, (adapter,)))
    made.live.clock = lambda: BEGIN.timestamp() + 60
    return made


@pytest.fixture
def local(parts: LiveParts) -> Iterator[TestClient]:
    with TestClient(create_live_app(parts), base_url="http://127.0.0.1") as browser:
        yield browser


def test_events_become_a_picture(local: TestClient) -> None:
    feed = [opened(1, "i1", "A", 59.9, 10.64, 0), status(2, "e-1", "to_scene", 10, incident="i1"), {"id": "bad"}]
    receipt = local.post("/api/live/events", json={"events": feed}).json()
    assert (receipt["taken"], receipt["doubled"], receipt["number"]) == (2, 0, 3)  # and a tally of what was refused
    assert [(one["at"], one["rule"]) for one in receipt["refused"]] == [(2, "malformed")]
    assert local.post("/api/live/events", json={"events": feed[:2]}).json()["doubled"] == 2
    picture = local.get("/api/live/picture").json()
    units = {one["id"]: one["properties"] for one in picture["units"]["features"]}
    assert units["e-1"]["status"] == "to_scene"
    (incident,) = picture["incidents"]["features"]
    assert incident["geometry"] == {"type": "Point", "coordinates": [10.64, 59.9]}
    assert incident["properties"]["units"] == ["e-1"]
    counts = {one["id"]: one["counts"] for one in picture["sources"]}
    assert counts == {"": {"malformed": 1}, "cad": {"doubled": 2}}
    assert {one["id"]: one["last_s"] is None for one in picture["sources"]} == {"": True, "cad": False}


def test_a_batch_has_at_most_a_hundred_events(local: TestClient) -> None:
    assert local.post("/api/live/events", json={"events": [{}] * 101}).status_code == 422


def test_a_page_of_another_site_cannot_send_events(local: TestClient) -> None:
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}):
        assert local.post("/api/live/events", json={"events": []}, headers=headers).status_code == 403
    plain = local.post("/api/live/events", content=b'{"events": []}', headers={"content-type": "text/plain"})
    assert plain.status_code == 422


def test_another_system_is_read_by_its_adapter(local: TestClient) -> None:
    """08:00:15 in winter in Oslo by a clock five seconds ahead."""
    row = {"type": "STATUS", "car": "Øst 1", "code": 3, "at": "05.01.2026 09:00:15", "job": 17, "secret": "x"}
    strange = {**row, "code": 44}
    new = {"type": "NEW", "car": "Øst 1", "at": "05.01.2026 09:00:06", "code": 0, "job": 17, "prio": 1,
           "place": {"n": "59.9", "e": "10.64"}}  # fmt: skip
    sent = {"data": {"items": [new, row, strange, {"type": "STATUS", "car": "Øst 1"}]}}
    receipt = local.post("/api/live/events/other", json=sent).json()
    assert receipt["taken"] == 3
    assert [(one["at"], one["rule"]) for one in receipt["refused"]] == [(3, "malformed")]
    assert [(one["at"], one["rule"]) for one in receipt["noted"]] == [(2, "unknown_status")]
    again = local.post("/api/live/events/other", json=sent).json()
    assert again["doubled"] == 3
    picture = local.get("/api/live/picture").json()
    (unit,) = [one["properties"] for one in picture["units"]["features"] if one["id"] == "e-1"]
    assert (unit["status"], unit["said"], unit["since_ms"]) == ("unknown", "44", (BEGIN.timestamp() + 10) * 1000)
    assert local.post("/api/live/events/nobody", json=sent).status_code == 404


def test_a_faulty_adapter_says_all_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(ADAPTER.replace('form = "%d', 'zone = "Mars"\nform = "%d').replace("job", "job").replace(
        'unit = "car"', 'car = "car"'))  # fmt: skip
    with pytest.raises(DefinitionError) as caught:
        read_adapter(path)
    assert len(caught.value.issues) == 2
    path.write_text("version = ")
    with pytest.raises(DefinitionError, match="cannot be read"):
        read_adapter(path)


@pytest.mark.parametrize(
    ("there", "instead", "told"),
    [
        ('3 = "to_scene"', '3 = "to scene"\n4 = "på vei"', ["status.3", "'to scene' is no", "status.4", "at_station"]),
        ('1 = "A"', '1 = "rød"', ["urgency.1", "'rød' is no urgency: there are A, H, V"]),
        ('"incident_opened"', '"incident_new"', ["kind.codes.NEW", "'incident_new' is no kind", "incident_opened"]),
        ('field = "type"\n', "", ["kind", "either `always`, or `field`"]),
        ('field = "type"\n', 'field = "type"\nalways = "unit_status"\n', ["kind", "either `always`, or `field`"]),
        ('form = "%d', 'form = "%Q%d', ["clock.form", "cannot be read back"]),
        ('form = "%d.%m.%Y %H:%M:%S"', 'form = "epoch"', ["clock.form", "iso, seconds, milliseconds"]),
        ('lon = "place.e"\n', "", ["fields", "'lat' goes with 'lon'"]),
        ('unit = "car"\n', "", ["fields", "a unit_status needs 'unit'"]),
        ('id = ["car", "at", "code"]', "id = []", ["fields", "names no field"]),
        ("version = 1", "version = 2", ["version", "got 2"]),
    ],
)
def test_a_slip_in_an_adapter_is_told_before_any_event_comes(
    tmp_path: Path, there: str, instead: str, told: list[str]
) -> None:
    """Each would else have every event of a kind refused, or its unit shown as unknown."""
    path = tmp_path / "a.toml"
    assert there in ADAPTER
    path.write_text(ADAPTER.replace(there, instead))
    with pytest.raises(DefinitionError) as caught:
        read_adapter(path)
    said = str(caught.value)
    for word in told:
        assert word in said, said
    assert "Value error" not in said


def test_names_of_an_adapter_that_the_study_does_not_have_are_told(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(ADAPTER.replace('"e-1"', '"ø-1"\n"Øst 2" = "e-2"\n[hospitals]\n"Ullevål" = "ous"'))
    with pytest.raises(DefinitionError) as caught:
        make_live_parts(ServeSettings((), tmp_path / "data"), study, study.service, LiveFiles(None, (path,)))
    told = [one.text() for one in caught.value.issues]
    assert len(told) == 2
    assert "units.Øst 1" in told[0]
    assert "hospitals.Ullevål" in told[1]
    assert "(got ous)" in told[1]


def test_changes_are_told_as_they_come(parts: LiveParts) -> None:
    from beredt.web.live.stream import Telling

    telling = Telling()
    first = telling.change(parts.desk.view())
    assert [one.id for one in first.units] == ["e-1", "e-2", "e-3", "s-1", "w-1"]
    parts.live.take([opened(1, "i1", "A", 59.9, 10.64, 0), status(2, "e-1", "to_scene", 10, incident="i1")]).result()
    second = telling.change(parts.desk.view())
    assert ([one.id for one in second.units], [one.id for one in second.incidents]) == (["e-1"], ["i1"])
    assert telling.change(parts.desk.view()).units == []
    parts.live.close()


def test_the_stream_begins_with_everything(local: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("beredt.web.live.stream.STREAM_S", 0.3)
    lines = local.get("/api/live/changes").text.splitlines()
    assert lines[0] == "event: change"
    assert len(json.loads(lines[1].removeprefix("data: "))["units"]) == 5


@pytest.fixture
def shared(parts: LiveParts, tmp_path: Path) -> Iterator[Person]:
    """Others are let in: an analyst and a reader."""
    accounts = Accounts(open_database(tmp_path / "accounts"), passwords=QUICK)
    for name, role in (("Ane", Role.ANALYST), ("Rolf", Role.READER)):
        accounts.users.add(name, role, PASSWORD)
    assert isinstance(parts.access, LiveAccess)
    others = replace(
        parts, access=LiveAccess(accounts, parts.access.keys), host_names=frozenset({"live.test"}), secure=True
    )
    with TestClient(create_live_app(others), base_url="https://live.test") as browser:
        yield Person(browser)


def test_a_feed_needs_its_key_and_the_key_opens_nothing_else(shared: Person, parts: LiveParts) -> None:
    assert isinstance(parts.access, LiveAccess)
    key = parts.access.keys.add("cad-1")
    browser, events = shared.browser, {"events": [status(2, "e-1", "to_scene", 10)]}
    assert browser.post("/api/live/events", json=events).status_code == 401
    wrong = {"authorization": f"Bearer {key}x"}
    assert browser.post("/api/live/events", json=events, headers=wrong).status_code == 401
    right = {"authorization": f"Bearer {key}"}
    assert browser.post("/api/live/events", json=events, headers=right).json()["taken"] == 1
    assert browser.get("/api/live/picture", headers=right).status_code == 401
    with pytest.raises(AccountError, match="already"):
        parts.access.keys.add("cad-1")
    parts.access.keys.remove("cad-1")
    assert browser.post("/api/live/events", json=events, headers=right).status_code == 401


def test_single_missions_are_not_for_readers(shared: Person) -> None:
    shared.log_in("Rolf")
    assert shared.browser.get("/api/live/picture").status_code == 403
    assert shared.browser.get("/api/live/events/schema").json()["title"] == "Live event"
    shared.browser.cookies.clear()
    shared.log_in("Ane")
    assert shared.browser.get("/api/live/picture").status_code == 200


def test_every_live_route_says_what_it_needs(parts: LiveParts) -> None:
    routes = list_routes(create_live_app(parts))
    assert [route.path for route in routes if route.need is None] == []
    programs = {route.path for route in routes if route.need is not None and route.need.program}
    assert programs == {"/api/live/events", "/api/live/events/{adapter}"}
    parts.live.close()


@pytest.mark.parametrize(("name", "role"), [("", Role.ANYONE), ("Rolf", Role.READER), ("Ane", Role.ANALYST)])
def test_whoever_has_less_than_a_live_route_needs_is_refused_there(shared: Person, name: str, role: Role) -> None:
    """An outsider gets 401 and a wrong role 403, at every route and method; programs, too."""
    if name:
        shared.log_in(name)
    app = shared.browser.app
    assert isinstance(app, FastAPI)
    refused = set()
    for route in list_routes(app):
        assert route.need is not None, route.path
        for method in sorted(route.methods or {"GET", "POST"}):
            if route.need.role > role:
                answer = shared.send(method, re.sub(r"\{[^}]*\}", "1", route.path) or "/")
                assert answer.status_code == (403 if name else 401), (method, route.path)
                refused.add(route.path)
    assert ("/api/live/picture" in refused) == (role < Role.ANALYST)
    assert "/api/audit" in refused


def test_every_answer_has_the_headers_that_keep_a_browser_safe(shared: Person) -> None:
    """Also refusals, pages, errors and files; and cookies only with all their flags."""
    shared.log_in("Ane")
    app = shared.browser.app
    assert isinstance(app, FastAPI)
    for route in list_routes(app):
        if route.path == "/api/live/changes" or "GET" not in (route.methods or {"GET"}):
            continue  # a stream ends after ten minutes; its first bytes pass the same layer
        answer = shared.send("GET", re.sub(r"\{[^}]*\}", "1", route.path) or "/")
        for header in (*HEADERS, "strict-transport-security"):
            assert header in answer.headers, (header, route.path)
        for line in answer.headers.get_list("set-cookie"):
            assert {"Secure", "SameSite=Strict", "Path=/"} <= set(line.split("; ")), (line, route.path)


def test_the_client_is_made_from_what_the_live_server_says(parts: LiveParts, root: Path) -> None:
    kept = (root / "frontend" / "openapi.live.json").read_text(encoding="utf-8")
    assert json.loads(kept) == json.loads(live_openapi_text(parts)), "python tools/web.py api writes it anew"
    parts.live.close()


def test_the_page_knows_the_study_and_its_areas_in_the_order_of_readiness(local: TestClient, study: Study) -> None:
    told = local.get("/api/live/study").json()
    assert [one["id"] for one in told["units"]] == [one.id for one in study.service.units]
    assert local.get("/api/live/map").json()["order"] == [one.id for one in study.service.areas]
    assert set(local.get("/api/words/nn").json()) == set(local.get("/api/words/en").json())


def test_keys_on_the_command_line(tmp_path: Path) -> None:
    def run(*words: str) -> dict[str, Any]:
        answer = CliRunner().invoke(build_app(), ["live", "key", *words, "--data", str(tmp_path), "--json"])
        assert answer.exit_code == 0, answer.output
        found: dict[str, Any] = json.loads(answer.stdout)
        return found

    assert len(run("add", "cad")["key"]) == 43
    assert [one["name"] for one in run("list")["keys"]] == ["cad"]
    assert run("remove", "cad") == {"removed": "cad"}
    assert run("list") == {"keys": []}


def test_without_roads_and_rules_there_is_a_picture_and_no_advice(
    local: TestClient, parts: LiveParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And without a network: whoever connects to another machine fails."""

    def fail(*_: object, **__: object) -> None:
        raise NetworkError("no way leads there")

    def connect(self: socket.socket, address: object) -> None:
        raise AssertionError(f"a connection to {address}")

    monkeypatch.setattr("beredt.live.ground.ground.make_ground", fail)
    monkeypatch.setattr("beredt.simulation.study_roads.load_or_build_roads", fail)
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(NetworkError):
        parts.desk.ground(wait_s=60)
    headers = {"x-beredt-csrf": str(local.get("/api/session").json()["csrf"])}
    assert local.put("/api/live/advice", json={"on": True}, headers=headers).status_code == 204
    assert local.post("/api/live/events", json={"events": [opened(1, "i1", "A", 59.9, 10.64, 0)]}).json()["taken"] == 1
    assert len(local.get("/api/live/picture").json()["incidents"]["features"]) == 1
    for path in ("readiness", "advice/sending/i1", "advice/moves", "arrivals"):
        assert "no way leads there" in local.get(f"/api/live/{path}").json()["detail"], path
    ready = local.get("/readyz")
    assert (ready.status_code, ready.json()["parts"]["advice"]) == (200, "failing")


def test_advice_is_off_until_somebody_switches_it_on_and_all_of_it_is_in_the_log(
    local: TestClient, parts: LiveParts
) -> None:
    parts.desk.ground(wait_s=600)
    place = {"lat": 59.9, "lon": 10.63}
    feed = [
        status(1, "e-1", "at_station", 0), status(2, "w-1", "free", 0, position=place),
        opened(3, "i1", "A", 59.9, 10.64, 30),
    ]  # fmt: skip
    assert local.post("/api/live/events", json={"events": feed}).json()["taken"] == 3
    refused = local.get("/api/live/advice/sending/i1")
    assert refused.status_code == 503
    assert "switched off" in refused.json()["detail"]
    headers = {"x-beredt-csrf": str(local.get("/api/session").json()["csrf"])}
    assert local.put("/api/live/advice", json={"on": True}, headers=headers).status_code == 204
    given = local.get("/api/live/advice/sending/i1").json()
    assert (given["advice"]["deed"], given["advice"]["unit"]) == ("send", "w-1")
    assert [one["unit"] for one in given["advice"]["choices"]] == ["w-1", "e-1"]
    assert local.get("/api/live/advice/sending/i1").json()["id"] == given["id"]
    assert local.get("/api/live/advice/sending/nobody").status_code == 404
    done = {"deed": "other", "unit": "e-1", "why": "crew knows the house"}
    assert local.put(f"/api/live/advice/{given['id']}/done", json=done, headers=headers).status_code == 204
    assert local.put("/api/live/advice/nothing/done", json=done, headers=headers).status_code == 404
    assert local.get("/api/live/arrivals").json() == {"arrivals": []}
    moves = local.get("/api/live/advice/moves").json()
    assert moves["about"] == "moves"
    listed = local.get("/api/live/advice").json()
    assert listed["on"]
    (_, first) = listed["advice"]
    assert (first["seen_by"], first["done"]["deed"], first["done"]["unit"]) == ([""], "other", "e-1")
    kinds = [entry.kind for entry in parts.live.log.entries() if entry.source == ""]
    assert kinds == ["switch", "advice", "advice_seen", "advice_done", "advice", "advice_seen"]
    readiness = local.get("/api/live/readiness").json()
    assert [one["minutes"] for one in readiness["horizons"]] == [0, 30, 60]
    assert readiness["horizons"][0]["units"] == ["e-1", "w-1"]
    areas = local.get("/api/live/areas").json()["features"]
    assert len(areas) == len(readiness["horizons"][0]["nearest_s"])
