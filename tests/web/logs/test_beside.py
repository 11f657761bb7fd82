"""Files beside a log: refused in the page's language, kept whole, and what indicators are counted with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from beredt.report.missions.choices import ReportChoices
from tests.web.logs.conftest import Desk

ROSTER = "unit;on;off;staffed;reason\nA1;01.02.2022 07:30;01.02.2022 19:30;0;sykdom på Bærum\n"
ENDS = {"printed": ".csv", "catalogue": ".toml"}
PRINTED = "id,value,unit,indicator,source,note\nall,100,count,missions:A:::,the board,\n"
OWN = """
[quick]
title = { en = "Acute, reached quickly", nb = "Akutt, nådd raskt" }
definition = { nb = "Av akutte hendelser som ble nådd." }
source = "the board"
counting = "incident"
kind = "share"
among = 'urgency == "A" and response is known'
counts = "response <= 10 min"
"""


def test_a_roster_that_cannot_be_used_is_refused_and_nothing_is_kept(imported: tuple[Desk, str]) -> None:
    desk, address = imported
    backwards = b"unit,on,off\nA1,2022-02-01 19:30,2022-02-01 07:30\nA2,7.30,2022-02-02 07:30\n"
    refused = desk.send(
        "PUT",
        f"{address}/beside/roster",
        params={"name": "r.csv"},
        content=backwards,
        headers={"accept-language": "nb"},
    )
    assert refused.status_code == 422
    told = refused.json()
    assert told["detail"] == "vaktplanen kan ikke brukes: 2 funnet"
    said = [(one["row"], one["field"], one["message"], one["remedy"]) for one in told["issues"]]
    assert (2, "off", "vakta slutter før den har begynt", "oppgi en senere slutt") in said
    assert (3, "on", "ikke et klokkeslett på en dato", "skriv dag og klokke som 2026-01-31 07:30") in said
    assert desk.client.get(address).json()["roster"] == ""
    zipped = desk.send("PUT", f"{address}/beside/roster", params={"name": "r.xlsx"}, content=b"PK\x03\x04")
    assert zipped.status_code == 415
    assert not [path for path in (desk.data / "logs").glob("*/*") if "roster" in path.name]


def test_indicators_are_counted_with_the_roster_as_it_was_asked(
    imported: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, address = imported
    counted: list[tuple[str, bytes] | None] = []
    others: list[tuple[object, ...]] = []

    def see(_store: object, choices: ReportChoices, out: Path, *_: object, **__: object) -> tuple[dict[str, Any], None]:
        (out / "report.html").touch()
        counted.append(None if choices.roster is None else (choices.roster.name, choices.roster.read_bytes()))
        printed = choices.printed and choices.printed.read_text(encoding="utf-8")
        own = [path.read_text(encoding="utf-8") for path in choices.catalogues]
        others.append((printed, own, choices.previous and choices.previous.info.incidents, choices.month))
        names = ("fingerprint", "generated", "incidents", "unit_responses", "first", "last", "threshold")
        return {**dict.fromkeys(names), "not_answered": {}}, None

    monkeypatch.setattr("beredt.report.missions.write.write_log_report", see)
    content = ROSTER.encode("windows-1252")
    for name in ("januar.csv", "vaktplan på Bærum.csv"):
        sent = desk.send("PUT", f"{address}/beside/roster", params={"name": name}, content=content)
        assert (sent.status_code, sent.json()["roster"]) == (200, name)
    (kept,) = (desk.data / "logs").glob("*/roster/*")
    assert kept.name == "vaktplan på Bærum.csv"
    question = {"threshold": 5, "month": None, "responders": False}
    assert desk.work(f"{address}/reports", question)["options"]["roster"] == kept.name
    assert desk.send("DELETE", f"{address}/beside/roster").json()["roster"] == ""
    assert desk.work(f"{address}/reports", question)["state"] == "done"
    assert counted == [(kept.name, content), None]
    for kind, text in (("printed", PRINTED), ("catalogue", OWN)):
        sent = desk.send("PUT", f"{address}/beside/{kind}", params={"name": f"{kind}{ENDS[kind]}"}, content=text)
        assert (sent.status_code, sent.json()[kind]) == (200, f"{kind}{ENDS[kind]}"), sent.text
    incidents = desk.client.get(address).json()["store"]["incidents"]
    itself = {**question, "previous": address.rpartition("/")[2], "month": "2022-02"}
    assert desk.work(f"{address}/reports", itself)["state"] == "done"
    assert others[-1] == (PRINTED, [OWN], incidents, "2022-02")
    assert (
        desk.send("POST", f"{address}/reports", json={**question, "previous": "20200101-000000-aaaaaa"}).status_code
        == 404
    )
    assert desk.send("POST", f"{address}/reports", json={**question, "management": True}).status_code == 422
    for kind in ("printed", "catalogue"):
        assert desk.send("DELETE", f"{address}/beside/{kind}").json()[kind] == ""


def test_printed_figures_and_catalogues_that_cannot_be_used_are_refused(imported: tuple[Desk, str]) -> None:
    desk, address = imported
    for kind, text in (("printed", "id,value\nx,three\n"), ("catalogue", OWN.replace("[quick]", "[response_urban]")),
                       ("catalogue", OWN.replace("kind", "kinds"))):  # fmt: skip
        refused = desk.send("PUT", f"{address}/beside/{kind}", params={"name": f"own{ENDS[kind]}"}, content=text)
        assert refused.status_code == 422, refused.text
        assert desk.client.get(address).json()[kind] == ""
    assert desk.send("PUT", f"{address}/beside/links", params={"name": "a.toml"}, content=OWN).status_code == 422
    wrong = desk.send("PUT", f"{address}/beside/catalogue", params={"name": "own.csv"}, content=OWN)
    assert wrong.status_code == 422
    assert "give one of .toml" in wrong.json()["detail"]
