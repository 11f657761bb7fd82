"""The queue as an organisation sees it, beside a slow twin that looks at every job."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import NotYoursError, UnknownIdError
from beredt.web.division.own_jobs import OwnJobs
from beredt.web.jobs.job import Job
from beredt.web.jobs.job_files import JobFiles
from beredt.web.jobs.job_queue import JobQueue

STUDIES, ORGANISATIONS = ("north", "south", "joint"), ("", "east", "west")


@st.composite
def some_jobs(draw: st.DrawFn) -> list[Job]:
    return [
        Job(
            id=f"20260101-0000{at:02}-abcdef",
            kind="run",
            study=draw(st.sampled_from(STUDIES)),
            fingerprint="",
            options={"log": "x"} if draw(st.booleans()) else {},
            asked_s=0.0,
            state="done",
            organisation=draw(st.sampled_from(ORGANISATIONS)),
        )
        for at in range(draw(st.integers(0, 12)))
    ]


@given(jobs=some_jobs(), opens=st.sets(st.sampled_from(STUDIES)), results=st.sets(st.sampled_from(STUDIES)))
@settings(max_examples=25, deadline=None)
def test_nothing_of_others_is_told(
    tmp_path_factory: pytest.TempPathFactory, jobs: list[Job], opens: set[str], results: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("jobs")
    files = JobFiles(folder)
    for job in jobs:
        files.write(job)
    own = OwnJobs(JobQueue(folder), "west", opens, results)
    seen = {
        job.id
        for job in jobs
        if job.study in opens and (job.organisation == "west" or (job.study in results and "log" not in job.options))
    }
    assert [job.id for job in own.list_jobs()] == sorted(seen, reverse=True)
    assert set(own.files.read_all()) == seen
    alone = tmp_path_factory.mktemp("alone")
    for job in jobs:
        if job.id in seen:
            JobFiles(alone).write(job)
    without = OwnJobs(JobQueue(alone), "west", opens, results)  # where those of others are not there at all
    for job_id in [job.id for job in jobs if job.id not in seen]:
        for ask, ask_without in (
            (own.get, without.get),
            (own.cancel, without.cancel),
            (own.ask_again, without.ask_again),
            (own.files.folder_of, without.files.folder_of),
        ):
            with pytest.raises(UnknownIdError) as there:
                ask(job_id)
            with pytest.raises(UnknownIdError) as nowhere:
                ask_without(job_id)
            assert str(there.value) == str(nowhere.value)
    for job in jobs:
        if job.id in seen and job.organisation != "west":
            with pytest.raises(NotYoursError):
                own.remove(job.id)
    assert len(JobQueue(folder).list_jobs()) == len(jobs)


def test_what_is_asked_for_belongs_to_the_organisation(tmp_path: Path) -> None:
    whole = JobQueue(tmp_path)
    west, east = (OwnJobs(whole, name, {"joint"}) for name in ("west", "east"))
    job = west.ask("run", "joint", "", {}, lambda folder: None, "east")
    assert JobFiles(tmp_path).read_all()[job.id].organisation == "west"
    assert [one.id for one in west.list_jobs()] == [job.id]
    assert east.list_jobs() == ()
    west.cancel(job.id)
    west.remove(job.id)
    assert whole.list_jobs() == ()
