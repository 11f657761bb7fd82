"""A major incident as a page is told of it, in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from beredt import __version__
from beredt.decision.major_incident.measure_tables import MEASURES
from beredt.decision.major_incident.play_moment import BEFORE_MIN, PlayedMoment
from beredt.decision.major_incident.severity import SEVERITIES
from beredt.decision.major_incident.tally import REACHES_MIN
from beredt.decision.major_incident.transport_plan import NOBODY
from beredt.report import form
from beredt.report.context import ReportContext
from beredt.report.major_incident.figures_read import (
    MORE_IS_BETTER,
    alternatives_of,
    curve_of,
    form_of,
    rows_of,
    samples_of,
)
from beredt.report.major_incident.method import assumed_lines
from beredt.report.major_incident.mobilisation import mobilisation_finding
from beredt.report.major_incident.needed import needed_name, stations_text
from beredt.report.major_incident.page import MajorAnswer, major_context, when_of, where_of
from beredt.report.major_incident.patients import patients_finding
from beredt.report.major_incident.rest import rest_finding
from beredt.report.words import list_languages
from beredt.web.analyses.forms import form_out
from beredt.web.analyses.major_shapes import (
    CurveOut,
    LoadOut,
    MajorAnswerOut,
    MajorMeasureOut,
    MajorOut,
    NeededOut,
    PatientsOut,
    RestOut,
    SceneOut,
    SourceOut,
    TakenOut,
)
from beredt.web.words import LocalText, in_all_languages

TOLD = frozenset(MEASURES) - {"delivered"}
"""Patients at a hospital are told by severity."""

FINDINGS = (mobilisation_finding, patients_finding, rest_finding)


def tell_major(answer: MajorAnswer, played: int, moments: Mapping[str, PlayedMoment]) -> MajorOut:
    """All of it.

    Args:
        answer: the study, its tables and what was assumed.
        played: the number of the moment that is played.
        moments: that moment by alternative.
    """
    pages = {language: major_context(answer, language) for language in list_languages()}
    first = next(iter(pages.values()))
    minutes = curve_of(first, alternatives_of(first)[0])["minute"].to_list()
    assumed = {language: assumed_lines(page) for language, page in pages.items()}
    return MajorOut(
        fingerprint=answer.study.fingerprint,
        version=__version__,
        generated=in_all_languages("major.page.generated"),
        place={language: where_of(page) for language, page in pages.items()},
        when={language: when_of(page) for language, page in pages.items()},
        findings=[{one: found(page) for one, page in pages.items()} for found in FINDINGS],
        assumed=[{one: lines[number] for one, lines in assumed.items()} for number in range(len(assumed["en"]))],
        scenes=[
            SceneOut(**{name: row[name] for name in SceneOut.model_fields})
            for row in answer.tables["major_incidents"].iter_rows(named=True)
        ],
        samples=samples_of(first),
        minutes=minutes,
        answers=[_answer(pages, key, moments[key]) for key in alternatives_of(first)],
        without_room=int(answer.tables["major_samples"]["without_room"].to_numpy().max()),
        played=played,
        played_before_s=60.0 * BEFORE_MIN,
    )


def _answer(pages: Mapping[str, ReportContext], key: str, moment: PlayedMoment) -> MajorAnswerOut:
    ctx = next(iter(pages.values()))
    curve = curve_of(ctx, key)
    return MajorAnswerOut(
        alternative=key,
        name={language: page.names.alternative(key) for language, page in pages.items()},
        curve=CurveOut(
            median=curve["median"].to_list(), low=curve["band_low"].to_list(), high=curve["band_high"].to_list()
        ),
        measures=[
            _measure(pages, row)
            for row in rows_of(ctx, "major_measures", key).iter_rows(named=True)
            if row["measure"] in TOLD and row["samples"]
        ],
        needed=[_needed(pages, key, row) for row in rows_of(ctx, "major_needed", key).iter_rows(named=True)],
        patients=[_patients(rows_of(ctx, "major_patients", key), one) for one in SEVERITIES],
        rest=[_rest(rows_of(ctx, "major_rest", key), int(reach)) for reach in REACHES_MIN],
        sources=[
            SourceOut(
                station=ctx.names.get("stations", row["station"]),
                organisation=ctx.names.get("organisations", row["organisation"]),
                needed=None if row["needed"] is None else _needed_names(pages, row["needed"]),
                **{name: row[name] for name in ("called_in", "units", "samples_with", "first_min")},
            )
            for row in rows_of(ctx, "major_sources", key).iter_rows(named=True)
        ],
        taken=[
            TakenOut(
                hospital=None if row["hospital"] is None else ctx.names.get("hospitals", row["hospital"]),
                **{name: row[name] for name in ("severity", "capacity", "planned", "delivered")},
            )
            for row in rows_of(ctx, "major_hospitals", key).iter_rows(named=True)
        ],
        loads=[
            LoadOut(
                number=number,
                severity="needed" if load.severity == NOBODY else SEVERITIES[load.severity],  # type: ignore[arg-type]
                patients=load.patients,
            )
            for number, load in zip(moment.numbers, moment.loads, strict=True)
        ],
    )


def _needed(pages: Mapping[str, ReportContext], key: str, row: Mapping[str, Any]) -> NeededOut:
    return NeededOut(
        name=_needed_names(pages, row["needed"]),
        change=row["difference"],
        change_low=row["difference_low"],
        change_high=row["difference_high"],
        stations=stations_text(next(iter(pages.values())), key, row["needed"]),
        **{name: row[name] for name in ("units", "waited", "median", "samples", "reached")},
    )


def _needed_names(pages: Mapping[str, ReportContext], needed: str) -> LocalText:
    return {language: needed_name(page, needed) for language, page in pages.items()}


def _measure(pages: Mapping[str, ReportContext], row: Mapping[str, Any]) -> MajorMeasureOut:
    measure = row["measure"]
    level, change = form_of(measure)
    return MajorMeasureOut(
        id=measure,
        name=_name(pages, measure),
        form=form_out(level),
        change_form=form_out(change),
        better=1 if measure in MORE_IS_BETTER else -1,
        median=row["median"],
        mean=row["mean"],
        low=row["low"],
        high=row["high"],
        samples=row["samples"],
        reached=row["reached"],
        change=row["difference"],
        change_low=row["difference_low"],
        change_high=row["difference_high"],
    )


def _name(pages: Mapping[str, ReportContext], measure: str) -> LocalText:
    """As the report has it; what is said of people within minutes says which."""
    reach = REACHES_MIN[0] if measure.endswith("_12") else REACHES_MIN[1]
    filled = {"people_change_12", "people_change_25"}
    return {
        language: page.words(
            f"major.measure.{measure}",
            **({"reach": page.numbers.text(reach, form.WHOLE_MINUTES)} if measure in filled else {}),
        )
        for language, page in pages.items()
    }


def _patients(rows: pl.DataFrame, severity: str) -> PatientsOut:
    own = rows.filter(pl.col("severity") == severity)
    return PatientsOut(
        severity=severity,  # type: ignore[arg-type]  # one of SEVERITIES
        name=in_all_languages(f"major.severity.{severity}"),
        patients=own["patients"][0],
        away=own["away"].to_list(),
        delivered=own["delivered"].to_list(),
    )


def _rest(rows: pl.DataFrame, within_min: int) -> RestOut:
    own = rows.filter(pl.col("within_min") == within_min)
    columns: Sequence[str] = ("people_with", "people_without", "free_with", "free_without")
    return RestOut(within_min=within_min, **{name: own[name].to_list() for name in columns})
