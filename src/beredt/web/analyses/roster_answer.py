"""Rosters as a page is told of them, in every language, with the edits that make an alternative of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from beredt import __version__
from beredt.model.service import Service
from beredt.report import form
from beredt.report.form import Form
from beredt.report.number_format import NumberFormat
from beredt.report.roster_text import roster_text
from beredt.report.rosters.chapters import RosterPage, roster_chapters, roster_cover
from beredt.report.words import Words, list_languages, load_words
from beredt.siting.need_rosters import NeedRoster, NeedRosters
from beredt.siting.plans.fleet_edits import Duty, fleet_edits
from beredt.siting.plans.hours_on_duty import shifts_of
from beredt.siting.roster_design import CREW, today_shifts
from beredt.siting.rosters.design import RosterPlan
from beredt.siting.rosters.shift_form import ShiftForm
from beredt.siting.run_rosters import FEWEST, MOVED, TODAY_ROSTER, RosterAnswer, rosters_of
from beredt.web.analyses.entries import entries_of
from beredt.web.analyses.forms import Plan
from beredt.web.analyses.roster_shapes import (
    CarsOut,
    RosteringOut,
    RosterOfStation,
    StationRostersOut,
    WholePlan,
    rules_out,
)
from beredt.web.words import LocalText, in_all_languages

I8 = NDArray[np.int64]
Lines = Sequence[tuple[ShiftForm, int]]
Which = Literal["today", "moved", "fewest"]
FTE = Form("count", 1.0, 1)
HOURS = Form("h", 1.0, 1)


@dataclass(frozen=True)
class _Teller:
    """Words in every language, and the service whose units change."""

    service: Service
    languages: Mapping[str, tuple[Words, NumberFormat]]

    def cars(self, lines: Lines) -> list[CarsOut]:
        """Cars with their shifts."""
        return [
            CarsOut(
                weekdays=list(shift.weekdays),
                start_s=60 * shift.start_min,
                end_s=shift.as_roster("shown").end_s,
                crew=shift.crew,
                cars=number,
                text={one: self._text(shift, *both) for one, both in self.languages.items()},
            )
            for shift, number in lines
        ]

    def _text(self, shift: ShiftForm, words: Words, numbers: NumberFormat) -> str:
        shown = replace(self.service, rosters=(shift.as_roster("shown"),))
        return roster_text("shown", [shown], words, numbers)

    def plan(self, wanted: Mapping[str, Lines]) -> Plan:
        """The edits that give stations these cars."""
        duties: dict[str, list[Duty]] = {
            station: [shifts_of([shift.as_roster("shown")]) for shift, number in lines for _ in range(number)]
            for station, lines in wanted.items()
        }
        crews = any(shift.crew != CREW for lines in wanted.values() for shift, _ in lines)
        unsaid = [in_all_languages("studio.rosters.unsaid_crew")] if crews else []
        return Plan(edits=entries_of(fleet_edits(self.service, duties)), unsaid=unsaid)

    def say(self, key: str, **values: tuple[float, Form]) -> LocalText:
        """A sentence with figures in every language."""
        return {
            one: words(key, **{name: numbers.text(value, how) for name, (value, how) in values.items()})
            for one, (words, numbers) in self.languages.items()
        }


def _teller(service: Service) -> _Teller:
    known = {one: load_words(one) for one in list_languages()}
    return _Teller(service, {one: (words, NumberFormat(words)) for one, words in known.items()})


def tell_rosters(answer: RosterAnswer) -> RosteringOut:
    """Rosters for the need that was worked out of the study."""
    teller = _teller(answer.service)
    pages = {one: RosterPage(answer, *both) for one, both in teller.languages.items()}
    chapters = {one: [chapter.finding for chapter in roster_chapters(page)] for one, page in pages.items()}
    names = {row.id: row.name for row in answer.service.stations}
    stations = [
        StationRostersOut(
            id=one.station,
            name=names[one.station],
            finding={language: found[number] for language, found in chapters.items()},
            need=one.week.need.tolist(),
            rosters=[
                RosterOfStation(
                    which=_which(name),
                    on_duty=found.on_duty.tolist(),
                    fte=found.fte,
                    paid_h=found.paid_h,
                    blocked=found.blocked,
                    short_h=found.short_h,
                    cars=teller.cars(lines),
                    plan=None if plan is None else teller.plan({one.station: lines}),
                    proved=_proved(plan),
                    gap=None if plan is None else plan.gap,
                )
                for name, found, lines, plan in rosters_of(one)
            ],
        )
        for number, one in enumerate(answer.stations, start=1)
    ]
    return RosteringOut(
        fingerprint=answer.study.fingerprint,
        version=__version__,
        alternative=answer.alternative,
        need="study",
        generated={one: roster_cover(page).generated for one, page in pages.items()},
        finding={one: found[0] for one, found in chapters.items()},
        rules=rules_out(answer.rules),
        today_fte=sum(one.today.fte for one in answer.stations),
        plans=_whole(teller, stations, {one.station: _lines_of(rosters_of(one)) for one in answer.stations}),
        stations=stations,
    )


def tell_need_rosters(answer: NeedRosters, service: Service, fingerprint: str, alternative: str) -> RosteringOut:
    """Rosters for the units of a dimensioning; nothing says how many calls would find none free."""
    teller = _teller(service)
    stations = [_need_station(teller, answer, one) for one in answer.stations]
    count = (float(len(stations)), form.COUNT)
    finding = teller.say("need_page.find.summary", stations=count, fte=(sum(one.fte for one in answer.stations), FTE))
    return RosteringOut(
        fingerprint=fingerprint,
        version=__version__,
        alternative=alternative,
        need="dimensioning",
        generated=in_all_languages("studio.rosters.generated_need"),
        finding=finding,
        rules=rules_out(answer.rules),
        today_fte=None,
        plans=_whole(teller, stations, {one.station: {FEWEST: one.plan.lines} for one in answer.stations}),
        stations=stations,
    )


def _need_station(teller: _Teller, answer: NeedRosters, one: NeedRoster) -> StationRostersOut:
    finding = teller.say(
        "need_page.find.station",
        least=(float(one.need.min()), form.COUNT),
        most=(float(one.need.max()), form.COUNT),
        paid=(one.plan.paid_h, HOURS),
        fte=(one.fte, FTE),
    )
    fewest = RosterOfStation(
        which="fewest",
        on_duty=one.plan.on_duty.tolist(),
        fte=one.fte,
        paid_h=one.plan.paid_h,
        blocked=None,
        short_h=int((one.plan.on_duty < one.need).sum()),
        cars=teller.cars(one.plan.lines),
        plan=teller.plan({one.station: one.plan.lines}),
        proved=_proved(one.plan),
        gap=one.plan.gap,
    )
    today = RosterOfStation(
        which="today",
        on_duty=[] if one.today is None else one.today.tolist(),
        fte=None,
        paid_h=None,
        blocked=None,
        short_h=one.short_h,
        cars=teller.cars(today_shifts(teller.service, one.station)),
        plan=None,
        proved=None,
        gap=None,
    )
    name = answer.name_of(one.station)
    return StationRostersOut(
        id=one.station, name=name, finding=finding, need=one.need.tolist(), rosters=[today, fewest]
    )


def _lines_of(rosters: Iterable[tuple[str, object, Lines, RosterPlan | None]]) -> dict[str, Lines]:
    return {name: lines for name, _, lines, plan in rosters if plan is not None}


def _whole(
    teller: _Teller, stations: Sequence[StationRostersOut], lines: Mapping[str, Mapping[str, Lines]]
) -> list[WholePlan]:
    """All stations together; one that has no part-day car to move stays as it is."""
    found = []
    for which in (MOVED, FEWEST):
        wanted = {station: by[which] for station, by in lines.items() if which in by}
        if wanted:
            fte = sum(_fte(one, which) for one in stations)
            found.append(WholePlan(which=_changed(which), fte=fte, plan=teller.plan(wanted)))
    return found


def _fte(station: StationRostersOut, which: str) -> float:
    by = {one.which: one.fte for one in station.rosters}
    return by.get(_which(which), by.get("today")) or 0.0


def _which(name: str) -> Which:
    return "today" if name == TODAY_ROSTER else _changed(name)


def _changed(name: str) -> Literal["moved", "fewest"]:
    return "moved" if name == MOVED else "fewest"


def _proved(plan: RosterPlan | None) -> bool | None:
    return None if plan is None else plan.status == "proved"
