"""Whatever is asked of Studio and of the live server, the answer is one that their OpenAPI documents promise."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import strategies as st

from beredt.model.read import read_study
from beredt.web.access.local import LocalAccess
from beredt.web.app import create_app
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import open_library
from beredt.web.live.app import create_live_app
from beredt.web.live.parts import LiveFiles, make_live_parts
from beredt.web.live.shapes import ChangeOut
from beredt.web.logs.data_folder import open_shelf
from beredt.web.parts import Parts
from beredt.web.risk.open_workshop import open_workshop
from beredt.web.routes.risk_answers import RiskVersion
from beredt.web.settings import ServeSettings
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study
from tests.web.asked_anything import Streams, ask_anything

STREAMS: Streams = {"follow_live": ("change", ChangeOut), "follow_risk": ("risk", RiskVersion)}
LONG = {"post_answers", "post_playback", "get_playback", "post_answer_file", "get_cover", "get_demand"}
"""They simulate, draw, or have kernels compiled, where somebody asks well."""


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams end soon."""
    for module in ("beredt.web.live.stream", "beredt.web.routes.risk"):
        monkeypatch.setattr(f"{module}.STREAM_S", 0.05)
        monkeypatch.setattr(f"{module}.LOOKS_EVERY_S", 0.05)


@pytest.fixture
def studio(tmp_path: Path) -> FastAPI:
    """Studio over a tiny study, whose jobs wait for ever."""
    data = tmp_path / "data"
    return create_app(
        Parts(
            open_library([str(write_opinions(write_tiny_study(tmp_path / "tiny")))], data),
            LocalAccess(),
            screen=tmp_path / "none",
            jobs=JobQueue(data / "jobs"),
            logs=open_shelf(data),
            workshop=open_workshop(data),
        )
    )


@pytest.fixture
def live(tmp_path: Path) -> FastAPI:
    """A live server over the same study."""
    study, _ = read_study(write_tiny_study(tmp_path / "tiny"))
    assert study is not None
    return create_live_app(make_live_parts(ServeSettings((), tmp_path / "data"), study, study.service, LiveFiles()))


def workbooks(app: FastAPI) -> st.SearchStrategy[bytes]:
    """A workbook that somebody has filled in, whole, cut, with bytes changed, and none at all."""
    whole = TestClient(app, base_url="http://127.0.0.1").get("/api/studies/tiny/risk/workbook/filled").content
    assert whole[:2] == b"PK"
    places = st.integers(0, len(whole) - 1)
    spoilt = st.builds(
        lambda at, put: whole[:at] + put + whole[at + len(put) :], places, st.binary(min_size=1, max_size=40)
    )
    return st.one_of(st.just(whole), places.map(lambda at: whole[:at]), spoilt, st.binary(max_size=200))


def check(app: FastAPI, leave_out: set[str], examples: int, *, also_wrong: bool) -> None:
    files = {"bring_risk_workbook": workbooks(app)} if "bring_risk_workbook" in operations(app) else {}
    asked, found = ask_anything(
        app, {"study": "tiny"}, leave_out, examples, also_wrong=also_wrong, streams=STREAMS, files=files
    )
    assert found == []
    assert asked == sum(len(path) for path in app.openapi()["paths"].values()) - len(leave_out & operations(app))


def operations(app: FastAPI) -> set[str]:
    return {one["operationId"] for path in app.openapi()["paths"].values() for one in path.values()}


def test_studio_keeps_its_promise(studio: FastAPI) -> None:
    check(studio, LONG, 1, also_wrong=False)


def test_the_live_server_keeps_its_promise(live: FastAPI) -> None:
    check(live, set(), 1, also_wrong=False)


@pytest.mark.soak
def test_studio_keeps_its_promise_however_often_it_is_asked(studio: FastAPI) -> None:
    check(studio, set(), 50, also_wrong=True)


@pytest.mark.soak
def test_the_live_server_keeps_its_promise_however_often_it_is_asked(live: FastAPI) -> None:
    check(live, set(), 100, also_wrong=True)
