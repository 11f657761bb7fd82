"""The chapters of rosters: the answer, every station's week, how it is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from beredt import __version__
from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.form import Form
from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Block, Bullets, Cell, Chapter, Column, Figure, Paragraph, Row, Table
from beredt.report.page.cover import Cover
from beredt.report.roster_text import roster_text
from beredt.report.rosters.week_chart import WeekCurves, car_rows, draw_week
from beredt.report.words import Words
from beredt.siting.roster_design import StationRosters
from beredt.siting.rosters.shift_form import DAY_MIN, ShiftForm
from beredt.siting.rosters.week import WEEK_H
from beredt.siting.run_rosters import RosterAnswer, rosters_of

FTE = Form("count", 1.0, 1)


@dataclass(frozen=True, slots=True)
class RosterPage:
    """An answer with the words and numbers of one language."""

    answer: RosterAnswer
    words: Words
    numbers: NumberFormat

    def station(self, name: str) -> str:
        """The name of a station."""
        return next(row.name for row in self.answer.service.stations if row.id == name)

    def shift(self, shift: ShiftForm) -> str:
        """A shift in words: "08:00–20:00 Mon–Fri"."""
        service = replace(self.answer.service, rosters=(shift.as_roster("shown"),))
        return roster_text("shown", [service], self.words, self.numbers)

    def percent(self, value: float) -> str:
        """A share in words."""
        return self.numbers.text(value, form.PERCENT)


def roster_cover(page: RosterPage) -> Cover:
    """What was asked, of what."""
    words, answer = page.words, page.answer
    section = answer.study.settings.study
    chosen = answer.alternative
    name = words.local(section.base_title) if chosen == TODAY else words("alternative.label", id=chosen)
    facts = (
        (words("dimension.column.alternative"), name),
        (
            words("dimension.fact.simulated"),
            words("roster_page.replications", replications=page.numbers.whole(answer.replications)),
        ),
        (words("dimension.fact.version"), words("cover.version", version=__version__)),
        (words("dimension.fact.fingerprint"), answer.study.fingerprint),
    )
    return Cover(
        kicker=words("roster_page.kicker"),
        title=words.local(section.title),
        question=words("roster_page.question"),
        facts=facts,
        generated=words("roster_page.generated"),
        footer=words("dimension.footer", fingerprint=answer.study.fingerprint),
    )


def roster_chapters(page: RosterPage) -> tuple[Chapter, ...]:
    """All chapters, in the order in which a reader needs them."""
    stations = (_station(page, number, one) for number, one in enumerate(page.answer.stations))
    return (_summary(page), *stations, _method(page))


def _summary(page: RosterPage) -> Chapter:
    words, stations = page.words, page.answer.stations
    calls = [float(one.week.calls.sum()) for one in stations]
    everywhere = sum(calls)

    def blocked(shares: Sequence[float]) -> str:
        return page.percent(sum(a * b for a, b in zip(shares, calls, strict=True)) / everywhere if everywhere else 0.0)

    finding = words(
        "roster_page.find.summary",
        fewest=page.numbers.text(sum(one.fewest.fte for one in stations), FTE),
        today=page.numbers.text(sum(one.today.fte for one in stations), FTE),
        blocked=blocked([one.today.blocked for one in stations]),
        moved=blocked([(one.moved or one.today).blocked for one in stations]),
    )
    table = Table(
        columns=_columns(page, "station", "roster", "fte", "blocked", "short", "proof"),
        rows=tuple(row for one in stations for row in _summary_rows(page, one)),
        caption=words("roster_page.caption.summary", hours=page.numbers.whole(WEEK_H)),
        source="results/rosters.parquet",
        sortable=False,
    )
    return Chapter("summary", words("roster_page.title.summary"), finding, (table,))


def _columns(page: RosterPage, *names: str) -> tuple[Column, ...]:
    text = ("station", "roster", "proof", "when")
    return tuple(Column(page.words(f"roster_page.column.{name}"), name not in text) for name in names)


def _summary_rows(page: RosterPage, one: StationRosters) -> list[Row]:
    rows = []
    for name, found, _, plan in rosters_of(one):
        proved = plan is not None and plan.status == "proved"
        proof = "number.none" if plan is None else "dimension.proved" if proved else "dimension.stopped_short"
        rows.append(
            Row(
                (
                    Cell(page.station(one.station)),
                    Cell(page.words(f"roster_page.which.{name}")),
                    Cell(page.numbers.text(found.fte, FTE), found.fte),
                    Cell(page.percent(found.blocked), found.blocked),
                    Cell(page.numbers.whole(found.short_h), found.short_h),
                    Cell(page.words(proof)),
                )
            )
        )
    return rows


def _station(page: RosterPage, number: int, one: StationRosters) -> Chapter:
    words = page.words
    need = {"least": page.numbers.whole(int(one.week.need.min())), "most": page.numbers.whole(int(one.week.need.max()))}
    finding = words(
        "roster_page.find.station",
        blocked=page.percent(one.today.blocked),
        short=page.numbers.whole(one.today.short_h),
        hours=page.numbers.whole(WEEK_H),
        **need,
    )
    rows = car_rows(one.fewest_plan.lines, [page.shift(shift) for shift, _ in one.fewest_plan.lines])
    station = page.station(one.station)
    curves = WeekCurves(one.week.need, one.fewest.on_duty, one.today.on_duty)
    chart = Figure(
        draw_week(curves, rows, words, page.numbers, f"week-{number}"),
        words("roster_page.text.alt", station=station, **need),
        words("roster_page.caption.chart", station=station),
        "results/roster_hours.parquet",
    )
    blocks: list[Block] = [chart, Paragraph(_moved_text(page, one))]
    if one.fewest_plan.status != "proved":
        gap = page.percent(one.fewest_plan.gap)
        blocks.append(Paragraph(words("roster_page.text.not_proved", gap=gap)))
    return Chapter(f"station-{number}", station, finding, (*blocks, _shift_table(page, one)))


def _moved_text(page: RosterPage, one: StationRosters) -> str:
    if one.moved is None or one.moved_plan is None:
        return page.words("roster_page.text.no_part_day")
    if one.moved.blocked >= one.today.blocked - 1e-9:
        return page.words("roster_page.text.moved_same")
    when = [page.shift(shift) for shift, _ in one.moved_plan.lines if shift.length_min < DAY_MIN]
    return page.words(
        "roster_page.text.moved",
        when=page.words.listed(when),
        blocked=page.percent(one.moved.blocked),
        before=page.percent(one.today.blocked),
    )


def _shift_table(page: RosterPage, one: StationRosters) -> Table:
    rows = []
    for name, _, cars, _ in rosters_of(one):
        for shift, number in cars:
            rows.append(
                Row(
                    (
                        Cell(page.words(f"roster_page.which.{name}")),
                        Cell(page.shift(shift)),
                        Cell(page.numbers.whole(number), number),
                    )
                )
            )
    return Table(
        columns=_columns(page, "roster", "when", "cars"),
        rows=tuple(rows),
        caption=page.words("roster_page.caption.lines"),
        source="results/roster_shifts.parquet",
        sortable=False,
    )


def _method(page: RosterPage) -> Chapter:
    words, rules = page.words, page.answer.rules
    values = {
        "blocking": page.numbers.text(rules.blocking, form.WHOLE_PERCENT),
        "forms": page.numbers.whole(len(rules.all_forms())),
        "handover": page.numbers.text(float(rules.handover_min), form.WHOLE_MINUTES),
        "net": page.numbers.whole(rules.net_hours_per_fte),
    }
    names = ("need", "shifts", "fewest", "moved", "fte", "alone")
    lines = tuple(words(f"roster_page.method.{name}", **values) for name in names)
    return Chapter("method", words("roster_page.title.method"), words("roster_page.find.method"), (Bullets(lines),))
