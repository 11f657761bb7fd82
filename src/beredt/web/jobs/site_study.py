"""The job that asks a model of siting: its answers, the page and tables of `beredt site`, and who reaches whom."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.web.jobs.job_files import OUT
from beredt.web.jobs.study_run import load_laid_study

if TYPE_CHECKING:
    from beredt.siting.program import Bound
    from beredt.web.jobs.work import Teller

SITE = "site"
SOLVING, WRITING = "Solving", "Report"
GAP_SAID_S = 2.0
"""Between two looks at the gap that are told."""


def site_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Ask a model of siting; `options` is a `SiteQuestion`, the candidates beside the study."""
    from beredt.report.siting.write_pages import write_site_pages
    from beredt.siting.study.ask_study import site_study
    from beredt.web.analyses.answer_files import keep_answer
    from beredt.web.analyses.site_answer import SiteTold
    from beredt.web.analyses.site_cover import keep_reach
    from beredt.web.analyses.site_question import CANDIDATES_FILE, SiteQuestion

    question = SiteQuestion.model_validate({key: options[key] for key in options if key in SiteQuestion.model_fields})
    study = load_laid_study(folder)
    candidates = folder / CANDIDATES_FILE
    siting = question.siting(candidates if candidates.is_file() else None)
    sited = site_study(study, siting, progress=_Watch(teller), on_stage=teller.progress)
    teller.progress(WRITING, 0, 1)
    out = folder / OUT
    write_site_pages(sited, out)
    told = SiteTold(sited, siting.question).told()
    keep_reach(sited.problem, out)
    keep_answer(out, told)
    first = told.answers[0]
    return {
        "fingerprint": told.fingerprint,
        "value": first.value,
        "form": told.objective.model_dump(),
        "proved": first.proved,
        "gap": first.gap,
        "sites": len(first.sites),
        "answers": len(told.answers),
    }


class _Watch:
    """Tells how near to a proof the answer that is looked for has come, in per cent."""

    def __init__(self, teller: Teller) -> None:
        self._teller, self._told_s = teller, 0.0

    def __call__(self, seen: Bound) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s >= GAP_SAID_S or self._told_s == 0.0:
            self._told_s = now_s
            self._teller.progress(SOLVING, round(100 * (1.0 - min(seen.gap, 1.0))), 100)
