"""The jobs about standby time: what it can carry, as `beredt tasks` has it, and rules for free units, as `policies`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.web.jobs.job_files import OUT
from beredt.web.jobs.study_run import load_laid_study

if TYPE_CHECKING:
    from beredt.web.jobs.work import Teller

TASKS, POLICIES = "tasks", "policies"


def tasks_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Try numbers of planned tasks a day; `options` is a `TaskQuestion`."""
    from beredt.decision.standby.capacity_table import TABLE, capacity_table
    from beredt.decision.standby.run_capacity import run_capacity
    from beredt.report.standby.capacity import capacity_chapters
    from beredt.report.standby.write_pages import write_standby_pages
    from beredt.web.analyses.answer_files import keep_answer
    from beredt.web.analyses.standby_answer import tell_capacity
    from beredt.web.analyses.standby_shapes import TaskQuestion

    known = {key: options[key] for key in options if key in TaskQuestion.model_fields}
    question = TaskQuestion.model_validate(known)
    study = load_laid_study(folder)
    capacity = run_capacity(
        study,
        alternative=question.asked_of,
        task=question.task,
        numbers=tuple(sorted(set(question.numbers))),
        group=question.group,
        margin_pp=question.margin_pp,
        replications=question.replications,
        jobs=None,
        progress=teller.progress,
    )
    teller.progress("Report", 0, 1)
    table = capacity_table([(question.asked_of, capacity)])
    write_standby_pages(study, TABLE, table, capacity_chapters, folder / OUT)
    told = tell_capacity(study, table, question.replications)
    keep_answer(folder / OUT, told)
    return {"fingerprint": told.fingerprint, "task": told.task, "most": told.most}


def policies_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Compare rules for free units; `options` is a `PolicyQuestion`."""
    from beredt.decision.moving.policies_table import TABLE, policies_table
    from beredt.decision.moving.run_rules import run_rules
    from beredt.model.edits.service_of import service_of
    from beredt.report.standby.policies import policies_chapters
    from beredt.report.standby.write_pages import write_standby_pages
    from beredt.web.analyses.answer_files import keep_answer
    from beredt.web.analyses.standby_answer import tell_policies
    from beredt.web.analyses.standby_shapes import PolicyQuestion

    known = {key: options[key] for key in options if key in PolicyQuestion.model_fields}
    question = PolicyQuestion.model_validate(known)
    study = load_laid_study(folder)
    compared = run_rules(
        study,
        tuple(dict.fromkeys(question.rules)),
        alternative=question.asked_of,
        replications=question.replications,
        jobs=None,
        progress=teller.progress,
    )
    teller.progress("Report", 0, 1)
    table = policies_table(question.asked_of, compared)
    write_standby_pages(study, TABLE, table, policies_chapters, folder / OUT)
    told = tell_policies(study, service_of(study, question.asked_of), table, question.replications)
    keep_answer(folder / OUT, told)
    return {"fingerprint": told.fingerprint, "rules": len(told.rules)}
