"""The chapters of a replay's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

from beredt.live.replay.answer import ReplayAnswer
from beredt.live.replay.beside import Beside
from beredt.live.replay.sums import ALL, FEW_DAYS, FEWEST_DAYS, TOLD_PLACES, Sums
from beredt.live.replay.sums import Figure as Known
from beredt.live.replay.tables import local_text
from beredt.report import form
from beredt.report.estimate import Estimate
from beredt.report.figures.axis import Scale
from beredt.report.figures.interval_chart import IntervalPanel, IntervalRow, draw_intervals
from beredt.report.figures.look import Look
from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Block, Bullets, Cell, Chapter, Column, Figure, Notice, Paragraph, Row, Table
from beredt.report.theme import BUSY
from beredt.report.words import Words

MOST_SHOWN = 100
"""Differing incidents on the page; the table beside it has all."""


@dataclass(frozen=True, slots=True, eq=False)
class ReplayPage:
    """A replay, and how its words and figures are written."""

    answer: ReplayAnswer
    words: Words
    numbers: NumberFormat

    def seconds(self, value: float | None, *, signed: bool = False) -> str:
        """Seconds with their unit, a dash where they are not known."""
        return self.numbers.text(nan if value is None else value, form.SECONDS, signed=signed)

    def group(self, name: str) -> str:
        """A row of the sums in words."""
        if name in (ALL, TOLD_PLACES):
            return self.words(f"replay.{name}")
        return self.words(f"urgency.{name}")

    def advised(self, one: Beside) -> str:
        """What was advised."""
        if one.deed == "send":
            return one.advised or ""
        return self.words(f"replay.deed.{one.deed}", **({"unit": one.advised or "–"} if one.deed in {"ask", "divert"}
                                                        else {}))  # fmt: skip


def sums_chapter(page: ReplayPage) -> Chapter:
    """Agreement, difference and error, with the figure."""
    words, answer = page.words, page.answer
    whole = answer.sums[0]
    blocks: list[Block] = [Notice(words("replay.own"))]
    if not whole.incidents:
        return Chapter("sums", words("replay.title.sums"), words("replay.sums.none"), tuple(blocks))
    difference = page.numbers.estimate(estimate(whole.difference), form.SECONDS, signed=True)
    finding = words(
        "replay.sums.finding",
        agreed=page.numbers.estimate(estimate(whole.agreed), form.WHOLE_PERCENT),
        incidents=page.numbers.whole(whole.incidents),
        difference=difference,
    )
    moves = answer.found.moves
    error = words(
        "replay.sums.error",
        error=page.numbers.estimate(estimate(whole.error), form.SECONDS, signed=True),
        errors=page.numbers.whole(whole.errors),
        low=page.seconds(whole.error_q10, signed=True),
        high=page.seconds(whole.error_q90, signed=True),
    )
    km = page.numbers.text(sum(one.km for one in moves), form.KM)
    blocks += [
        Paragraph(error),
        Paragraph(words("replay.sums.moves", moves=page.numbers.whole(len(moves)), km=km)),
    ]
    if not answer.places_told:
        blocks.append(Paragraph(words("replay.method.nearest")))
    if answer.stretch.days < FEW_DAYS:
        few = "replay.sums.one_day" if answer.stretch.days < FEWEST_DAYS else "replay.sums.few_days"
        blocks.append(Notice(words(few)))
    blocks += [_figure(page, difference), _sums_table(page)]
    return Chapter("sums", words("replay.title.sums"), finding, tuple(blocks))


def differing_chapter(page: ReplayPage) -> Chapter:
    """Incidents in which the advice was another."""
    words = page.words
    rows = [one for one in page.answer.found.incidents if not one.agreed]
    if not rows:
        return Chapter("differing", words("replay.title.differing"), words("replay.differing.none"))
    names = ("decided", "incident", "urgency", "sent", "advised", "reason")
    figures = ("stamped", "sent_s", "advised_s", "difference")
    columns = [Column(words(f"replay.column.{name}"), figures=False) for name in names]
    columns += [Column(words(f"replay.column.{name}")) for name in figures]
    columns.append(Column(words("replay.column.cause"), figures=False))
    shown = _greatest(rows)
    table = Table(tuple(columns), tuple(_differing(page, one) for one in shown), words("replay.differing.caption"),
                  "replay_incidents.parquet", dense=True)  # fmt: skip
    finding = words("replay.differing.finding", count=page.numbers.whole(len(rows)))
    said = Paragraph(words("replay.differing.shown", shown=page.numbers.whole(len(shown))))
    blocks: tuple[Block, ...] = (_causes(page), Paragraph(words("replay.differing.causes")))
    blocks += (said, table) if len(shown) < len(rows) else (table,)
    return Chapter("differing", words("replay.title.differing"), finding, blocks)


def _causes(page: ReplayPage) -> Table:
    """How many of the differing incidents each cause may explain."""
    words = page.words
    columns = (Column(words("replay.column.cause"), figures=False), Column(words("replay.column.count")))
    rows = tuple(Row((Cell(words(f"replay.cause.{cause}")), Cell(page.numbers.whole(count))))
                 for cause, count in page.answer.causes.items())  # fmt: skip
    return Table(columns, rows, words("replay.differing.by_cause"), "replay_incidents.parquet", sortable=False)


def _greatest(rows: Sequence[Beside]) -> list[Beside]:
    """Those with the greatest difference, in order of time: weeks of differing incidents nobody reads on a page."""
    chosen = sorted(rows, key=lambda one: -abs(one.difference_s or 0.0))[:MOST_SHOWN]
    return sorted(chosen, key=lambda one: (one.decided_ms, one.incident))


def method_chapter(page: ReplayPage) -> Chapter:
    """How to read it."""
    words, answer = page.words, page.answer
    place = "replay.method.told" if answer.places_told else "replay.method.reckoned"
    lines = [words("replay.method.alike"), words("replay.method.nearest"), words("replay.method.later"), words(place),
             words("replay.method.known")]  # fmt: skip
    counts = {**answer.left_out, **answer.not_reckoned, **answer.noted}
    if counts:
        told = [
            words("replay.method.reason", count=page.numbers.whole(count), why=words(f"replay.left.{reason}"))
            for reason, count in counts.items()
        ]
        lines.append(words("replay.method.left_out", reasons=words.listed(told)))
    return Chapter("method", words("replay.title.method"), words("replay.method.finding"), (Bullets(tuple(lines)),))


def estimate(figure: Known) -> Estimate:
    """A figure as reports write it; unknown ends are NaN."""
    return Estimate(*(nan if one is None else one for one in (figure.value, figure.low, figure.high)))


def _figure(page: ReplayPage, difference: str) -> Figure:
    words = page.words
    rows = [IntervalRow(page.group(one.urgency), ({ALL: estimate(one.difference)},), strong=one.urgency == ALL)
            for one in page.answer.sums]  # fmt: skip
    panel = IntervalPanel("", Scale(words("replay.figure.axis"), form.SECONDS, signed=True))
    svg = draw_intervals(rows, (panel,), {ALL: Look(BUSY.light, "o", "-", "")}, page.numbers, "replay-differences")
    alt = words("replay.figure.alt", difference=difference)
    return Figure(svg, alt, words("replay.sums.caption"), "replay_sums.parquet")


def _sums_table(page: ReplayPage) -> Table:
    words = page.words
    names = ("count", "agreed", "difference", "sooner", "later", "error")
    columns = (Column(words("replay.column.group"), figures=False), *(Column(words(f"replay.column.{one}"))
                                                                      for one in names))  # fmt: skip
    rows = tuple(_sums_row(page, one) for one in page.answer.sums)
    return Table(columns, rows, words("replay.sums.table"), "replay_sums.parquet", sortable=False)


def _sums_row(page: ReplayPage, one: Sums) -> Row:
    numbers = page.numbers
    return Row(
        (
            Cell(page.group(one.urgency)),
            Cell(numbers.whole(one.incidents)),
            Cell(numbers.estimate(estimate(one.agreed), form.WHOLE_PERCENT)),
            Cell(numbers.estimate(estimate(one.difference), form.SECONDS, signed=True)),
            Cell(numbers.whole(one.sooner)),
            Cell(numbers.whole(one.later)),
            Cell(numbers.estimate(estimate(one.error), form.SECONDS, signed=True)),
        )
    )


def _differing(page: ReplayPage, one: Beside) -> Row:
    words = page.words
    texts = (local_text(one.decided_ms)[:16].replace("T", " "), one.incident, one.urgency, "+".join(one.units),
             page.advised(one), words(f"replay.reason.{one.reason}"))  # fmt: skip
    figures = tuple(
        Cell(page.seconds(value, signed=signed), value)
        for value, signed in (
            (one.stamped_s, False),
            (one.sent_s, False),
            (one.advised_s, False),
            (one.difference_s, True),
        )
    )
    return Row((*(Cell(text) for text in texts), *figures, Cell(words(f"replay.cause.{one.cause}"))))
