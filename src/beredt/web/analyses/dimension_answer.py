"""A dimensioning as a page is told of it, in every language, with the edits that make an alternative of each fleet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beredt import __version__
from beredt.report.dimensioning.chapters import dimension_chapters, dimension_cover, rule_text
from beredt.report.dimensioning.page import DimensionPage
from beredt.report.number_format import NumberFormat
from beredt.report.words import list_languages, load_words
from beredt.siting.dimensioning.answer import dimension_json
from beredt.siting.dimensioning.dimension_study import Dimensioned, Dimensioning
from beredt.siting.plans.fleet_edits import Duty, fleet_edits
from beredt.siting.plans.hours_on_duty import shifts_of_hours
from beredt.web.analyses.dimension_shapes import (
    BandOut,
    CellOut,
    DimensioningOut,
    PriceOut,
    ProposalOut,
    ScenarioOut,
    ShareOut,
    SpanOut,
    StationName,
)
from beredt.web.analyses.entries import entries_of
from beredt.web.analyses.forms import Plan
from beredt.web.words import LocalText, in_all_languages

DAYS, DAY_H = 7, 24
FIRST_CHAPTERS = ("summary", "borders")


def tell_dimensioning(done: Dimensioning) -> DimensioningOut:
    """All of it."""
    pages = {one: DimensionPage(done, load_words(one), NumberFormat(load_words(one))) for one in list_languages()}
    chapters = {one: {ch.id: ch.finding for ch in dimension_chapters(page)} for one, page in pages.items()}
    answer = dimension_json(done)
    page = next(iter(pages.values()))
    stations = {cell["station"]: None for one in answer["scenarios"] for cell in one["cells"]}
    return DimensioningOut(
        fingerprint=done.study.fingerprint,
        version=__version__,
        note={one: dimension_cover(page).generated for one, page in pages.items()},
        rule={one: rule_text(page) for one, page in pages.items()},
        findings=[
            {one: found[chapter] for one, found in chapters.items()}
            for chapter in FIRST_CHAPTERS
            if all(chapter in found for found in chapters.values())
        ],
        baseline=done.baseline,
        replications=done.replications,
        stopped=done.stopped,
        bands=[
            BandOut(id=band.id, name={one: page.band(band.id) for one, page in pages.items()}, hours=len(band.hours))
            for band in done.rule.bands
        ],
        stations=[StationName(id=one, name=page.station(one)) for one in stations],
        scenarios=list(_scenarios(done, answer, pages)),
        prices=[_price(row, pages) for row in answer["prices"]],
        proposals=[
            ProposalOut(
                alternative=row["alternative"],
                name={one: page.alternative(row["alternative"]) for one, page in pages.items()},
                organisation=page.organisation(row["organisation"]),
                proposed=row["proposed"],
                rule=row["rule"],
                agrees=row["agrees"],
            )
            for row in answer["proposals"]
        ],
    )


def _scenarios(done: Dimensioning, answer: dict[str, Any], pages: dict[str, DimensionPage]) -> Iterator[ScenarioOut]:
    for one, row in zip(done.scenarios.values(), answer["scenarios"], strict=True):
        yield ScenarioOut(
            alternative=row["alternative"],
            borders=row["borders"],
            without=row["without"],
            name={language: page.scenario(row) for language, page in pages.items()},
            proved=row["status"] == "proved",
            tried=row["tried"],
            units=row["units_around"],
            own_units=row["own_units_around"],
            fte=row["fte"],
            own_fte=row["own_fte"],
            nearest_share=row["nearest_share"],
            own_nearest_share=row["own_nearest_share"],
            target_share=row["target_share"],
            own_target_share=row["own_target_share"],
            cells=[_cell(cell) for cell in row["cells"]],
            plan=plan_of(one, done),
        )


def _cell(row: dict[str, Any]) -> CellOut:
    return CellOut(
        station=row["station"],
        band=row["band"],
        units=row["units"],
        own_units=row["own_units"],
        nearest=_share(row, "nearest"),
        target=_share(row, "target"),
        ceiling=row["target_ceiling"],
        acute_calls=row["acute_calls"],
    )


def _share(row: dict[str, Any], part: str) -> ShareOut:
    return ShareOut(
        value=row[f"{part}_share"],
        low=row[f"{part}_low"],
        high=row[f"{part}_high"],
        asked=row[f"{part}_asked"],
        own=row[f"own_{part}_share"],
    )


def _price(row: dict[str, Any], pages: dict[str, DimensionPage]) -> PriceOut:
    return PriceOut(
        alternative=row["alternative"],
        name={one: page.alternative(row["alternative"]) for one, page in pages.items()},
        units=row["units"],
        fte=row["fte"],
        yearly=SpanOut(value=row["yearly"], low=row["yearly_low"], high=row["yearly_high"]),
        repeated=SpanOut(value=row["repeated"], low=row["repeated_low"], high=row["repeated_high"]),
        repetitions=row["repetitions"],
    )


def plan_of(one: Dimensioned, done: Dimensioning) -> Plan:
    """The edits that give an alternative the fleet of a scenario, and what of the scenario they do not say."""
    scenario, bands = one.scenario, done.rule.bands
    wanted: dict[str, list[Duty]] = {
        station: [
            shifts_of_hours(
                day * DAY_H + hour
                for band, count in zip(bands, counts, strict=True)
                if count >= number
                for day in range(DAYS)
                for hour in band.hours
            )
            for number in range(1, max(counts) + 1)
        ]
        for station, counts in zip(scenario.stations, one.found.fleet.counts, strict=True)
    }
    unsaid: list[LocalText] = []
    if scenario.without:
        wanted[scenario.without] = []
        unsaid.append(in_all_languages("studio.dimension.unsaid_station"))
    if scenario.borders == "none":
        unsaid.append(in_all_languages("studio.dimension.unsaid_borders"))
    return Plan(edits=entries_of(fleet_edits(done.services[scenario.alternative], wanted)), unsaid=unsaid)
