"""Break-even: how long asking may take, and how many units it takes, for an alternative to meet premise 1.

Each lever is set to several levels, everything else left alone, and the gate is asked at each against the
unchanged baseline. Levels are points of a curve, not claims declared beforehand: the correction covers the rows
of one level, not the number of levels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from beredt.decision.crossing import Crossing, find_crossing
from beredt.decision.gate import GateResult, judge
from beredt.decision.levers import ASK, LEVERS, UNITS, Lever, Setting, ask_settings, has_new_border, unit_settings
from beredt.decision.measure_services import MeasureServices
from beredt.model.service import Service
from beredt.model.settings_sections import BreakEvenSection, GateSection

NotTried = Literal["", "no_new_border", "no_own_first_border", "no_station", "no_levels"]


@dataclass(frozen=True, slots=True)
class BreakEven:
    """One alternative and lever: the gate's answer at each level, from mild to harsh, and where it turns.

    `not_tried`: why the lever has no levels here, else empty; `crossing` is None then.
    """

    alternative: str
    lever: Lever
    levels: tuple[float, ...]
    answers: tuple[GateResult, ...]
    crossing: Crossing | None
    not_tried: NotTried


def find_break_even(
    services: Mapping[str, Service], gate: GateSection, section: BreakEvenSection, measure: MeasureServices
) -> tuple[BreakEven, ...]:
    """Break-even of every alternative and lever.

    `services`: finished service by alternative id, the gate's baseline among them; "today" has none to find and
    may be left out. Raises EditError where a station, kind or roster of the section does not fit an alternative.
    """
    baseline = services[gate.baseline]
    answers: list[BreakEven] = []
    for alternative, service in services.items():
        settings, not_tried = lever_settings(alternative, service, baseline, section)
        plan = {"baseline": baseline} | {_key(s): s.service for lever in LEVERS for s in settings[lever]}
        measures = measure(plan, section.replications) if len(plan) > 1 else {}
        for lever in LEVERS:
            levels = tuple(setting.level for setting in settings[lever])
            verdicts = tuple(judge(measures[_key(s)], measures["baseline"], gate) for s in settings[lever])
            crossing = find_crossing(levels, verdicts) if levels else None
            answers.append(BreakEven(alternative, lever, levels, verdicts, crossing, not_tried[lever]))
    return tuple(answers)


def services_at_all_levels(
    services: Mapping[str, Service], gate: GateSection, section: BreakEvenSection
) -> dict[str, Service]:
    """Every service that `find_break_even` will ask to be measured, by a name that says which it is."""
    baseline = services[gate.baseline]
    return {
        f"{alternative}/{_key(setting)}": setting.service
        for alternative, service in services.items()
        for settings in lever_settings(alternative, service, baseline, section)[0].values()
        for setting in settings
    }


def lever_settings(
    alternative: str, service: Service, baseline: Service, section: BreakEvenSection
) -> tuple[dict[Lever, tuple[Setting, ...]], dict[Lever, NotTried]]:
    """Settings of each lever from mild to harsh, and why a lever has none."""
    asks, why_no_ask = _asks(service, baseline, section.ask_s)
    station = section.stations.get(alternative)
    units: tuple[Setting, ...] = ()
    if station is not None and section.max_units > 0:
        units = unit_settings(service, station, section.kind, section.roster, section.max_units)[::-1]
    why_no_units: NotTried = "no_station" if station is None else "" if units else "no_levels"
    return {ASK: asks, UNITS: units}, {ASK: why_no_ask, UNITS: why_no_units}


def _asks(service: Service, baseline: Service, ask_s: Sequence[float]) -> tuple[tuple[Setting, ...], NotTried]:
    if not has_new_border(service, baseline):
        return (), "no_new_border"
    if not ask_s:
        return (), "no_levels"
    settings = ask_settings(service, ask_s)
    return settings, "" if settings else "no_own_first_border"


def _key(setting: Setting) -> str:
    return f"{setting.lever}:{setting.level:g}"
