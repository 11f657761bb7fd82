"""Logs on their way in: whole or not there, known by what they are, and named so that no name leads anywhere."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
import pytest
from httpx2 import ASGITransport, AsyncClient, Response
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect

from beredt.errors import OptionError, UploadError
from beredt.web.logs.names import LONGEST, file_name, inside
from beredt.web.logs.peek import peek, read_header
from beredt.web.logs.shelf import COMING, GOING, LogShelf
from tests.indicators.made_store import make_store
from tests.web.conftest import ADDRESS
from tests.web.logs.conftest import LOGS, Desk

Answered = TypeVar("Answered")
OWN = """
id = "mine"
title = { en = "Our log", nb = "Vår logg" }
description = { en = "x", nb = "x" }
zone = "Europe/Oslo"
[file]
date_order = "day"
[columns]
unit = "ressurs_id"
call_t = "tidspunkt"
scene_t = "ank_hentested"
"""


def workbook(header: list[str]) -> bytes:
    written = io.BytesIO()
    pl.DataFrame({name: ["2024-01-01 10:00"] for name in header}).write_excel(written)
    return written.getvalue()


def parquet(header: list[str]) -> bytes:
    written = io.BytesIO()
    pl.DataFrame({name: ["2024-01-01 10:00"] for name in header}).write_parquet(written)
    return written.getvalue()


HEADER = ["ressurs_id", "tidspunkt", "varslet", "rykker_ut", "ank_hentested", "ledig", "hastegrad"]


def test_a_log_arrives_whole_and_its_profile_is_guessed(desk: Desk, amis: bytes) -> None:
    answer = desk.upload(amis, "Uttrekk 2022–23.CSV")
    assert answer.status_code == 201, answer.text
    log = answer.json()
    assert (log["name"], log["size_bytes"], log["by"]) == ("Uttrekk 2022–23.CSV", len(amis), "local")
    assert log["header"]["best"] == "amis"
    assert [one["score"] for one in log["header"]["fits"]] == sorted(
        (one["score"] for one in log["header"]["fits"]), reverse=True
    )
    assert (log["store"], log["has_file"]) == (None, True)
    file = desk.data / "logs" / log["id"] / "file" / log["name"]
    assert file.read_bytes() == amis
    assert file.stat().st_mode & 0o077 == 0, "it holds more than a store does: for its owner alone"
    reading = desk.client.get(f"{LOGS}/{log['id']}/reading", params={"profile": "amis"}).json()
    assert {"field": "scene_t", "column": "ank_hentested"} in reading["fields"]
    assert reading["left_out"] == ["hendelse"]
    assert [one["id"] for one in desk.client.get(LOGS).json()["logs"]] == [log["id"]]


@pytest.mark.parametrize(("name", "make"), [("log.xlsx", workbook), ("log.parquet", parquet)])
def test_sheets_and_parquet_are_known_too(desk: Desk, name: str, make: object) -> None:
    answer = desk.upload(make(HEADER), name)  # type: ignore[operator]
    assert answer.status_code == 201, answer.text
    assert answer.json()["header"]["best"] == "amis"


async def send_in_pieces(desk: Desk, content: bytes) -> Response:
    """As a server hands a body on: the client of the other tests gives it whole."""
    headers = {"x-beredt-csrf": desk.token, "content-length": str(len(content))}

    async def in_pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(content), 65_536):
            yield content[at : at + 65_536]

    async with AsyncClient(
        transport=ASGITransport(app=desk.client.app), base_url=ADDRESS, cookies=desk.client.cookies, headers=headers
    ) as client:
        return await client.post(LOGS, params={"name": "a.csv", "size": len(content)}, content=in_pieces())


def test_a_log_larger_than_any_other_request_may_be_is_taken(desk: Desk, amis: bytes) -> None:
    head, _, rest = amis.partition(b"\n")
    large = head + b"\n" + rest * (9_000_000 // len(rest) + 1)
    answer = finish(send_in_pieces(desk, large))
    assert answer.status_code == 201, answer.text
    assert answer.json()["size_bytes"] == len(large)


@pytest.mark.parametrize(
    ("content", "asked", "status", "said"),
    [
        (b"", {}, 422, "the file is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 600, {}, 415, "none of the kinds"),
        (b"a;b\n1;2\n", {"size": 8_000}, 400, "only 8 of 8,000 bytes arrived"),
        (b"a;b\n1;2\n", {"name": "log.docx"}, 422, "files of this kind are not read"),
        (b"a;b\n1;2\n", {"name": "log.xlsx"}, 422, "log.xlsx"),
        (b"PK\x03\x04 no workbook", {"name": "log.xlsx"}, 422, "log.xlsx"),
        (b"PAR1 no table", {"name": "log.parquet"}, 422, "not a Parquet file"),
        (b"\n\n\n", {}, 422, "amis.csv"),
    ],
)
def test_what_cannot_be_used_is_told_and_leaves_nothing(
    desk: Desk, content: bytes, asked: dict[str, object], status: int, said: str
) -> None:
    answer = desk.upload(content, **asked)  # type: ignore[arg-type]
    problem = answer.json()
    assert answer.status_code == status, problem
    assert said in problem["detail"] + "".join(one["message"] + one["file"] for one in problem["issues"])
    assert desk.kept() == []


def test_a_log_that_says_it_is_too_large_is_refused_before_it_is_read(desk: Desk) -> None:
    answer = desk.send("POST", LOGS, params={"name": "a.csv"}, content=b"a", headers={"content-length": str(3 << 30)})
    assert answer.status_code == 413
    assert "larger than 2 GB" in answer.json()["detail"]
    assert "gzip" in answer.json()["detail"]
    assert desk.kept() == []


def test_no_study_no_log(desk: Desk) -> None:
    assert desk.send("POST", "/api/studies/frog/logs", params={"name": "a.csv"}, content=b"a;b\n").status_code == 404
    assert desk.client.get("/api/studies/frog/logs").status_code == 404
    assert desk.client.get(f"{LOGS}/20260101-000000-abcdef").status_code == 404
    assert desk.client.get(f"{LOGS}/..%2f..").status_code == 404


def finish(work: Coroutine[Any, Any, Answered]) -> Answered:
    """Run to the end in a thread of its own: a browser of another test may have a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


async def pieces(*given: bytes, then: type[Exception] | None = None) -> AsyncIterator[bytes]:
    for one in given:
        yield one
    if then is not None:
        raise then


def test_a_connection_that_ends_and_a_file_that_grows_leave_nothing(tmp_path: Path) -> None:
    shelf = LogShelf(tmp_path / "logs", look=read_header)
    for stream, error in (
        (pieces(b"a;b\n", then=ClientDisconnect), ClientDisconnect),
        (pieces(b"a;b\n" * 40), UploadError),
    ):
        with pytest.raises(error):
            finish(shelf.upload("tiny", "a.csv", "ann", stream, None, 100))
        assert list((tmp_path / "logs").iterdir()) == []


def test_a_disk_without_room_is_told_before_anything_is_written(tmp_path: Path) -> None:
    shelf = LogShelf(tmp_path / "logs", look=read_header)
    with pytest.raises(UploadError, match="no room") as told:
        finish(shelf.upload("tiny", "a.csv", "ann", pieces(b"a"), 1 << 60, 1 << 61))
    assert told.value.status == 507


def test_what_a_killed_server_left_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    for name in (f"{COMING}x", f"{GOING}20260101-000000-abcdef", "mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half").write_bytes(b"a")
    shelf = LogShelf(tmp_path)
    assert shelf.list_logs("tiny") == ()
    shelf.sweep()
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_header_is_read_in_a_process_of_its_own(tmp_path: Path, amis: bytes) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.xlsx"
    good.write_bytes(amis)
    bad.write_bytes(b"PK\x03\x04")
    assert peek(good) == read_header(good)
    with pytest.raises(Exception, match="cannot be read as a spreadsheet"):
        peek(bad)


# ---- one's own profile -------------------------------------------------------------------------------------


def test_an_own_profile_is_checked_kept_and_chosen(desk: Desk, amis: bytes) -> None:
    address = f"{LOGS}/{desk.upload(amis).json()['id']}"
    bad = desk.send("PUT", f"{address}/profile", content=OWN.replace("call_t", "cal_t").encode())
    assert bad.status_code == 422
    (issue,) = (one for one in bad.json()["issues"] if "cal_t" in one["field"])
    assert issue["row"] == 10
    assert desk.client.get(address).json()["own_profile"] is False
    good = desk.send("PUT", f"{address}/profile", content=OWN.encode())
    assert good.status_code == 200, good.text
    assert (good.json()["own_profile"], good.json()["header"]["best"]) == (True, "own")
    reading = desk.client.get(f"{address}/reading", params={"profile": "own"}).json()
    assert reading["title"]["nb"] == "Vår logg"
    assert [one["field"] for one in reading["fields"]] == ["unit", "call_t", "scene_t"]
    job = desk.work(f"{address}/import", {"profile": "own", "generated": True})
    assert job["state"] == "done", job["problem"]
    store = desk.client.get(address).json()["store"]
    assert (store["profile"], store["generated"]) == ("mine", True)


# ---- beside the server -------------------------------------------------------------------------------------


def test_files_and_stores_that_lie_beside_the_server_are_taken_and_left_there(desk: Desk, amis: bytes) -> None:
    incoming, secret = desk.data / "incoming", desk.data / "secret.csv"
    incoming.mkdir(parents=True)
    secret.write_bytes(amis)
    (incoming / "log.csv").write_bytes(amis)
    (incoming / ".hidden.csv").write_bytes(amis)
    (incoming / "note.docx").write_bytes(b"x")
    (incoming / "link.csv").symlink_to(secret)
    make_store(incoming / "store", [{"unit": "U1", "urgency": "A", "call_t": 0, "scene_t": 9}], rows_in=1)
    told = desk.client.get(f"{LOGS}/incoming").json()
    assert [(one["name"], one["is_store"]) for one in told["found"]] == [("log.csv", False), ("store", True)]
    for name in ("link.csv", "../secret.csv", ".hidden.csv", "frog.csv"):
        assert desk.send("POST", f"{LOGS}/incoming", json={"name": name}).status_code == 404, name
    file, store = (desk.send("POST", f"{LOGS}/incoming", json={"name": name}).json() for name in ("log.csv", "store"))
    assert (file["origin"], file["header"]["best"]) == ("incoming", "amis")
    assert (store["origin"], store["store"]["rows_in"], store["store"]["rows_out"]) == ("store", 1, 1)
    job = desk.work(f"{LOGS}/{file['id']}/import", {"profile": "amis"})
    assert job["state"] == "done", job["problem"]
    for one in (file, store):
        assert desk.send("DELETE", f"{LOGS}/{one['id']}").status_code == 204
    assert {path.name for path in incoming.iterdir()} >= {"log.csv", "store"}
    assert desk.kept() == []


# ---- names -------------------------------------------------------------------------------------------------


ENDINGS = [".csv", ".CSV.gz", ".xlsx", ".parquet", "", "/.csv", "\\x.csv", "\0.csv"]


@given(st.text(max_size=300), st.sampled_from(ENDINGS))
def test_no_name_leads_out_of_its_folder(stem: str, ending: str) -> None:
    try:
        name = file_name(stem + ending)
    except OptionError:
        return
    assert os.path.basename(name) == name
    assert not name.startswith(".")
    assert name.isprintable()
    assert len(name) <= LONGEST
    assert file_name(name) == name


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "\0", "x" * 5_000, ".hidden"])
def test_nothing_beside_a_folder_is_inside_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "x").write_bytes(b"")
    (tmp_path / "in").mkdir()
    assert inside(tmp_path / "in", name) is None
