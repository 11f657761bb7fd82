"""A roster beside a log: refused in the page's language, kept whole, and what indicators are counted with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from beredt.report.missions.choices import ReportChoices
from tests.web.logs.conftest import Desk

ROSTER = "unit;on;off;staffed;reason\nA1;01.02.2022 07:30;01.02.2022 19:30;0;sykdom på Bærum\n"


def test_a_roster_that_cannot_be_used_is_refused_and_nothing_is_kept(imported: tuple[Desk, str]) -> None:
    desk, address = imported
    backwards = b"unit,on,off\nA1,2022-02-01 19:30,2022-02-01 07:30\nA2,7.30,2022-02-02 07:30\n"
    refused = desk.send(
        "PUT", f"{address}/roster", params={"name": "r.csv"}, content=backwards, headers={"accept-language": "nb"}
    )
    assert refused.status_code == 422
    told = refused.json()
    assert told["detail"] == "vaktplanen kan ikke brukes: 2 funnet"
    said = [(one["row"], one["field"], one["message"], one["remedy"]) for one in told["issues"]]
    assert (2, "off", "vakta slutter før den har begynt", "oppgi en senere slutt") in said
    assert (3, "on", "ikke et klokkeslett på en dato", "skriv dag og klokke som 2026-01-31 07:30") in said
    assert desk.client.get(address).json()["roster"] == ""
    zipped = desk.send("PUT", f"{address}/roster", params={"name": "r.xlsx"}, content=b"PK\x03\x04")
    assert zipped.status_code == 415
    assert not [path for path in (desk.data / "logs").glob("*/*") if "roster" in path.name]


def test_indicators_are_counted_with_the_roster_as_it_was_asked(
    imported: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, address = imported
    counted: list[tuple[str, bytes] | None] = []

    def see(_store: object, choices: ReportChoices, out: Path, *_: object, **__: object) -> tuple[dict[str, Any], None]:
        (out / "report.html").touch()
        counted.append(None if choices.roster is None else (choices.roster.name, choices.roster.read_bytes()))
        names = ("fingerprint", "generated", "incidents", "unit_responses", "first", "last", "threshold")
        return {**dict.fromkeys(names), "not_answered": {}}, None

    monkeypatch.setattr("beredt.report.missions.write.write_log_report", see)
    content = ROSTER.encode("windows-1252")
    for name in ("januar.csv", "vaktplan på Bærum.csv"):
        sent = desk.send("PUT", f"{address}/roster", params={"name": name}, content=content)
        assert (sent.status_code, sent.json()["roster"]) == (200, name)
    (kept,) = (desk.data / "logs").glob("*/roster/*")
    assert kept.name == "vaktplan på Bærum.csv"
    question = {"threshold": 5, "month": None, "responders": False}
    assert desk.work(f"{address}/reports", question)["options"]["roster"] == kept.name
    assert desk.send("DELETE", f"{address}/roster").json()["roster"] == ""
    assert desk.work(f"{address}/reports", question)["state"] == "done"
    assert counted == [(kept.name, content), None]
