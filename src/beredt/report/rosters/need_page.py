"""The page of rosters for a need that was given: the answer, and the week of every station."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from beredt import __version__
from beredt.model.data_dictionary import data_dictionary
from beredt.model.study import Study
from beredt.report import form
from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Bullets, Cell, Chapter, Column, Figure, Notice, Row, Table
from beredt.report.page.cover import Cover
from beredt.report.page.render import render_page
from beredt.report.page.write_languages import languages_of, write_in_languages
from beredt.report.roster_text import row_text
from beredt.report.rosters.chapters import FTE
from beredt.report.rosters.week_chart import WeekCurves, car_rows, draw_week
from beredt.report.words import Words, list_languages, load_words
from beredt.report.write_results import write_results
from beredt.siting.need_rosters import NeedRoster, NeedRosters, need_tables
from beredt.siting.rosters.shift_form import ShiftForm
from beredt.siting.rosters.week import WEEK_H

HOURS = form.Form("h", 1.0, 1)


@dataclass(frozen=True, slots=True)
class NeedPage:
    """An answer with the words and numbers of one language; `fingerprint` of what decides it."""

    answer: NeedRosters
    title: str
    fingerprint: str
    words: Words
    numbers: NumberFormat

    def shift(self, shift: ShiftForm) -> str:
        """A shift in words: "08:00–20:00 Mon–Fri"."""
        return row_text(shift.as_roster("shown"), self.words, self.numbers)


def write_need_pages(answer: NeedRosters, out: Path, study: Study | None = None) -> list[Path]:
    """Write `roster.html`, in the first language of the study or in English, other languages beside it, and tables.

    Args:
        answer: what is told.
        out: folder, made if need be; earlier rosters there are replaced.
        study: whose languages and name to use; None without one.

    Returns:
        The pages, the first language first.
    """
    out.mkdir(parents=True, exist_ok=True)
    tables = need_tables(answer)
    decides = {
        "need": {one.station: one.need.tolist() for one in answer.stations},
        "rules": answer.rules.model_dump(mode="json"),
        "inputs": None if study is None else study.fingerprint,
        "version": __version__,
    }
    fingerprint = hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()
    write_results(out / "results", tables, decides | {"fingerprint": fingerprint}, data_dictionary(tables, "roster"))

    def render(language: str) -> str:
        words = load_words(language)
        title = words("need_page.title") if study is None else words.local(study.settings.study.title)
        page = NeedPage(answer, title, fingerprint, words, NumberFormat(words))
        return render_page(_cover(page), _chapters(page), words, page.numbers, fingerprint)

    languages = list(dict.fromkeys(("en", *list_languages()))) if study is None else languages_of(study)
    return write_in_languages(out, "roster", languages, render)


def _cover(page: NeedPage) -> Cover:
    words = page.words
    facts = (
        (words("dimension.fact.version"), words("cover.version", version=__version__)),
        (words("need_page.fingerprint"), page.fingerprint),
    )
    return Cover(
        kicker=words("roster_page.kicker"),
        title=page.title,
        question=words("need_page.question"),
        facts=facts,
        generated=words("need_page.generated"),
        footer=words("need_page.footer", fingerprint=page.fingerprint),
    )


def _chapters(page: NeedPage) -> tuple[Chapter, ...]:
    stations = (_station(page, number, one) for number, one in enumerate(page.answer.stations))
    return (_summary(page), *stations, _method(page))


def _summary(page: NeedPage) -> Chapter:
    words, stations = page.words, page.answer.stations
    with_today = any(one.today is not None for one in stations)
    names = ("station", "most", "paid", "fte", *(("short",) if with_today else ()), "proof")
    rows = tuple(
        Row(
            (
                Cell(page.answer.name_of(one.station)),
                Cell(page.numbers.whole(one.plan.units), one.plan.units),
                Cell(page.numbers.text(one.plan.paid_h, HOURS), one.plan.paid_h),
                Cell(page.numbers.text(one.fte, FTE), one.fte),
                *((Cell(page.numbers.whole(one.short_h or 0), one.short_h),) if with_today else ()),
                Cell(words("dimension.proved" if one.plan.status == "proved" else "dimension.stopped_short")),
            )
        )
        for one in stations
    )
    finding = words(
        "need_page.find.summary",
        stations=page.numbers.whole(len(stations)),
        fte=page.numbers.text(sum(one.fte for one in stations), FTE),
    )
    table = Table(
        columns=tuple(Column(words(f"need_page.column.{name}"), name not in ("station", "proof")) for name in names),
        rows=rows,
        caption=words("need_page.caption.summary", hours=page.numbers.whole(WEEK_H)),
        source="results/need_rosters.parquet",
        sortable=False,
    )
    return Chapter("summary", words("roster_page.title.summary"), finding, (table,))


def _station(page: NeedPage, number: int, one: NeedRoster) -> Chapter:
    words = page.words
    name = page.answer.name_of(one.station)
    least, most = page.numbers.whole(int(one.need.min())), page.numbers.whole(int(one.need.max()))
    shifts = [page.shift(shift) for shift, _ in one.plan.lines]
    chart = Figure(
        draw_week(
            WeekCurves(one.need, one.plan.on_duty, one.today), car_rows(one.plan.lines, shifts), words, page.numbers,
            f"week-{number}",
        ),
        words("need_page.text.alt", station=name, least=least, most=most),
        words("need_page.caption.chart", station=name),
        "results/need_hours.parquet",
    )  # fmt: skip
    cars = Table(
        columns=(Column(words("roster_page.column.when"), figures=False), Column(words("roster_page.column.cars"))),
        rows=tuple(
            Row((Cell(text), Cell(page.numbers.whole(n), n)))
            for text, (_, n) in zip(shifts, one.plan.lines, strict=True)
        ),
        caption=words("roster_page.caption.lines"),
        source="results/need_shifts.parquet",
        sortable=False,
    )
    finding = words(
        "need_page.find.station", least=least, most=most, paid=page.numbers.text(one.plan.paid_h, HOURS),
        fte=page.numbers.text(one.fte, FTE),
    )  # fmt: skip
    proved = one.plan.status == "proved"
    gap = page.numbers.text(one.plan.gap, form.PERCENT)
    blocks = (chart, cars) if proved else (Notice(words("roster_page.text.not_proved", gap=gap)), chart, cars)
    return Chapter(f"station-{number}", name, finding, blocks)


def _method(page: NeedPage) -> Chapter:
    words, rules = page.words, page.answer.rules
    values = {
        "forms": page.numbers.whole(len(rules.all_forms())),
        "handover": page.numbers.text(float(rules.handover_min), form.WHOLE_MINUTES),
        "net": page.numbers.whole(rules.net_hours_per_fte),
    }
    lines = (
        words("need_page.method.need"),
        words("roster_page.method.shifts", **values),
        words("need_page.method.fewest"),
        words("roster_page.method.fte", **values),
    )
    return Chapter("method", words("roster_page.title.method"), words("roster_page.find.method"), (Bullets(lines),))
