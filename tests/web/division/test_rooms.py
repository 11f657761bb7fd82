"""Two organisations in one Studio: whatever one of them does, the other is answered the same, by every route."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.errors import DefinitionError
from beredt.model.issue import Issue
from beredt.web.access.accounts import Accounts
from beredt.web.access.database import open_database
from beredt.web.access.roles import Role
from beredt.web.access.route_table import KnownRoute, list_routes
from beredt.web.app import create_app
from beredt.web.division.division import Division, Opens, read_division
from beredt.web.jobs.job_files import JobFiles
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import open_library
from beredt.web.logs.peek import read_header
from beredt.web.logs.shelf import LogShelf
from beredt.web.parts import Parts
from beredt.web.risk.open_workshop import open_workshop
from tests.tiny_study import write_tiny_study
from tests.web.access.conftest import ADDRESS, PASSWORD, PLACE, QUICK, Clock, Person
from tests.web.access.test_routes import READING, methods
from tests.web.done_here import DoneHere, done
from tests.web.logs.conftest import amis
from tests.web.logs.finished_report import put_finished_report

__all__ = ["amis"]

DIVISION = Division((Opens("tiny", "trust-east"), Opens("tiny", "trust-west"), Opens("tiny-2", "trust-east")))
PEOPLE = {"Eva": "trust-east", "Wim": "trust-west", "Nora": "", "Stig": "trust-nowhere", "Drift": "*"}
LOGS = "/api/studies/tiny/logs"


@dataclass
class House:
    """A server of two organisations, with its folder."""

    base: Path
    app: FastAPI
    stack: ExitStack

    def __call__(self, name: str) -> Person:
        """Somebody comes and logs in."""
        person = Person(self.stack.enter_context(TestClient(self.app, base_url=ADDRESS)))
        person.log_in(name)
        return person


@contextmanager
def open_house(base: Path, division: Division = DIVISION) -> Iterator[House]:
    data, clock = base / "data", Clock()
    for name in ("tiny", "other"):
        if not (base / name).is_dir():
            write_tiny_study(base / name)
    accounts = Accounts(open_database(data), clock=clock, passwords=QUICK, divided=True)
    for name, organisation in PEOPLE.items():
        if not accounts.users.known_name(name):
            accounts.users.add(name, Role.ADMIN, PASSWORD, organisation)
    parts = Parts(
        open_library([str(base / "tiny"), str(base / "other")], data),
        accounts,
        frozenset({PLACE}),
        jobs=JobQueue(data / "jobs", DoneHere),
        logs=LogShelf(data / "logs", data / "incoming", read_header),
        workshop=open_workshop(data, clock),
        screen=base / "none",
        division=division,
    )
    with ExitStack() as stack:
        yield House(base, create_app(parts), stack)


def upload(person: Person, study: str, content: bytes) -> str:
    """A log that somebody has uploaded; its id."""
    sent = person.browser.post(
        f"/api/studies/{study}/logs",
        params={"name": "amis.csv"},
        content=content,
        headers={"x-beredt-csrf": person.csrf},
    )
    assert sent.status_code == 201, sent.text
    return str(sent.json()["id"])


def read_in(person: Person, study: str, log: str) -> str:
    """A log imported; the id of the job."""
    job = person.send("POST", f"/api/studies/{study}/logs/{log}/import", {"profile": "amis"})
    assert job.status_code == 202, job.text
    assert done(person.browser, job.json())["state"] == "done"
    return str(job.json()["id"])


def live_in_the_east(house: House, content: bytes) -> list[str]:
    """A day of the east: logs, jobs, a report, and a file beside the server. The ids of it all."""
    eva = house("Eva")
    ids = []
    for study in ("tiny", "tiny-2"):
        ids.append(upload(eva, study, content))
    ids.append(read_in(eva, "tiny", ids[0]))
    data = house.base / "data"
    report = put_finished_report(house.base / "tiny", data / "jobs", "tiny", ids[0])
    JobFiles(data / "jobs").write(replace(report, organisation="trust-east"))
    (data / "incoming" / "trust-east").mkdir(parents=True)
    (data / "incoming" / "trust-east" / "secret.csv").write_bytes(content)
    (data / "incoming" / "joint.csv").write_bytes(content)
    return [*ids, report.id]


def addresses(route: KnownRoute, jobs: list[str], logs: list[str]) -> Iterator[str]:
    """All addresses of a route with these ids in every place where one of them fits."""
    names = re.findall(r"{(\w+)[^}]*}", route.path)
    of = {"study": ["tiny", "tiny-2"], "log": logs, "language": ["en"], "rule": ["late"], "name": ["report.html"]}
    of |= dict.fromkeys(
        ("job", "run", "analysis", "siting", "dimensioning", "rostering", "major", "report", "forecast"), jobs
    )
    parts = re.split(r"{[^}]*}", route.path)
    for chosen in product(*(of.get(name, ["1"]) for name in names)):
        if "tiny-2" not in chosen or all(one in ("tiny-2", of.get(name, ["1"])[-1]) for name, one in
                                         zip(names, chosen, strict=True)):  # fmt: skip
            yield "".join(part + one for part, one in zip(parts, (*chosen, ""), strict=True))


Told = tuple[int, str, bytes]


def told(answer: Response, house: House) -> Told:
    where = str(house.base).encode()
    return answer.status_code, answer.headers.get("content-type", ""), answer.content.replace(where, b"/base")


@pytest.fixture(scope="module")
def worlds(
    tmp_path_factory: pytest.TempPathFactory, amis: bytes
) -> Iterator[tuple[House, House, list[str], list[str]]]:
    """The west has a log and a job. In one world the east does nothing, in the other a lot. And the ids of both."""
    base = tmp_path_factory.mktemp("worlds")
    with open_house(base / "quiet") as house:
        wim = house("Wim")
        log = upload(wim, "tiny", amis)
        west = [log, read_in(wim, "tiny", log)]
    shutil.copytree(base / "quiet", base / "busy")
    with open_house(base / "busy") as house:
        east = live_in_the_east(house, amis)
    with open_house(base / "quiet") as quiet, open_house(base / "busy") as busy:
        yield quiet, busy, west, east


def test_whatever_the_east_does_the_west_is_told_the_same(
    worlds: tuple[House, House, list[str], list[str]],
) -> None:
    """All that can be looked at, with one's own ids and with those that one has guessed right; and every change."""
    quiet, busy, west, east = worlds
    kept = sorted(path.name for path in (busy.base / "data" / "jobs").iterdir())
    here, there = quiet("Wim"), busy("Wim")
    own, refused = 0, 0
    logs, jobs = [west[0], *east[:2]], [west[1], *east[2:]]
    for route in list_routes(quiet.app):
        if not route.path.startswith("/api/") or route.path in ("/api/session", "/api/audit", "/api/openapi.json"):
            continue
        for method in methods(route):
            changes = method not in READING
            of = (jobs[1:], logs[1:]) if changes else (jobs, logs)
            for address in addresses(route, *of):
                if changes and ("{" not in route.path or (address.startswith("/api/studies/tiny/") and "{log}" not in
                                route.path)):  # fmt: skip
                    continue  # what is common or one's own: it may be changed
                if address in ("/api/studies/tiny/risk/events", "/api/studies/tiny/playback"):
                    continue  # common to both; the one has no end, and the other a simulation
                answers = [
                    told(person.send(method, address, {} if changes else None), house)
                    for person, house in ((here, quiet), (there, busy))
                ]
                assert answers[0] == answers[1], (method, address)
                own += answers[0][0] == 200
                refused += answers[0][0] in (403, 404)
                assert not changes or answers[0][0] >= 400, (method, address)
    assert own > 20
    assert refused > 100
    assert sorted(path.name for path in (busy.base / "data" / "jobs").iterdir()) == kept
    for word in ("Eva", "secret.csv", "trust-east"):
        for path in ("/api/jobs", LOGS, f"{LOGS}/incoming", "/api/runs", "/api/audit", "/api/studies"):
            assert word not in there.browser.get(path).text, (word, path)
    assert [one["id"] for one in there.browser.get("/api/studies").json()["studies"]] == ["tiny"]


def test_the_east_sees_its_own_and_whoever_looks_after_it_sees_all(
    worlds: tuple[House, House, list[str], list[str]],
) -> None:
    _, busy, west, east = worlds
    eva, drift = busy("Eva"), busy("Drift")
    assert {one["id"] for one in eva.browser.get(LOGS).json()["logs"]} == {east[0]}
    assert [one["name"] for one in eva.browser.get(f"{LOGS}/incoming").json()["found"]] == ["secret.csv"]
    assert eva.send("GET", f"{LOGS}/{east[0]}/reports/{east[3]}/files").status_code == 200
    assert {one["id"] for one in drift.browser.get(LOGS).json()["logs"]} == {west[0], east[0]}
    assert [one["name"] for one in drift.browser.get(f"{LOGS}/incoming").json()["found"]] == ["joint.csv"]
    assert {west[1], *east[2:]} <= {one["id"] for one in drift.browser.get("/api/jobs").json()["jobs"]}
    who = re.findall(r"^[^,\n]*Z,(\w*),", eva.browser.get("/api/audit").text, re.M)
    assert set(who) == {"Eva"}
    assert {"Eva", "Wim"} <= set(re.findall(r"^[^,\n]*Z,(\w*),", drift.browser.get("/api/audit").text, re.M))


@pytest.mark.parametrize("name", ["Nora", "Stig"])
def test_whoever_is_of_no_organisation_that_opens_a_study_is_told_so(
    worlds: tuple[House, House, list[str], list[str]], name: str
) -> None:
    _, busy, west, east = worlds
    person = busy(name)
    for path in ("/api/studies", "/api/studies/tiny", LOGS, "/api/studies/tiny/risk/form"):
        answer = person.browser.get(path)
        assert answer.status_code == 403, path
        assert "opens a study here" in answer.json()["detail"]
    assert person.browser.get("/api/jobs").json() == {"jobs": []}
    for job in (west[1], east[2]):
        assert person.browser.get(f"/api/jobs/{job}").status_code == 404
    audit = person.browser.get("/api/audit")
    assert audit.status_code == 403 if name == "Nora" else "Eva" not in audit.text


def test_what_is_agreed_of_results_is_seen_and_not_changed(
    tmp_path: Path, worlds: tuple[House, House, list[str], list[str]]
) -> None:
    *_, east = worlds
    shutil.copytree(worlds[1].base, tmp_path / "agreed")
    jobs = JobFiles(tmp_path / "agreed" / "data" / "jobs")
    run = replace(jobs.read_all()[east[3]], kind="run", options={})
    jobs.write(run)
    agreed = Division((*DIVISION.rows[:1], Opens("tiny", "trust-west", results=True), *DIVISION.rows[2:]))
    with open_house(tmp_path / "agreed", agreed) as house:
        wim = house("Wim")
        assert [one["id"] for one in wim.browser.get("/api/runs").json()["runs"]] == [run.id]
        assert wim.send("DELETE", f"/api/jobs/{run.id}/result").status_code == 403
        assert wim.browser.get(f"/api/jobs/{east[2]}").status_code == 404  # about a mission log
        assert wim.send("GET", f"{LOGS}/{east[0]}").status_code == 404


def test_what_somebody_did_for_another_organisation_is_not_for_the_next_to_read(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        eva, wim, drift = house("Eva"), house("Wim"), house("Drift")
        eva.browser.get("/api/studies/tiny/exports/study.zip")
        assert "Eva" not in wim.browser.get("/api/audit").text
        accounts = Accounts(open_database(tmp_path / "data"), clock=lambda: Clock.now + 60, passwords=QUICK)
        accounts.users.set_organisation("Eva", "trust-west")
        accounts.users.set_organisation("Eva", "trust-west")
        assert "study.zip" not in wim.browser.get("/api/audit").text
        assert "study.zip" in drift.browser.get("/api/audit").text


def test_a_division_is_read_with_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "division.csv"
    path.write_text("study,organisation,sees\ntiny,trust-east,\ntiny,trust-west,results\n")
    rows = (Opens("tiny", "trust-east"), Opens("tiny", "trust-west", results=True))
    assert read_division(path, ["tiny"]) == Division(rows)
    path.write_text("study,organisation,sees\ntiny,a,all\nhuge,b,own\ntiny,a,own\n,c,own\n")
    with pytest.raises(DefinitionError) as caught:
        read_division(path, ["tiny"])
    found = [(issue.row, issue.field) for issue in caught.value.issues if isinstance(issue, Issue)]
    assert sorted(found, key=str) == [(2, "sees"), (3, "study"), (4, "organisation"), (5, "study")]
    answer = CliRunner().invoke(build_app(), [
        "serve", "asker-baerum", "--data", str(tmp_path / "data"), "--port", "0", "--no-open", "--divide", str(path),
        "--url", "https://studio.example.no",
    ])  # fmt: skip
    assert answer.exit_code == 1
    assert "this server has no such study open" in answer.stderr
