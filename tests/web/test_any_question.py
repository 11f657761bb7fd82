"""Whatever is asked of Studio and of the live server, the answer is one that their OpenAPI documents promise."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from beredt.model.read import read_study
from beredt.web.access.local import LocalAccess
from beredt.web.app import create_app
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import open_library
from beredt.web.live.app import create_live_app
from beredt.web.live.parts import LiveFiles, make_live_parts
from beredt.web.logs.data_folder import open_shelf
from beredt.web.parts import Parts
from beredt.web.risk.open_workshop import open_workshop
from beredt.web.settings import ServeSettings
from tests.tiny_study import write_tiny_study
from tests.web.asked_anything import ask_anything

STREAMS = {"follow_live", "follow_risk"}
"""They do not end by themselves; tests of their own listen to them."""
NO_JSON = {"bring_risk_workbook"}
"""A workbook cannot be made up from a document."""
LONG = {"post_answers", "post_playback", "get_playback", "post_answer_file", "get_cover", "get_demand"}
"""They simulate, draw, or have kernels compiled, where somebody asks well."""


@pytest.fixture
def studio(tmp_path: Path) -> FastAPI:
    """Studio over a tiny study, whose jobs wait for ever."""
    data = tmp_path / "data"
    return create_app(
        Parts(
            open_library([str(write_tiny_study(tmp_path / "tiny"))], data),
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


def check(app: FastAPI, leave_out: set[str], examples: int, *, also_wrong: bool) -> None:
    asked, found = ask_anything(app, {"study": "tiny"}, leave_out, examples, also_wrong=also_wrong)
    assert found == []
    assert asked == sum(len(path) for path in app.openapi()["paths"].values()) - len(leave_out & operations(app))


def operations(app: FastAPI) -> set[str]:
    return {one["operationId"] for path in app.openapi()["paths"].values() for one in path.values()}


def test_studio_keeps_its_promise(studio: FastAPI) -> None:
    check(studio, STREAMS | NO_JSON | LONG, 1, also_wrong=False)


def test_the_live_server_keeps_its_promise(live: FastAPI) -> None:
    check(live, STREAMS, 1, also_wrong=False)


@pytest.mark.soak
def test_studio_keeps_its_promise_however_often_it_is_asked(studio: FastAPI) -> None:
    check(studio, STREAMS | NO_JSON, 50, also_wrong=True)


@pytest.mark.soak
def test_the_live_server_keeps_its_promise_however_often_it_is_asked(live: FastAPI) -> None:
    check(live, STREAMS, 100, also_wrong=True)
