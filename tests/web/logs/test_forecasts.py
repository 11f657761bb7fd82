"""Forecasts of a mission log in Studio: asked for by analysts, read by all, with nothing in them that is small."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from fastapi.routing import APIRoute

from beredt.demand.forecast.counts import Counts, compact
from beredt.demand.forecast.small_areas import REST, merge_small
from beredt.web.access.need import find_need
from beredt.web.access.roles import Role
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import Library
from beredt.web.logs.shelf import LogShelf
from beredt.web.routes.log_forecasts import MOST_HOURS, log_forecasts_router
from tests.web.logs.conftest import Desk

FORECASTS = "/api/studies/tiny/forecasts"


def test_a_log_on_the_shelf_is_forecast_and_told_in_every_language(imported: tuple[Desk, str]) -> None:
    desk, address = imported
    job = desk.work(f"{address}/forecasts", {"hours": 24, "by": "municipality", "origins": 4})
    assert job["state"] == "done", job["problem"]
    assert job["kind"] == "log_forecast"
    assert job["kind_text"]["en"] == "Forecast the hours after a mission log"
    assert job["summary"]["best_simple"] in ("week_mean", "week_mean_of_a_year", "medic")
    place = f"{FORECASTS}/{job['id']}"
    found = desk.client.get(place, params={"lang": "nb"}).json()
    assert [one["id"] for one in found["chapters"]] == ["summary", "places", "backtest", "calibration", "method"]
    assert not found["is_stale"]
    assert "hendelser" in found["chapters"][0]["finding"]
    assert all("style=" not in one["html"] for one in found["chapters"])
    # So few incidents that neither places nor urgencies may be drawn hour by hour.
    assert found["chapters"][1]["html"].count("<svg") == 0
    names = [one["name"] for one in found["files"]]
    assert {"forecast.html", "scores.csv", "differences.csv", "calibration.csv", "answer.json"} <= set(names)
    assert "forecast.csv" not in names
    assert "last_days.csv" not in names
    assert desk.client.get(f"{place}/files/scores.csv").text.startswith("level,model,score")
    assert desk.client.get(f"{place}/files/job.json").status_code == 404
    assert desk.client.get(f"/api/studies/other/forecasts/{job['id']}").status_code == 404


@pytest.mark.parametrize("question", [{"hours": MOST_HOURS + 1}, {"by": "street"}, {"origins": 1}])
def test_what_cannot_be_asked_is_refused(imported: tuple[Desk, str], question: dict[str, object]) -> None:
    desk, address = imported
    assert desk.send("POST", f"{address}/forecasts", json=question).status_code == 422


def test_analysts_ask_and_readers_read() -> None:
    router = log_forecasts_router(Library(()), LogShelf(None), JobQueue(None))
    needs = [find_need(route.endpoint) for route in router.routes if isinstance(route, APIRoute)]
    assert [need.role for need in needs if need] == [Role.ANALYST, Role.READER, Role.READER]


def test_places_with_few_incidents_are_put_together() -> None:
    found = np.zeros((10, 4, 1), np.uint32)
    found[:, :, 0] = np.array([0, 2, 8, 90]) // np.array([1, 1, 1, 1]) * (np.arange(10) == 3)[:, None]
    counts = Counts(datetime(2025, 1, 1, tzinfo=UTC), 60, "UTC", ("a", "b", "c", "d"), ("A",), compact(found))
    merged = merge_small(counts, 5)
    assert merged.areas == ("d", REST)
    assert merged.counts.sum(axis=(0, 2)).tolist() == [90, 10]
    alone = merge_small(counts, 1000)
    assert alone.areas == (REST,)
    assert int(alone.counts.sum()) == 100
    assert merge_small(merged, 5) is merged


def test_demand_of_the_study_is_told_of_what_is_saved_now(imported: tuple[Desk, str]) -> None:
    desk, _ = imported
    told = desk.client.get("/api/studies/tiny/demand", params={"lang": "nn"}).json()
    assert (told["year"], told["known"], told["years"], told["run"]) == (2026, [], [], None)
    assert [one["id"] for one in told["chapters"]] == [
        "demand-people", "demand-calls", "demand-growth", "demand-staff",
    ]  # fmt: skip
    assert "inga framskriving" in told["chapters"][2]["finding"]
    assert all("style=" not in one["html"] for one in told["chapters"])
    refused = desk.client.get("/api/studies/tiny/demand", params={"to": "2040"})
    assert refused.status_code == 422
    assert "2040" in str(refused.json())
