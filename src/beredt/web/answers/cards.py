"""The cards: a few figures of an alternative beside those of another, each with what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from beredt.decision.ranges import Range, read_ranges
from beredt.decision.staffing.hours import fte_of, staffed_units
from beredt.decision.staffing.tables import people_of
from beredt.indicators.estimate import CONFIDENCE
from beredt.indicators.measures.catalogue import load_measures
from beredt.indicators.observed import Frame
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.report import form
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.estimates import ALL
from beredt.report.findings.change import is_better
from beredt.report.measures import measure
from beredt.web.answers.figures import ACTIVE, BY_HOUR, DRAWN_IN, FLEET, KM, MEAN, P90, SHARE, Figures, known, told
from beredt.web.answers.forms import Card, Change, Help, HourCurve
from beredt.web.answers.telling import Telling

CARDS = {"within_target": SHARE, "p90": P90, "mean": MEAN, "drawn_in": DRAWN_IN}
"""Simulated figures by the id of their card."""

FLEET_CARDS = {"active_h": ACTIVE, "km": KM}
"""Those of all units together, after the others."""

UNITS: Mapping[str, str] = {
    SHARE: "share", P90: "s", MEAN: "s", DRAWN_IN: "units", "incidents": "count", ACTIVE: "h per year",
    KM: "km per year",
}  # fmt: skip
HOUR_S = 3600.0
HOURS = 24


def cards_of(ctx: ReportContext, telling: Telling, figures: Figures, name: str, replications: int) -> list[Card]:
    """All cards of an alternative; those that the study has no figures for are left out."""
    cards = [_simulated(ctx, figures, card, key, name, replications) for card, key in CARDS.items()]
    cards += [_simulated(ctx, figures, card, key, name, replications) for card, key in FLEET_CARDS.items()]
    services = {one: telling.compared.proposals[one].service for one in (name, figures.against)}
    return [*(card for card in cards if card is not None), *_resources(ctx, telling.study, services, figures, name)]


def change_of(key: str, difference: Estimate | None) -> Change:
    """What a difference says."""
    if difference is None or not difference.known or not difference.has_interval:
        return "unclear"
    if difference.is_exactly_zero:
        return "none"
    if difference.holds_zero:
        return "unclear"
    better = is_better(measure(key), difference)
    return "changed" if better is None else "better" if better else "worse"


def hour_curves(ctx: ReportContext, figures: Figures, name: str) -> list[HourCurve]:
    """Figures by clock hour, with intervals."""
    curves = []
    for key in BY_HOUR:
        own, against = (_by_hour(figures, key, one) for one in (name, figures.against))
        if any(one is not None for one in own):
            curves.append(
                HourCurve(
                    id=key,
                    title=measure(key).name(ctx.words, ctx.numbers),
                    group=figures.group,
                    unit=UNITS[key],
                    value=[None if one is None else known(one.value) for one in own],
                    low=[None if one is None else known(one.low) for one in own],
                    high=[None if one is None else known(one.high) for one in own],
                    against=[None if one is None else known(one.value) for one in against],
                )
            )
    return curves


def _simulated(ctx: ReportContext, figures: Figures, card: str, key: str, name: str, replications: int) -> Card | None:
    urgency = "" if key in (DRAWN_IN, *FLEET) else figures.urgency
    group = ALL if key in FLEET else figures.group
    level = figures.levels.find(name, key, urgency, group)
    if level is None:
        return None
    difference = figures.changes.find(name, key, urgency, group)
    if name == figures.against:
        difference = Estimate(0.0, 0.0, 0.0)
    by_hour, against = ([known(one.value) if one else None for one in _by_hour(figures, key, who)]
                        for who in (name, figures.against))  # fmt: skip
    told_by_hour = any(value is not None for value in by_hour)
    return Card(
        id=card,
        title=measure(key).name(ctx.words, ctx.numbers),
        group=group,
        unit=UNITS[key],
        value=told(level),
        against=told(figures.levels.find(figures.against, key, urgency, group)),
        difference=told(difference),
        change=change_of(key, difference),
        by_hour=by_hour if told_by_hour else None,
        against_by_hour=against if told_by_hour else None,
        help=_simulated_help(ctx, key, replications),
    )


def _by_hour(figures: Figures, key: str, name: str) -> list[Estimate | None]:
    """24 estimates; of the urgency asked for where hours are told by urgency, else of all."""
    urgency = "" if key == DRAWN_IN else figures.urgency
    return [figures.levels.find(name, key, urgency, figures.group, hour) for hour in range(HOURS)]


def _simulated_help(ctx: ReportContext, key: str, replications: int) -> Help:
    settings = ctx.study.settings
    return Help(
        definition=ctx.words.local(load_measures()[key].description),
        source=ctx.words(
            "studio.answer.help.source",
            study=ctx.words.local(settings.study.title),
            seed=ctx.numbers.label(settings.simulation.seed),
            fingerprint=ctx.numbers.label(ctx.fingerprint[:12]),
        ),
        computed=ctx.words(
            "studio.answer.help.computed",
            replications=ctx.numbers.whole(replications),
            days=ctx.numbers.whole(settings.simulation.days),
            confidence=ctx.numbers.text(CONFIDENCE, form.WHOLE_PERCENT),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Resource:
    """A figure that follows from the service alone."""

    value: Range
    by_hour: list[float | None] | None


def _resources(
    ctx: ReportContext, study: Study, services: Mapping[str, Service], figures: Figures, name: str
) -> list[Card]:
    """Units and full-time equivalents, which nobody has to simulate."""
    units = {
        one: _Resource(_certain(len(service.units)), on_duty_by_hour(figures.runs[one].frame))
        for one, service in services.items()
    }
    cards = [_resource_card(ctx, "units", "count", units, figures, name)]
    fte = {one: _fte(study, service) for one, service in services.items()}
    if all(one is not None for one in fte.values()):
        known_fte = {one: _Resource(value, None) for one, value in fte.items() if value is not None}
        cards.append(_resource_card(ctx, "fte", "fte", known_fte, figures, name))
    return cards


def _resource_card(
    ctx: ReportContext, card: str, unit: str, found: Mapping[str, _Resource], figures: Figures, name: str
) -> Card:
    own, against = found[name], found[figures.against]
    ends = sorted((own.value.low - against.value.low, own.value.high - against.value.high))
    difference = Estimate(own.value.likely - against.value.likely, ends[0], ends[1])
    return Card(
        id=card,
        title=ctx.words(f"studio.answer.card.{card}"),
        group="all",
        unit=unit,
        value=told(_as_estimate(own.value)),
        against=told(_as_estimate(against.value)),
        difference=told(difference),
        change="none" if difference.value == 0.0 else "changed",
        by_hour=own.by_hour,
        against_by_hour=against.by_hour,
        help=Help(
            definition=ctx.words(f"studio.answer.help.{card}.definition"),
            source=ctx.words(f"studio.answer.help.{card}.source"),
            computed=ctx.words(f"studio.answer.help.{card}.computed"),
        ),
    )


def on_duty_by_hour(frame: Frame) -> list[float | None]:
    """Mean number of units on duty in the middle of every clock hour, over the days of the period."""
    days = round((frame.end_s - frame.start_s) / (HOURS * HOUR_S))
    moments = frame.start_s + (np.arange(days * HOURS) + 0.5) * HOUR_S
    begun = np.searchsorted(np.sort(frame.duty_on_t), moments, side="right")
    ended = np.searchsorted(np.sort(frame.duty_off_t), moments, side="right")
    mean = (begun - ended).reshape(days, HOURS).mean(axis=0)
    return [float(value) for value in mean]


def _fte(study: Study, service: Service) -> Range | None:
    """Full-time equivalents in all units, None where the study does not say what a unit or a year's work takes."""
    net = read_ranges(study.decision.get("staff_figures")).get("net_hours")
    hours = [unit.person_h for unit in staffed_units(service, people_of(study))]
    if any(one is None for one in hours):
        return None
    return fte_of(sum(one for one in hours if one is not None), net)


def _certain(value: float) -> Range:
    return Range(value, value, value)


def _as_estimate(found: Range) -> Estimate:
    return Estimate(found.likely, found.low, found.high)
