"""People and demand of a study: told at once, of what is saved now and of the newest run."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from beredt.errors import OptionError
from beredt.model.settings_base import Language
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.demand.chapters import demand_of_study, find_units
from beredt.web.jobs.job import Job
from beredt.web.jobs.job_files import OUT
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.kept import Kept
from beredt.web.library import Library
from beredt.web.run_chapters import RunChapter

TOLD_KEPT = 12


class WholeChapter(BaseModel):
    """A chapter: its title, its finding in one sentence, and all of it as HTML, for an element of class `report`."""

    id: str
    title: str
    finding: str
    html: str


class DemandOut(BaseModel):
    """Demand of a study in its own `year` and the later `years`, which are some of those `known`.

    `run` tells how much work an incident makes, null without one; `is_run_stale` when it was made of another study.
    """

    fingerprint: str
    year: int
    known: list[int]
    years: list[int]
    run: str | None
    is_run_stale: bool
    chapters: list[WholeChapter]


def demand_router(library: Library, queue: JobQueue) -> APIRouter:
    """`/studies/{study}/demand`."""
    router = APIRouter(tags=["demand"])
    kept: Kept[tuple[str, str, str, str, str], list[RunChapter]] = Kept(TOLD_KEPT)

    @router.get("/studies/{study}/demand")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_demand(
        study: str,
        lang: Language = "en",
        to: Annotated[str, Query(pattern=r"^(\d{4}(,\d{4})*)?$", max_length=200)] = "",
    ) -> DemandOut:
        """People, calls, later years and staff beside demand, in a language; `to` names later years."""
        from beredt.decision.demand.years import later_years
        from beredt.demand.projection.later_year import years_known

        read = library.get(study).get_study()
        own = read.settings.study.year
        known = [one for one in years_known(read) if one > own] if read.settings.demand.source == "rates" else []
        wanted = tuple(sorted({int(one) for one in to.split(",") if one}))
        unknown = [one for one in wanted if one not in known]
        if unknown:
            listed = ", ".join(map(str, known)) or "none"
            raise OptionError("to", str(unknown[0]), "the study says nothing of that year", f"it knows {listed}")
        run = _newest_run(queue, study)

        def make() -> list[RunChapter]:
            units = find_units(queue.files.folder_of(run.id) / OUT) if run else None
            return demand_of_study(read, units, wanted, lang)

        key = (study, read.fingerprint, lang, to, run.id if run else "")
        chapters = [WholeChapter(id=c.id, title=c.title, finding=c.finding, html=c.html) for c in kept.get(key, make)]
        years = later_years(read, wanted).years if known else ()
        return DemandOut(
            fingerprint=read.fingerprint,
            year=own,
            known=known,
            years=list(years),
            run=run.id if run else None,
            is_run_stale=run is not None and run.fingerprint != read.fingerprint,
            chapters=chapters,
        )

    return router


def _newest_run(queue: JobQueue, study: str) -> Job | None:
    done = [job for job in queue.list_jobs() if (job.kind, job.study, job.state) == ("run", study, "done")]
    return max(done, key=lambda job: job.id, default=None)
