"""Other logs linked with a log in the browser: the link file of the command line, from choices and never from paths."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from beredt.missions.store import Store
from beredt.report.missions.choices import ReportChoices
from beredt.report.missions.gather_linked import pathway_tables_of
from tests.web.logs.conftest import Desk

HOSPITAL = "Inn;Ut;Alder\n01.02.2022 08:52;01.02.2022 18:00;71\n"
COLUMNS = {"start": "Inn", "end": "Ut", "age": "Alder"}


def link(**given: Any) -> dict[str, Any]:
    return {"name": "hospital", "title": "Sykehuset på Øya", "file": "akutt.csv", "columns": COLUMNS, **given}


def test_a_file_is_linked_by_its_columns_and_the_report_has_pathways(
    imported: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, address = imported
    sent = desk.send("PUT", f"{address}/links/file", params={"name": "akutt.csv"}, content=HOSPITAL.encode("cp1252"))
    assert sent.json() == {"name": "akutt.csv", "columns": ["Inn", "Ut", "Alder"]}
    own = desk.data / "logs" / address.rpartition("/")[2] / "linked"
    asked = [link(), link(name="store", title="Itself", file="", log=address.rpartition("/")[2], columns={})]
    kept = desk.send("PUT", f"{address}/links", json={"links": asked})
    assert kept.status_code == 200, kept.text
    assert desk.client.get(f"{address}/links").json() == kept.json()
    taken = desk.client.get(f"{address}/links.toml").text
    assert str(desk.data) not in taken
    told = tomllib.loads(taken)
    assert told["sources"]["hospital"]["file"] == "akutt.csv"
    assert told["durations"][1]["title"]["nb"] == "Fra anropet til slutten i: Sykehuset på Øya"

    found: list[pl.DataFrame] = []

    def see(store: Store, choices: ReportChoices, out: Path, *_: object, **__: object) -> tuple[dict[str, Any], None]:
        assert choices.links is not None
        assert str(desk.data) not in choices.links.read_text(encoding="utf-8"), "it does not depend on where data lie"
        found.append(pathway_tables_of(store, choices.links, None, 0)["pathway_links"])
        (out / "report.html").touch()
        names = ("fingerprint", "generated", "incidents", "unit_responses", "first", "last", "threshold")
        return {**dict.fromkeys(names), "not_answered": {}}, None

    monkeypatch.setattr("beredt.report.missions.write.write_log_report", see)
    job = desk.work(f"{address}/reports", {"threshold": 5})
    assert job["state"] == "done", job["problem"]
    assert found[0].select("from", "to").rows() == [("missions", "hospital"), ("missions", "store")]

    assert desk.send("PUT", f"{address}/links", json={"links": []}).json() == {"links": []}
    assert list((own / "files").iterdir()) == [], "a file that no link names is thrown away"


def test_links_that_hang_on_nothing_or_lead_elsewhere_are_refused(imported: tuple[Desk, str]) -> None:
    desk, address = imported
    (desk.data / "secret.csv").write_text(HOSPITAL, encoding="utf-8")
    refused = [
        link(file="../../../secret.csv"),
        link(file=str(Path("/etc/hostname"))),
        link(file="", log="20200101-000000-aaaaaa", columns={}),
        link(file="", log=address.rpartition("/")[2], columns={}, after="nobody"),
        link(file="", log=address.rpartition("/")[2], columns={}, name="missions"),
        link(file="", log=address.rpartition("/")[2], columns={}, earliest_min=9, latest_min=3),
    ]
    for one in refused:
        answer = desk.send("PUT", f"{address}/links", json={"links": [one]})
        assert answer.status_code in (404, 422), answer.text
        assert desk.client.get(f"{address}/links").json() == {"links": []}
