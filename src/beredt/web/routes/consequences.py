"""What a run found that alternatives ask of units and do for patients, for the page of the comparison."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from beredt.model.settings_base import Language
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.jobs.job_files import STUDY
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.kept import Kept
from beredt.web.routes.runs import done_run

ANSWERS_KEPT = 6


class ConsequenceRow(BaseModel):
    """A figure in the report's words: its name, today's level, and each alternative's difference from it."""

    name: str
    today: str
    changes: dict[str, str]


class Consequences(BaseModel):
    """All figures of a run; none where it told nothing of them."""

    fingerprint: str
    rows: list[ConsequenceRow]


def consequences_router(queue: JobQueue) -> APIRouter:
    """`/runs/{run}/consequences`."""
    router = APIRouter(tags=["runs"])
    kept: Kept[tuple[str, str], Consequences] = Kept(ANSWERS_KEPT)

    @router.get("/runs/{run}/consequences")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_consequences(run: str, lang: Language = "en") -> Consequences:
        """Hours, missions, kilometres, carbon dioxide, deliveries and survivors a year, with intervals."""
        out = done_run(queue, run)

        def make() -> Consequences:
            from beredt.model.read import load_study
            from beredt.report.chapters.consequences import consequence_lines
            from beredt.report.context import make_context
            from beredt.report.results import read_results
            from beredt.report.words import load_words

            ctx = make_context(load_study(out.parent / STUDY), read_results(out), load_words(lang))
            rows = [
                ConsequenceRow(
                    name=line.name,
                    today=line.today.text,
                    changes={one: cell.text for one, cell in line.changes.items()},
                )
                for line in consequence_lines(ctx)
            ]
            return Consequences(fingerprint=ctx.fingerprint, rows=rows)

        return kept.get((run, lang), make)

    return router
