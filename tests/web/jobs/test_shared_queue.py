"""Several servers over one real PostgreSQL: each job is done once, and servers that die or end give theirs back."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from beredt.errors import OptionError, UnknownIdError
from beredt.web.jobs.job import Job
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.job_table import open_job_database
from beredt.web.jobs.shared_queue import SharedQueue
from tests.web.jobs.forked_servers import LOST_S, Forked, forked_servers
from tests.web.postgres import running_postgres

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="servers are forked")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="beredt-pg-") as folder, running_postgres(Path(folder) / "pg") as url:
        yield url


@pytest.fixture(scope="module")
def forked() -> Iterator[Forked]:
    with forked_servers() as made:
        yield made


@pytest.fixture
def start(forked: Forked, address: str, tmp_path: Path) -> Iterator[Callable[[], int]]:
    """Begins another server over the folder of the test; gives its process."""
    yield lambda: forked.start(tmp_path, address)
    forked.kill()


@pytest.fixture
def queue(address: str, tmp_path: Path) -> Iterator[SharedQueue]:
    """A server that only looks: it takes no job."""
    engine = open_job_database(tmp_path, address)
    yield SharedQueue(tmp_path / "jobs", engine, lost_s=LOST_S)
    engine.dispose()


def ask(queue: SharedQueue, seconds: float) -> Job:
    return queue.ask("run", "tiny", "f" * 64, {"seconds": seconds}, lambda folder: None)


def wait_for(what: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.05)
    return pytest.fail("it did not happen")


def ran(queue: SharedQueue, job: Job) -> list[tuple[str, int, float]]:
    """What the processes of a job wrote down: what, which server, when."""
    path = queue.files.folder_of(job.id) / "ran.txt"
    lines = path.read_text().splitlines() if path.exists() else []
    return [(str(what), int(server), float(at)) for what, server, at in map(json.loads, lines)]


def begun_by(queue: SharedQueue, job: Job) -> list[int]:
    return [server for what, server, _ in ran(queue, job) if what == "begin"]


def test_each_job_is_done_once_and_those_of_the_dead_are_done_by_the_living(
    queue: SharedQueue, start: Callable[[], int]
) -> None:
    long = ask(queue, 1.5)
    first = start()
    wait_for(lambda: ran(queue, long))
    quick = [ask(queue, 0.05) for _ in range(6)]
    others = [start() for _ in range(2)]
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: all(queue.get(job.id).state == "done" for job in (*quick, long)))
    assert [len(begun_by(queue, job)) for job in quick] == [1] * 6
    assert {begun_by(queue, job)[0] for job in quick} <= set(others)
    before, after = begun_by(queue, long)
    assert before == first
    assert after in others
    told = ran(queue, long)
    last_of_first = max(at for _, server, at in told if server == first)
    first_of_other = min(at for _, server, at in told if server != first)
    assert last_of_first < first_of_other  # never two in one folder at a time
    assert queue.get(long.id).summary == {"by": after}


def test_a_server_that_is_stopped_gives_its_job_back_at_once(queue: SharedQueue, start: Callable[[], int]) -> None:
    job, begun = ask(queue, 1.0), start()
    wait_for(lambda: ran(queue, job))
    os.kill(begun, signal.SIGTERM)
    wait_for(lambda: queue.get(job.id).state == "waiting")
    other = start()
    wait_for(lambda: queue.get(job.id).state == "done")
    assert begun_by(queue, job) == [begun, other]
    stopped = ask(queue, 60)
    wait_for(lambda: queue.get(stopped.id).progress)
    assert queue.cancel(stopped.id).state == "cancelled"  # by a server that does not do it
    queue.remove(stopped.id)
    assert not queue.files.folder_of(stopped.id).exists()
    with pytest.raises(UnknownIdError):
        queue.get(stopped.id)


def test_a_job_that_servers_die_of_is_not_begun_for_ever(queue: SharedQueue, start: Callable[[], int]) -> None:
    job = ask(queue, 60)
    with queue._table._engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE jobs SET tries = 3 WHERE id = '{job.id}'")
    start()
    failed = wait_for(lambda: (one := queue.get(job.id)).state == "failed" and one)
    assert "3 servers ended" in failed.problem["detail"]
    assert ran(queue, job) == []
    assert queue.ask_again(job.id).state == "waiting"
    with pytest.raises(OptionError, match="cannot be begun again"):
        queue.ask_again(job.id)
    assert queue.cancel(job.id).state == "cancelled"
    assert queue.cancel(job.id).state == "cancelled"


def test_jobs_that_a_server_alone_has_kept_are_taken_over(address: str, tmp_path: Path) -> None:
    alone = JobQueue(tmp_path / "jobs")
    job = alone.ask("run", "tiny", "f" * 64, {}, lambda folder: None)
    alone.close()
    engine = open_job_database(tmp_path, address)
    shared = SharedQueue(tmp_path / "jobs", engine)
    assert shared.get(job.id).state == "interrupted"
    assert not shared.is_working()
    engine.dispose()
