"""The job that makes rosters: for the need of the study, or for one that a dimensioning gave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.web.jobs.job_files import OUT
from beredt.web.jobs.study_run import load_laid_study

if TYPE_CHECKING:
    from beredt.model.study import Study
    from beredt.siting.rosters.rules import RosterRules
    from beredt.web.analyses.roster_shapes import RosteringOut, RosterQuestion
    from beredt.web.jobs.work import Teller

ROSTER = "roster"
NEED_FILE = "need.json"
"""Beside the study, where the need is given: units in every hour of the week by station."""


def roster_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Make rosters; `options` is a `RosterQuestion`."""
    from beredt.web.analyses.answer_files import keep_answer
    from beredt.web.analyses.roster_shapes import RosterQuestion

    known = {key: options[key] for key in options if key in RosterQuestion.model_fields}
    question = RosterQuestion.model_validate(known)
    study, rules = load_laid_study(folder), question.rules()
    make = _for_need if question.need_of is not None else _for_study
    told = make(folder, study, question, rules, teller)
    keep_answer(folder / OUT, told)
    return {"fingerprint": told.fingerprint, "fte": told.plans[-1].fte, "today_fte": told.today_fte}


def _for_study(
    folder: Path, study: Study, question: RosterQuestion, rules: RosterRules, teller: Teller
) -> RosteringOut:
    from beredt.report.rosters.write_pages import write_roster_pages
    from beredt.siting.run_rosters import run_rosters
    from beredt.web.analyses.roster_answer import tell_rosters

    answer = run_rosters(
        study,
        rules,
        alternative=question.asked_of,
        stations=tuple(question.stations),
        replications=question.replications,
        jobs=None,
        progress=teller.progress,
    )
    teller.progress("Report", 0, 1)
    write_roster_pages(answer, folder / OUT)
    return tell_rosters(answer)


def _for_need(folder: Path, study: Study, question: RosterQuestion, rules: RosterRules, teller: Teller) -> RosteringOut:
    import numpy as np

    from beredt.model.alternative import TODAY
    from beredt.model.edits.service_of import service_of
    from beredt.report.rosters.need_page import write_need_pages
    from beredt.siting.need_rosters import run_need_rosters
    from beredt.web.analyses.roster_answer import tell_need_rosters

    given = json.loads((folder / NEED_FILE).read_text(encoding="utf-8"))
    need = {station: np.array(hours, np.int64) for station, hours in given.items()}
    service = service_of(study, question.asked_of)
    teller.progress("Making rosters", 0, 1)
    answer = run_need_rosters(need, rules, service, stations=tuple(question.stations))
    teller.progress("Report", 0, 1)
    write_need_pages(answer, folder / OUT, study)
    return tell_need_rosters(answer, service, study.fingerprint, question.asked_of or TODAY)
