"""Write the management report of a month: the page, and the tables of the month and of the same one last year."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from beredt.missions.store import Store
from beredt.model.study import Study
from beredt.report.missions.chapters.cover import make_cover
from beredt.report.missions.choices import ReportChoices
from beredt.report.missions.context import LogContext, make_log_context
from beredt.report.missions.excel import write_excel
from beredt.report.missions.gathered import Gathered
from beredt.report.missions.month.gather_month import MonthTables, days_of_month, find_year_before, gather_month
from beredt.report.missions.month.month_chapters import month_chapters
from beredt.report.missions.write import facts_of, languages_of, log_dictionary
from beredt.report.page.blocks import Chapter
from beredt.report.page.render import render_page
from beredt.report.results import Results, read_results
from beredt.report.words import load_words
from beredt.report.write_index import write_index
from beredt.report.write_results import write_results

STAGE = "Counting the month"
BEFORE = "results_before"
"""Folder of the tables of the same month last year."""

ALL = ""
Progress = Callable[[str, int, int], None]
Told = Callable[[LogContext, Sequence[Chapter]], object]


def write_month_report(
    store: Store,
    month: str,
    choices: ReportChoices,
    out: Path,
    language: str | None,
    progress: Progress,
    told: Told | None = None,
) -> tuple[dict[str, Any], list[Path]]:
    """Count a month and the same one a year before, and write what a manager needs.

    Args:
        store: The log.
        month: Such as 2024-02.
        choices: Of the analyst.
        out: Folder for report.html, tables.xlsx and results; made if need be.
        language: Of the page; None for all the study's languages, English without a study.
        progress: Told how far each stage has come.
        told: Given the chapters of every page, for whoever shows them elsewhere too.

    Raises:
        UnknownIdError: No such language.
        OptionError: No month, or one without a call.
        StudyError: The roster cannot be used.
    """
    days_of_month(month)
    languages = languages_of(choices, language)
    for one in languages:
        load_words(one)
    progress(STAGE, 0, 3)
    now = gather_month(store, month, choices)
    progress(STAGE, 1, 3)
    before = find_year_before(store, month, choices)
    progress(STAGE, 2, 3)
    facts = _facts(store, choices, now)
    write_results(out / "results", now.tables, facts, dictionary=log_dictionary(now.tables))
    if before is not None:
        earlier = _facts(store, choices, before)
        write_results(out / BEFORE, before.tables, earlier, dictionary=log_dictionary(before.tables))
    write_excel(out / "tables.xlsx", now.tables, facts, load_words(languages[0]))
    pages = [out / ("report.html" if number == 0 else f"report.{one}.html") for number, one in enumerate(languages)]
    for one, page in zip(languages, pages, strict=True):
        ctx = _context(facts, now, choices, one)
        other = None if before is None else _context(_facts(store, choices, before), before, choices, one)
        chapters = month_chapters(ctx, other)
        text = render_page(make_cover(ctx), chapters, ctx.words, ctx.numbers, ctx.fact("fingerprint"))
        page.write_text(text, encoding="utf-8", newline="\n")
        if told is not None:
            told(ctx, chapters)
    earlier_tables = sorted((out / BEFORE).glob("*.parquet")) if before is not None else []
    write_index(out, facts, [*pages, out / "tables.xlsx", *earlier_tables])
    progress(STAGE, 3, 3)
    return facts, pages


def read_month(out: Path, study: Study, language: str) -> tuple[LogContext, tuple[Chapter, ...]]:
    """The chapters of a month's report in a language, from its tables.

    Raises ResultsError without results and UnknownIdError without the language.
    """
    now, words = read_results(out), load_words(language)
    ctx = make_log_context(now, study, words, None)
    earlier = out / BEFORE
    before = make_log_context(read_results(earlier), study, words, None) if earlier.is_dir() else None
    return ctx, month_chapters(ctx, before)


def _facts(store: Store, choices: ReportChoices, tables: MonthTables) -> dict[str, Any]:
    first, last = days_of_month(tables.month)
    counted = tables.tables["incident_counts"].filter((pl.col("by") == ALL) & (pl.col("urgency") == ALL))
    facts = facts_of(store, store, dataclasses.replace(choices, month=tables.month), Gathered())
    incidents = int(counted["n"][0] or 0) if counted.height else 0
    responses = (
        tables.tables["service_units"].filter(pl.col("station") == ALL) if "service_units" in tables.tables else None
    )
    missions = 0 if responses is None or responses.is_empty() else int(responses["missions"][0] or 0)
    not_answered = {}
    if tables.tables["national_indicator"].is_empty():
        not_answered["national"] = "no_acute"
    elif choices.study is None:
        not_answered["national"] = "no_study"
    return {
        **facts,
        "first": str(first),
        "last": str(last),
        "incidents": incidents,
        "unit_responses": missions,
        "duty": tables.duty,
        "local_group": tables.local_group,
        "not_answered": not_answered,
    }


def _context(facts: dict[str, Any], tables: MonthTables, choices: ReportChoices, language: str) -> LogContext:
    results = Results(MappingProxyType(facts), MappingProxyType(tables.tables))
    return make_log_context(results, choices.study, load_words(language), None)
