"""What whoever looks after a server is told: counts, times and health, and never anything about anybody."""

from __future__ import annotations

import io
import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError

from beredt.errors import OptionError
from beredt.model.read import read_study
from beredt.web.app import create_app
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.library import Library
from beredt.web.live.app import create_live_app
from beredt.web.live.parts import LiveFiles, make_live_parts
from beredt.web.parts import Parts
from beredt.web.settings import ServeSettings
from beredt.web.watch.health import Health, Part, Starting
from beredt.web.watch.request_log import RequestLog
from beredt.web.watch.studio_metrics import job_metrics
from beredt.web.watch.watch import Watch
from beredt.web.watch.watch_address import read_address, watched
from tests.live.feeds import BEGIN, opened, status
from tests.tiny_study import write_tiny_study
from tests.web.conftest import ADDRESS

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def samples(watch: Watch) -> Samples:
    """Everything that is counted, by name and labels."""
    families = text_string_to_metric_families(watch.metrics.text().decode())
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def documented() -> set[str]:
    """Metrics that the docs name in their tables."""
    pages = Path(__file__).parents[3] / "docs/how-to"
    text = "".join((pages / name).read_text(encoding="utf-8") for name in ("operate.md", "webhooks.md"))
    return set(re.findall(r"^\| `(beredt_[a-z_]+)`", text, re.MULTILINE))


def of(found: Samples, name: str, **labels: str) -> float:
    return found[name, tuple(sorted(labels.items()))]


@pytest.fixture
def said() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def watch(said: io.StringIO) -> Watch:
    return Watch(log=RequestLog(said))


@pytest.fixture
def watched_client(library: Library, tmp_path: Path, watch: Watch) -> Iterator[TestClient]:
    app = create_app(Parts(library, screen=tmp_path / "none", watch=watch))
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as browser:
        yield browser


def lines(said: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_requests_are_counted_by_route_and_never_by_what_was_asked(
    watched_client: TestClient, watch: Watch, said: io.StringIO
) -> None:
    for address in ("/api/studies", "/api/studies/tiny?token=hemmelig", "/api/studies/Kari-Nordmann", "/api/Kari"):
        watched_client.get(address, headers={"cookie": "a=hemmelig", "x-request-id": "from-proxy-7"})
    watched_client.request("BREW", "/api/studies", headers={"x-request-id": "Kari Nordmann\x7f"})
    watched_client.get("/api/studies", headers={"host": "evil.example"})
    found = samples(watch)
    study = {"route": "/api/studies/{study}", "method": "GET"}
    assert of(found, "beredt_requests_total", status="200", **study) == 1
    assert of(found, "beredt_requests_total", status="404", **study) == 1
    assert of(found, "beredt_requests_total", route="/api/studies", method="GET", status="200") == 1
    assert of(found, "beredt_requests_total", route="/api/studies", method="GET", status="403") == 1
    assert of(found, "beredt_request_seconds_count", route="/api/studies/{study}") == 2
    told = lines(said)
    assert len(told) == 6
    assert {key for line in told for key in line} == {
        "at",
        "level",
        "event",
        "id",
        "method",
        "route",
        "status",
        "seconds",
    }
    assert [line["id"] for line in told[:4]] == ["from-proxy-7"] * 4
    assert "from-proxy-7" not in (told[4]["id"], told[5]["id"])
    everything = watch.metrics.text().decode() + said.getvalue()
    for secret in ("hemmelig", "Kari", "Nordmann", "BREW", "evil", "testclient"):
        assert secret not in everything


def test_a_fault_is_a_line_without_what_was_sent(
    watched_client: TestClient, watch: Watch, said: io.StringIO, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def broken(self: Library) -> object:
        raise RuntimeError("number 01019912345")

    monkeypatch.setattr(Library, "list_studies", broken)
    answer = watched_client.get("/api/studies")
    assert answer.status_code == 500
    request, fault = lines(said)
    assert (request["status"], fault["event"], fault["error"]) == (500, "fault", "RuntimeError")
    assert fault["id"] == request["id"] == answer.headers["x-request-id"]
    assert any("in_broken" in place or "broken" in place for place in fault["places"])
    assert "01019912345" not in said.getvalue() + capsys.readouterr().err


def test_health_tells_which_part_fails_and_the_reason_only_where_it_is_watched(
    library: Library, tmp_path: Path
) -> None:
    well, gate = [False], threading.Event()

    def database() -> None:
        if not well[0]:
            raise OperationalError("SELECT secret", {}, Exception("no route to db.internal"))

    def slow() -> None:
        gate.wait(5)

    def starting() -> None:
        raise Starting("being made ready")

    parts = {"database": Part(database), "advice": Part(starting, needed=False)}
    watch = Watch(health=Health(parts, patience_s=1.0))
    with TestClient(create_app(Parts(library, screen=tmp_path, watch=watch)), base_url=ADDRESS) as browser:
        assert browser.get("/healthz").json() == {"live": True}
        answer = browser.get("/readyz")
        assert answer.status_code == 503
        assert answer.json() == {"ready": False, "parts": {"database": "failing", "advice": "starting"}}
        told: list[str] = []
        with watched("0", watch, told.append):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"http://{told[0]}/readyz", timeout=10)
            with refused.value as error:
                assert "no route to db.internal" in json.load(error)["parts"]["database"]["reason"]
            with urllib.request.urlopen(f"http://{told[0]}/metrics", timeout=10) as metrics:
                assert b'route="/readyz",status="503"' in metrics.read()
            assert "beredt_requests" not in browser.get("/metrics").text
            well[0] = True
            assert browser.get("/readyz").json()["ready"] is True
    stuck = Health({"slow": Part(slow)}, patience_s=0.01)
    begun = time.monotonic()
    assert [stuck.look()["slow"].state for _ in range(3)] == ["failing"] * 3
    assert time.monotonic() - begun < 2
    assert not stuck.is_ready(stuck.look())
    gate.set()
    while stuck.look()["slow"].state != "ok":
        time.sleep(0.01)


def test_jobs_are_counted_by_state(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path / "jobs")
    watch = Watch()
    watch.metrics.add(job_metrics(queue))
    queue.ask("run", "tiny", "f" * 64, {}, lambda folder: None)
    found = samples(watch)
    assert of(found, "beredt_jobs", state="waiting") == 1
    assert of(found, "beredt_jobs", state="running") == of(found, "beredt_jobs", state="done") == 0


def test_live_events_are_counted_by_verdict_and_their_age_is_told(tmp_path: Path) -> None:
    study, _ = read_study(write_tiny_study(tmp_path / "tiny"))
    assert study is not None
    parts = make_live_parts(ServeSettings((), tmp_path / "data", log=True), study, study.service, LiveFiles())
    parts.live.clock = lambda: BEGIN.timestamp() + 60
    feed = [opened(1, "i1", "A", 59.9, 10.64, 0), status(2, "e-1", "to_scene", 20, incident="i1"), {"id": "bad"}]
    odd = [{**status(3, "e-1", "free", 30), "source": name} for name in ("Kari Nordmann", "01019912345")]
    with TestClient(create_live_app(parts), base_url=ADDRESS) as browser:
        for batch in (feed, feed[:2], odd):
            assert browser.post("/api/live/events", json={"events": batch}).status_code == 200
        found = samples(parts.watch)
        ready = browser.get("/readyz").json()
    verdicts = {
        dict(labels)["verdict"]: value for (name, labels), value in found.items() if name == "beredt_live_events_total"
    }
    assert verdicts == {"taken": 4, "doubled": 2, "malformed": 1, "out_of_order": 1}
    assert of(found, "beredt_live_newest_age_seconds", source="cad") == 40
    assert of(found, "beredt_live_newest_age_seconds", source="other") == 30
    assert of(found, "beredt_live_picture_age_seconds") == 30
    assert of(found, "beredt_live_entries_behind") == 0
    assert of(found, "beredt_live_entries") == parts.live.picture.number
    assert of(found, "beredt_live_store_seconds_count") == 3
    assert ready["parts"]["log"] == "ok"
    assert "Kari" not in parts.watch.metrics.text().decode()


@pytest.mark.parametrize("text", ["", "http://x", "99999", "host:"])
def test_an_address_to_watch_at_is_understood_or_refused(text: str) -> None:
    assert read_address("9770") == ("127.0.0.1", 9770)
    assert read_address("[::1]:9770") == ("::1", 9770)
    with pytest.raises(OptionError, match="no address"):
        read_address(text)


def test_every_metric_is_in_the_docs_and_every_one_of_the_docs_is_there(tmp_path: Path) -> None:
    found, _ = read_study(write_tiny_study(tmp_path / "tiny"))
    assert found is not None
    (tmp_path / "secret").write_text(f"whsec_{'A' * 43}=")
    (tmp_path / "hooks.toml").write_text(
        'version = 1\n[[target]]\nname = "portal"\nurl = "https://portal.example.no"\norganisation = "trust-west"\n'
        'kinds = ["unit_status"]\nsecret = "secret"\n'
    )
    files = LiveFiles(webhooks=tmp_path / "hooks.toml")
    parts = make_live_parts(ServeSettings((), tmp_path / "data"), found, found.service, files)
    parts.live.take([status(1, "s-1", "at_station", 0)]).result()
    parts.watch.metrics.add(job_metrics(JobQueue(tmp_path / "jobs")))  # Studio's, beside the others
    told = set(re.findall(r"^# TYPE (\S+)", parts.watch.metrics.text().decode(), re.MULTILINE))
    parts.live.close()
    assert {name for name in told if not name.endswith("_created")} == documented()
