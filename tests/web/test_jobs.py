"""Long work: in a queue, in a process of its own, told as it comes, and never lost."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import OptionError, UnknownIdError
from beredt.web.app import create_app
from beredt.web.inert_html import with_attributes_for_styles
from beredt.web.jobs.job import Job, Progress, left_s, new_id
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.process import WorkProcess
from beredt.web.library import Library
from beredt.web.parts import Parts
from tests.web.conftest import ADDRESS

END: Mapping[str, Any] = {}


class PlayedWork:
    """A process that a test plays: it tells what is put in, and ends at `END` or when it is stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.code, self.lines = folder, 0, Queue[Mapping[str, Any]]()

    def messages(self) -> Iterator[Mapping[str, Any]]:
        return iter(self.lines.get, END)

    def wait(self) -> int:
        return self.code

    def stop(self) -> None:
        self.code = -15
        self.lines.put(END)


class Played:
    """A queue whose processes a test plays."""

    def __init__(self, folder: Path) -> None:
        self.works: list[PlayedWork] = []
        self.queue = JobQueue(folder, self.begin)

    def begin(self, folder: Path) -> PlayedWork:
        self.works.append(PlayedWork(folder))
        return self.works[-1]

    def ask(self) -> Job:
        return self.queue.ask("run", "tiny", "f" * 64, {"replications": 2}, lambda folder: None)

    def tell(self, **message: Any) -> None:
        self.works[-1].lines.put(message)


def wait_for(what: Callable[[], bool]) -> None:
    for _ in range(2_000):
        if what():
            return
        time.sleep(0.005)
    pytest.fail("it did not happen")


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Played]:
    queue = Played(tmp_path / "jobs")
    queue.queue.start()
    yield queue
    queue.queue.close()


def test_one_at_a_time_and_told_as_it_comes(played: Played) -> None:
    first, second = played.ask(), played.ask()
    queue = played.queue
    wait_for(lambda: queue.get(first.id).state == "running")
    assert queue.get(second.id).state == "waiting"
    played.tell(stage="Simulating", done=1, total=4)
    wait_for(lambda: queue.get(first.id).progress is not None)
    progress = queue.get(first.id).progress
    assert progress is not None
    assert (progress.stage, progress.done, progress.total) == ("Simulating", 1, 4)
    played.tell(say="halfway")
    played.tell(summary={"fingerprint": "x"})
    played.works[-1].lines.put(END)
    wait_for(lambda: queue.get(second.id).state == "running")
    done = queue.get(first.id)
    assert (done.state, done.said, done.summary, done.progress) == ("done", ("halfway",), {"fingerprint": "x"}, None)
    assert [job.id for job in queue.list_jobs()] == sorted([first.id, second.id], reverse=True)


def test_what_fails_says_why_and_can_be_begun_again(played: Played) -> None:
    queue, job = played.queue, played.ask()
    wait_for(lambda: queue.get(job.id).state == "running")
    (queue.files.folder_of(job.id) / "out").mkdir()
    played.tell(problem={"title": "t", "status": 422, "detail": "d"})
    played.works[-1].lines.put(END)
    wait_for(lambda: queue.get(job.id).state == "failed")
    wait_for(lambda: queue._running is None)
    assert queue.get(job.id).problem == {"title": "t", "status": 422, "detail": "d"}
    queue.ask_again(job.id)
    wait_for(lambda: queue.get(job.id).state == "running")
    assert queue.get(job.id).problem is None
    assert not (queue.files.folder_of(job.id) / "out").exists(), "half of a result is thrown away"
    with pytest.raises(OptionError, match="is running and cannot be begun again"):
        queue.ask_again(job.id)


def test_a_process_that_ends_without_a_word_has_failed(played: Played) -> None:
    queue, job = played.queue, played.ask()
    wait_for(lambda: queue.get(job.id).state == "running")
    (queue.files.folder_of(job.id) / "log.txt").write_text("MemoryError", encoding="utf-8")
    played.works[-1].code = -9
    played.works[-1].lines.put(END)
    wait_for(lambda: queue.get(job.id).state == "failed")
    problem = queue.get(job.id).problem
    assert problem is not None
    assert "code -9" in problem["detail"]
    assert "MemoryError" in problem["detail"]


def test_a_machine_that_can_begin_no_process_or_keep_no_file_is_told(tmp_path: Path) -> None:
    def too_much(folder: Path) -> PlayedWork:
        raise OSError(12, "Cannot allocate memory")

    queue = JobQueue(tmp_path / "jobs", too_much)
    queue.start()
    first, second = (queue.ask("run", "tiny", "f", {}, lambda folder: None) for _ in range(2))
    for job in (first, second):  # the first does not stop the queue
        wait_for(lambda asked=job: queue.get(asked.id).state == "failed")  # type: ignore[misc]
        problem = queue.get(job.id).problem
        assert problem is not None
        assert "Cannot allocate memory" in problem["detail"]
    queue.close()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OptionError, match=r"nothing can be kept in .*--data"):
        JobQueue(tmp_path / "file").ask("run", "tiny", "f", {}, lambda folder: None)


def test_cancelling_stops_what_runs_and_drops_what_waits(played: Played) -> None:
    first, second = played.ask(), played.ask()
    queue = played.queue
    wait_for(lambda: queue.get(first.id).state == "running")
    assert queue.cancel(second.id).state == "cancelled"
    assert queue.cancel(first.id).state == "cancelled"
    wait_for(lambda: queue._running is None)
    assert played.works[0].code == -15
    assert len(played.works) == 1, "what was cancelled in the queue is never begun"
    assert queue.cancel(first.id) == queue.get(first.id), "a second time changes nothing"
    queue.remove(first.id)
    assert not queue.files.folder_of(first.id).exists()
    with pytest.raises(UnknownIdError):
        queue.get(first.id)


def test_a_server_that_stops_in_the_middle_leaves_jobs_that_say_so(tmp_path: Path) -> None:
    before = Played(tmp_path)
    before.queue.start()
    running, waiting = before.ask(), before.ask()
    wait_for(lambda: before.queue.get(running.id).state == "running")
    # No close: the server is gone from one moment to the next.
    after = Played(tmp_path)
    assert {job.id: job.state for job in after.queue.list_jobs()} == {
        running.id: "interrupted", waiting.id: "interrupted"
    }  # fmt: skip
    after.queue.start()
    after.queue.ask_again(running.id)
    wait_for(lambda: after.queue.get(running.id).state == "running")
    after.queue.close()
    assert after.queue.get(running.id).state == "interrupted", "also when it is stopped in peace"
    before.queue.close()


def test_what_is_no_job_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "20260101-000000-abcdef").mkdir()
    (tmp_path / "20260101-000000-abcdef" / "job.json").write_text("{half", encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "job.json").write_text("[]", encoding="utf-8")
    assert JobQueue(tmp_path).list_jobs() == ()
    assert (tmp_path / "mine" / "job.json").read_text("utf-8") == "[]"


@given(st.text(max_size=30) | st.sampled_from(["../x", "20260101-000000-abcdef/../..", "20260101-000000-abcdef\n"]))
def test_no_id_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, odd: str) -> None:
    base = tmp_path_factory.getbasetemp()
    files = JobQueue(base / "no-jobs").files
    try:
        assert files.folder_of(odd).parent == base / "no-jobs"
    except UnknownIdError:
        return


def test_time_left_is_guessed_from_the_pace_and_from_the_last_time() -> None:
    options = {"replications": 10}
    job = Job(id=new_id(0.0), kind="run", study="s", fingerprint="", options=options, asked_s=0.0)
    assert left_s(job, None, 5.0) is None, "it has not begun"
    running = Job(**{**job.as_json(), "state": "running", "begun_s": 100.0, "progress": Progress("x", 2, 8, 110.0)})
    assert left_s(running, None, 120.0) == pytest.approx(30.0)
    over = Job(**{**running.as_json(), "progress": Progress("x", 8, 8, 110.0)})
    assert left_s(over, None, 120.0) is None, "a stage is over, and nobody knows what is to come"
    before = Job(**{**job.as_json(), "state": "done", "begun_s": 0.0, "ended_s": 50.0, "options": {"replications": 20}})
    assert left_s(running, before, 104.0) == pytest.approx(21.0)
    assert left_s(running, before, 500.0) == pytest.approx(1170.0), "never less than what the stage still takes"


def test_a_job_is_kept_and_read_back(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path)
    job = queue.ask("run", "s", "f", {"a": [1]}, lambda folder: (folder / "study").mkdir())
    assert Job.from_json(json.loads((tmp_path / job.id / "job.json").read_text("utf-8"))) == job
    assert (tmp_path / job.id / "study").is_dir()


def test_a_process_tells_of_a_fault_and_leaves_its_trace_in_the_log(tmp_path: Path) -> None:
    (tmp_path / "job.json").write_text(json.dumps({"kind": "frog", "options": {}}), encoding="utf-8")
    work = WorkProcess(tmp_path)
    (told,) = work.messages()
    assert told["problem"]["status"] == 500
    assert "frog" not in told["problem"]["detail"]
    assert work.wait() == 1
    assert "KeyError: 'frog'" in (tmp_path / "log.txt").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="signals of another system")
@pytest.mark.parametrize("how", ["its server is gone", "it is stopped"])
def test_a_process_at_work_ends_when(tmp_path: Path, how: str) -> None:
    os.mkfifo(tmp_path / "job.json")  # reading it takes for ever: the work of this test
    work = WorkProcess(tmp_path)
    assert work._process.stdin is not None
    assert work._process.poll() is None
    if how == "it is stopped":
        work.stop()
    else:
        work._process.stdin.close()  # what the system does when the server dies
    assert list(work.messages()) == []
    assert work.wait() in (-signal.SIGKILL, -signal.SIGTERM)


# ---- through the server, with a real run -----------------------------------------------------------------


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, dict[str, Any]]]:
    """A finished run of the tiny study, asked for and followed as a page does."""
    from beredt.web.library import open_library
    from tests.tiny_study import write_tiny_study

    base = tmp_path_factory.mktemp("run")
    folder = write_tiny_study(base / "tiny")
    settings = (folder / "study.toml").read_text("utf-8").replace('languages = ["nb", "en"]', 'languages = ["nb"]')
    (folder / "study.toml").write_text(settings, encoding="utf-8")
    library = open_library([str(folder)], base)
    app = create_app(Parts(library, screen=base / "none", jobs=JobQueue(base / "jobs")))
    with TestClient(app, base_url=ADDRESS) as client:
        asked = client.post("/api/studies/tiny/runs", json={"replications": 1})
        assert asked.status_code == 202, asked.text
        lines = client.get(f"/api/jobs/{asked.json()['id']}/events").text.splitlines()
        events = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
        assert events[-1]["state"] == "done", events[-1]["problem"]
        assert {event["progress"]["stage"]["en"] for event in events if event["progress"]} & {"Writing the report"}
        yield client, events[-1]


@pytest.mark.slow
def test_a_run_is_listed_with_its_chapters(run: tuple[TestClient, dict[str, Any]]) -> None:
    client, job = run
    assert [one["id"] for one in client.get("/api/runs", params={"study": "tiny"}).json()["runs"]] == [job["id"]]
    assert client.get("/api/runs", params={"study": "other"}).json()["runs"] == []
    for language in ("nb", "en"):  # the report is written in the first; the other is made when it is asked for
        chapters = client.get(f"/api/runs/{job['id']}/chapters", params={"lang": language}).json()["chapters"]
        assert [one["id"] for one in chapters][:2] == ["summary", "today"]
        assert all(one["title"] and one["finding"] for one in chapters)


@pytest.mark.slow
def test_a_chapter_says_what_the_printed_report_says(run: tuple[TestClient, dict[str, Any]]) -> None:
    import re

    client, job = run
    names = [one["name"] for one in client.get(f"/api/runs/{job['id']}/files").json()["files"]]
    assert {"report.html", "report.pdf", "tables.xlsx", "areas.gpkg"} <= set(names)
    page = client.get(f"/api/runs/{job['id']}/files/report.html")
    assert "attachment" in page.headers["content-disposition"]
    drawing = re.compile(r"<svg.*?</svg>", re.DOTALL)
    plain = drawing.sub("", page.text)
    chapters = client.get(f"/api/runs/{job['id']}/chapters", params={"lang": "nb"}).json()["chapters"]
    for chapter in chapters:
        piece = client.get(f"/api/runs/{job['id']}/chapters/{chapter['id']}", params={"lang": "nb"}).text
        assert drawing.sub("", piece) in plain, chapter["id"]
        assert " style=" not in piece
        assert "<style" not in piece


@pytest.mark.slow
def test_a_run_stays_true_to_the_study_as_it_was(run: tuple[TestClient, dict[str, Any]]) -> None:
    client, job = run
    before = client.get(f"/api/runs/{job['id']}/chapters", params={"lang": "en"}).json()
    head = client.get("/api/studies/tiny/alternatives/2").json()
    saved = client.put("/api/studies/tiny/alternatives/2", json={**head, "title": {"en": "Renamed", "nb": "Nytt"}})
    assert saved.status_code == 200
    assert client.get("/api/studies/tiny").json()["fingerprint"] != job["fingerprint"]
    assert client.get(f"/api/runs/{job['id']}/chapters", params={"lang": "en"}).json() == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    ["/files/../job.json", "/files/..%2f..%2fjob.json", "/files/study.toml", "/files//etc/passwd", "/chapters/frog"],
)
def test_nothing_else_of_a_run_can_be_taken(run: tuple[TestClient, dict[str, Any]], path: str) -> None:
    client, job = run
    assert client.get(f"/api/runs/{job['id']}{path}").status_code == 404


def test_what_is_not_there_or_not_done(library: Library, tmp_path: Path) -> None:
    queue = JobQueue(tmp_path / "jobs")
    job = queue.ask("run", "tiny", "f", {}, lambda folder: None)
    client = TestClient(create_app(Parts(library, screen=tmp_path, jobs=queue)), base_url=ADDRESS)
    assert client.get("/api/jobs/frog").status_code == 404
    assert client.get("/api/jobs/frog/events").status_code == 404
    assert client.get(f"/api/runs/{job.id}/chapters").status_code == 404
    assert client.get(f"/api/runs/{job.id}/files").status_code == 404
    assert client.get(f"/api/jobs/{job.id}").json()["state"] == "waiting"
    assert client.delete(f"/api/jobs/{job.id}").json()["state"] == "cancelled"
    assert client.delete(f"/api/jobs/{job.id}/result").status_code == 204
    assert client.get("/api/jobs").json() == {"jobs": []}
    assert client.post("/api/studies/tiny/runs", json={"alternatives": ["frog"]}).status_code == 404
    assert client.post("/api/studies/tiny/runs", json={"replications": 0}).status_code == 422


# ---- drawings under the policy ---------------------------------------------------------------------------


def test_styles_of_drawings_become_attributes() -> None:
    html = (
        '<p style="color: red">not a drawing</p><svg viewBox="0 0 1 1"><defs><style type="text/css">'
        '*{stroke-linejoin: round; stroke-linecap: butt}</style></defs><path d="M0 0" fill="red" '
        'style="fill: none; stroke: var(--ink)"/><text style="font-family: \'Beredt Inter\'">a</text></svg>'
    )
    assert with_attributes_for_styles(html) == (
        '<p style="color: red">not a drawing</p><svg stroke-linejoin="round" stroke-linecap="butt" viewBox="0 0 1 1">'
        '<path d="M0 0" fill="none" stroke="var(--ink)"/><text font-family="\'Beredt Inter\'">a</text></svg>'
    )


def test_the_look_of_chapters_holds_inside_chapters_only(client: TestClient) -> None:
    style = client.get("/api/report.css")
    assert style.headers["content-type"].startswith("text/css")
    assert style.text.startswith(".report {")
    assert style.text.count("{") == style.text.count("}")


# ---- playback --------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_day_can_be_played(client: TestClient) -> None:
    today = client.get("/api/studies/tiny/playback", params={"hours": 6})
    assert today.status_code == 200, today.text
    assert (today.json()["format"], today.json()["alternative"]) == ("beredt-playback", "today")
    again = client.get(
        "/api/studies/tiny/playback", params={"hours": 6}, headers={"if-none-match": today.headers["etag"]}
    )
    assert again.status_code == 304
    saved = client.get("/api/studies/tiny/playback", params={"hours": 6, "alternative": "2"}).json()
    edits = client.get("/api/studies/tiny/alternatives/2").json()["edits"]
    draft = client.post("/api/studies/tiny/playback", json={"edits": edits, "hours": 6}).json()
    assert draft.pop("alternative") == "draft"
    assert saved.pop("alternative") == "2"
    assert draft == saved, "a draft plays as it would when it is saved"


def test_what_cannot_be_played(client: TestClient) -> None:
    address = "/api/studies/tiny/playback"
    assert client.get(address, params={"alternative": "frog"}).status_code == 404
    assert client.get(address, params={"hours": 0}).status_code == 422
    assert client.get(address, params={"begin": "2031-01-01"}).status_code == 422
    answer = client.post(address, json={"edits": [{"edit": "frog"}]})
    assert answer.status_code == 422
    assert answer.json()["issues"][0]["edit"] == 1
