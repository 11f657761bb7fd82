"""Answers about standby time as pages are told of them, in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from beredt import __version__
from beredt.decision.moving.policies_table import FIGURES as OF_RULE
from beredt.decision.moving.policies_table import TABLE as POLICIES
from beredt.decision.standby.capacity_table import FIGURES as OF_TASKS
from beredt.decision.standby.capacity_table import TABLE as CAPACITY
from beredt.errors import OptionError
from beredt.model.edits.set_relocation import SetRelocation
from beredt.model.relocation_option import BUSY_RULES, relocation_from_option
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.report.context import ReportContext
from beredt.report.standby.capacity import capacity_finding, most_of
from beredt.report.standby.policies import policies_finding, rule_name
from beredt.report.standby.write_pages import standby_context
from beredt.report.words import list_languages, load_words
from beredt.web.analyses.entries import entries_of
from beredt.web.analyses.forms import Plan
from beredt.web.analyses.standby_shapes import CapacityOut, CarriedOut, ComparedRule, PoliciesOut
from beredt.web.answers.forms import EstimateOut
from beredt.web.words import LocalText, in_all_languages


def tell_capacity(study: Study, table: pl.DataFrame, replications: int) -> CapacityOut:
    """How many planned tasks a day a service can carry.

    Args:
        study: that was asked.
        table: `task_capacity`, of one service and one form of task.
        replications: behind every figure.
    """
    rows = table.to_dicts()
    first = rows[0]
    return CapacityOut(
        fingerprint=study.fingerprint,
        version=__version__,
        most=most_of(rows),
        replications=replications,
        generated=in_all_languages(f"{CAPACITY}.generated"),
        finding=_said(study, CAPACITY, table, lambda ctx: capacity_finding(ctx, rows)),
        carried=[
            CarriedOut(
                per_day=row["per_day"], holds=row["holds"], **{name: estimate_out(row, name) for name in OF_TASKS}
            )
            for row in rows
        ],
        **{name: first[name] for name in ("alternative", "task", "group", "margin_pp")},
    )


def tell_policies(study: Study, service: Service, table: pl.DataFrame, replications: int) -> PoliciesOut:
    """Rules for free units beside one another.

    Args:
        study: that was asked.
        service: that followed them.
        table: `policies`, of that service.
        replications: behind every figure.
    """
    rows = table.to_dicts()
    return PoliciesOut(
        fingerprint=study.fingerprint,
        version=__version__,
        alternative=rows[0]["alternative"],
        replications=replications,
        generated=in_all_languages(f"{POLICIES}.generated"),
        finding=_said(study, POLICIES, table, lambda ctx: policies_finding(ctx, rows)),
        rules=[
            ComparedRule(
                rule=row["rule"],
                name=name_in_all_languages(row["rule"]),
                worst=row["worst"],
                plan=_plan(row["rule"], service),
                **{name: estimate_out(row, name) for name in OF_RULE},
            )
            for row in rows
        ],
    )


def name_in_all_languages(rule: str) -> LocalText:
    """A rule in words."""
    return {language: rule_name(load_words(language), rule) for language in list_languages()}


def estimate_out(row: Mapping[str, Any], name: str) -> EstimateOut:
    """A figure of a table with its interval."""
    return EstimateOut(value=row[name], low=row[f"{name}_low"], high=row[f"{name}_high"])


def _said(study: Study, name: str, table: pl.DataFrame, say: Callable[[ReportContext], str]) -> LocalText:
    return {language: say(standby_context(study, {name: table}, language)) for language in list_languages()}


def _plan(rule: str, service: Service) -> Plan | None:
    """The edit that makes the service follow a rule; None for a table that no file holds, and where it follows it."""
    try:
        rules = relocation_from_option(rule, service)
    except OptionError:
        return None
    word, _, parameter = rule.partition(":")
    if rules == service.relocation or word == "none":
        return None
    busy = rules.busy_fraction if parameter and rules.rule in BUSY_RULES else None
    edit = SetRelocation(rule=rules.rule, busy_fraction=busy, table=rules.table or None)
    return Plan(edits=entries_of([edit]))
