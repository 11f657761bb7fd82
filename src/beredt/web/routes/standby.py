"""Standby time: how many planned tasks it can carry, and where free units go best; what can be asked, and answers."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter

from beredt.decision.moving.rule_words import DDSM, DEFAULT_RULES, outer_times_of
from beredt.errors import OptionError, UnknownIdError
from beredt.model.alternative import TODAY
from beredt.model.edits.service_of import service_of
from beredt.model.relocation_option import relocation_from_option
from beredt.model.relocation_rules import RELOCATION_RULES, TABLE_RULES
from beredt.model.relocation_tables import list_tables
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.report.estimates import ALL
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.analyses.basis import Bases
from beredt.web.analyses.standby_answer import name_in_all_languages
from beredt.web.analyses.standby_shapes import (
    CapacityOut,
    Carrying,
    PoliciesOut,
    PolicyOptions,
    PolicyQuestion,
    Ruled,
    RuleOption,
    TaskForm,
    TaskOptions,
    TaskQuestion,
)
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.standby_study import POLICIES, TASKS
from beredt.web.jobs.study_run import lay_study
from beredt.web.library import Library
from beredt.web.routes.analyses import ABOUT, BASIS, answer_of
from beredt.web.routes.job_answers import JobOut, job_out


def standby_router(library: Library, queue: JobQueue, bases: Bases) -> APIRouter:
    """`/studies/{study}/capacities` and `/policies`, `/capacities` and `/policies`."""
    router = APIRouter(tags=["standby time"])

    @router.get("/studies/{study}/capacities/options")
    @needs(Role.READER)
    def get_task_options(study: str) -> TaskOptions:
        """Today and saved alternatives that have planned tasks, and the areas in which response can be looked at."""
        read = library.get(study).get_study()
        carrying = [
            Carrying(
                alternative=one, tasks=[TaskForm(id=task.id, per_day=task.per_day) for task in service.planned_tasks]
            )
            for one, service in services_of(read)
            if service.planned_tasks
        ]
        groups = [ALL, *(one.id for one in read.service.municipalities)]
        return TaskOptions(alternatives=carrying, groups=groups)

    @router.get("/studies/{study}/policies/options")
    @needs(Role.READER)
    def get_policy_options(study: str) -> PolicyOptions:
        """The rules for free units that today and every saved alternative can follow."""
        read = library.get(study).get_study()
        return PolicyOptions(
            alternatives=[
                Ruled(
                    alternative=one,
                    rules=[RuleOption(rule=rule, name=name_in_all_languages(rule)) for rule in rules_of(service)],
                )
                for one, service in services_of(read)
            ]
        )

    @router.post("/studies/{study}/capacities", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def post_capacity(study: str, question: TaskQuestion) -> JobOut:
        """Try numbers of planned tasks for the study as it is saved now: a job, whose answer stays."""
        read = library.get(study).get_study()
        service = service_of(read, question.asked_of)
        known = [one.id for one in service.planned_tasks]
        if question.task not in known:
            raise UnknownIdError("planned task", question.task, known)
        groups = [ALL, *(one.id for one in read.service.municipalities)]
        if question.group not in groups:
            raise UnknownIdError("group", question.group, groups)
        return asked(study, TASKS, question)

    @router.post("/studies/{study}/policies", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def post_policies(study: str, question: PolicyQuestion) -> JobOut:
        """Compare rules for free units of the study as it is saved now: a job, whose answer stays."""
        service = service_of(library.get(study).get_study(), question.asked_of)
        for rule in question.rules:
            if outer_times_of(rule) is None:
                relocation_from_option(rule, service)
        return asked(study, POLICIES, question)

    @router.get("/capacities/{capacity}")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_capacity(capacity: str) -> CapacityOut:
        """What each number of tasks a day costs, and the greatest that holds."""
        return answer_of(queue, capacity, TASKS, CapacityOut)

    @router.get("/policies/{policies}")
    @needs(Role.READER, noted=Noted.LOOK)
    def get_policies(policies: str) -> PoliciesOut:
        """What each rule gains, and what it asks of crews."""
        return answer_of(queue, policies, POLICIES, PoliciesOut)

    def asked(study: str, kind: str, question: TaskQuestion | PolicyQuestion) -> JobOut:
        opened = library.get(study)
        read = opened.get_study()
        about = [question.asked_of]
        options = question.model_dump() | {ABOUT: about, BASIS: bases.basis_of(opened, read, about)}
        job = queue.ask(kind, study, read.fingerprint, options, lambda folder: lay_study(opened.folder, folder))
        return job_out(job, queue)

    return router


def services_of(study: Study) -> Iterator[tuple[str, Service]]:
    """Today and every saved alternative with its service."""
    for one in (TODAY, *(alternative.id for alternative in study.alternatives)):
        yield one, service_of(study, one)


def rules_of(service: Service) -> list[str]:
    """Rules that a service can follow, those first that are compared unless others are named."""
    plain = [rule for rule in RELOCATION_RULES if rule not in TABLE_RULES]
    tables = [f"{rule}:{table}" for rule in TABLE_RULES for table in list_tables(service, rule)]
    asked = [rule for rule in dict.fromkeys((*DEFAULT_RULES, *plain, *tables)) if rule != DDSM]
    found = [rule for rule in asked if _fits(rule, service)]
    return [*found, DDSM]


def _fits(rule: str, service: Service) -> bool:
    try:
        relocation_from_option(rule, service)
    except OptionError:
        return False
    return True
