"""How the models did on the past, whether the intervals hold, and how it is worked out."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from beredt.demand.forecast.choose import Difference, interval
from beredt.demand.forecast.levels import TOTAL
from beredt.demand.forecast.sums import sum_coverage_table
from beredt.demand.forecast.tables import calibration_table, last_days_table
from beredt.indicators.suppress import THRESHOLD
from beredt.report import form
from beredt.report.figures.axis import Scale
from beredt.report.figures.grouped_bars import draw_grouped_bars
from beredt.report.figures.stacked_bars import Part
from beredt.report.forecast.page import RATE, SCORE, ForecastPage
from beredt.report.page.blocks import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Details,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
)
from beredt.report.theme import BUSY

REFERENCES = ("week_mean", "medic")
SOURCE = "scores.csv"


def verdict_text(page: ForecastPage) -> str:
    """Which model is asked and why; that the simple mean is as good, where it is."""
    words, numbers, choice = page.words, page.numbers, page.answer.choice
    against = choice.against_simple
    told = {"best": page.model(choice.best), "simple": page.model(choice.simple)}
    if against is None:
        text = words("forecast.verdict.none_better", simple=told["simple"])
    elif choice.simple_is_as_good:
        text = words("forecast.verdict.as_good", gain=numbers.text(against.skill, form.PERCENT), **told)
    else:
        ends = {name: numbers.plain(getattr(against, name), SCORE, signed=True) for name in ("value", "low", "high")}
        text = words("forecast.verdict.better", gain=numbers.text(against.skill, form.PERCENT), **ends, **told)
    if page.answer.model != choice.model:
        text += " " + words("forecast.verdict.wished", model=page.model(page.answer.model))
    return text


def backtest_chapter(page: ForecastPage, verdict: str) -> Chapter:
    """The table of all models at the finest level, of the sums behind a click, and the last forecast day by day."""
    words, tested = page.words, page.answer.backtest
    intro = words(
        "forecast.backtest.intro",
        origins=page.numbers.whole(len(tested.moments) - tested.warm_up),
        inner=page.inner,
        outer=page.outer,
    )
    blocks: list[Block] = [Paragraph(intro), _scores(page, tested.levels[0])]
    if len(tested.levels) > 1:
        more = tuple(_scores(page, level) for level in tested.levels[1:])
        blocks.append(Details(words("forecast.backtest.more"), more))
    blocks += [Heading(words("forecast.last.title")), _last_days(page)]
    return Chapter("backtest", words("forecast.title.backtest"), verdict, tuple(blocks))


def _scores(page: ForecastPage, level: str) -> Table:
    words, choice = page.words, page.answer.choice
    shares = (page.inner, page.outer)
    columns = [Column(words("forecast.column.model"), figures=False)]
    columns += [Column(words(f"forecast.column.{one}")) for one in ("deviance", "mae", "pinball")]
    columns += [Column(words("forecast.column.cover", share=one)) for one in shares]
    columns += [Column(words("forecast.column.skill", reference=page.model(one))) for one in REFERENCES]
    skill = {(one.model, one.reference): one for one in choice.differences if one.level == level}
    rows = []
    for model in page.answer.backtest.said:
        scores = choice.scores[model, level]
        cells = [Cell(page.model(model))]
        for values in (scores.deviance, scores.mae, scores.pinball):
            mean = float(values.mean())
            cells.append(Cell(page.numbers.plain(mean, SCORE), mean))
        for values in (scores.cover80, scores.cover95):
            mean, low, high = interval(values)
            span = page.words("number.brackets", inside=page.numbers.span(low, high, form.PERCENT))
            cells.append(Cell(f"{page.numbers.text(mean, form.PERCENT)} {span}", mean))
        cells += [_skill(page, skill.get((model, reference))) for reference in REFERENCES]
        rows.append(Row(tuple(cells), "total" if model == page.answer.model else ""))
    caption = words("forecast.backtest.caption", level=words(f"forecast.level.{level}"))
    return Table(tuple(columns), tuple(rows), caption, SOURCE, dense=True)


def _skill(page: ForecastPage, difference: Difference | None) -> Cell:
    """Coloured only where the paired interval of the difference does not hold zero."""
    if difference is None:
        return Cell(page.words("number.none"), style="quiet")
    style = "good" if difference.high < 0.0 else "bad" if difference.low > 0.0 else "quiet"
    return Cell(page.numbers.text(difference.skill, form.PERCENT, signed=True), difference.skill, style)


def _last_days(page: ForecastPage) -> Table:
    """Sums of days, of which small ones are left out: an hour's count could be a single person's."""
    steps = last_days_table(page.answer)
    first, day = steps["begin"][0], timedelta(days=1)
    rows = []
    for number in range(-(-steps.height // page.answer.counts.steps_per_day)):
        begin = first + number * day
        own = steps.filter((pl.col("begin") >= begin) & (pl.col("begin") < begin + day))
        came, expected = int(own["came"].sum()), float(own["mean"].sum())
        small = 0 < came < THRESHOLD
        text = page.words("number.below", number=page.numbers.whole(THRESHOLD)) if small else page.numbers.whole(came)
        told = Cell(page.numbers.plain(expected, RATE), expected)
        rows.append(Row((Cell(page.moment(begin)), told, Cell(text, None if small else float(came)))))
    names = ("day", "expected", "came")
    columns = tuple(Column(page.words(f"forecast.column.{one}"), figures=one != "day") for one in names)
    return Table(columns, tuple(rows), page.words("forecast.last.caption"), "last_days.csv", sortable=False)


def calibration_chapter(page: ForecastPage) -> Chapter:
    """Coverage at the finest level, and where counts fell in the forecast's own distribution."""
    words, numbers = page.words, page.numbers
    level = page.answer.backtest.levels[0]
    scores = page.answer.choice.scores[page.answer.model, level]
    finding = words(
        "forecast.calibration.finding",
        inner=page.inner,
        outer=page.outer,
        held_inner=numbers.text(float(scores.cover80.mean()), form.PERCENT),
        held_outer=numbers.text(float(scores.cover95.mean()), form.PERCENT),
    )
    table = calibration_table(page.answer).filter(pl.col("level") == level)
    shares = table["share"].to_list()
    groups = [numbers.plain(one, form.WHOLE_PERCENT) if n % 4 == 0 else "" for n, one in enumerate(table["from"])]
    axis = Scale(words("forecast.calibration.axis"), form.PERCENT)
    svg = draw_grouped_bars(groups, [Part("", BUSY.light, shares)], axis, numbers, "forecast-calibration")
    ends = {name: numbers.text(one, form.PERCENT) for name, one in (("low", min(shares)), ("high", max(shares)))}
    caption = words("forecast.calibration.caption", level=words(f"forecast.level.{level}"))
    figure = Figure(svg, words("forecast.calibration.alt", **ends), caption, "calibration.csv")
    return Chapter("calibration", words("forecast.title.calibration"), finding, (figure, _sum_coverage(page)))


def _sum_coverage(page: ForecastPage) -> Table:
    """How often intervals of sums of all together held what came, by length."""
    words = page.words
    columns = [Column(words("forecast.column.length"))]
    columns += [Column(words("forecast.column.cover", share=one)) for one in (page.inner, page.outer)]
    rows = [
        Row((
            Cell(page.length(hours), hours),
            *(Cell(page.numbers.text(one, form.PERCENT), one) for one in held),
        ))
        for hours, *held in sum_coverage_table(page.answer, (TOTAL,)).select("hours", "cover80", "cover95").rows()
    ]  # fmt: skip
    caption = words("forecast.sums.cover_caption")
    return Table(tuple(columns), tuple(rows), caption, "sum_coverage.csv", sortable=False)


def method_chapter(page: ForecastPage) -> Chapter:
    """How it is worked out, and what could not be counted."""
    words, numbers = page.words, page.numbers
    models = words.listed(page.model(one) for one in page.answer.backtest.said)
    lines = [words("forecast.method.models", models=models)]
    lines += [words(f"forecast.method.{one}") for one in ("choice", "intervals", "sums")]
    if page.without_time or page.outside:
        left = {"without_time": numbers.whole(page.without_time), "outside": numbers.whole(page.outside)}
        lines.append(words("forecast.method.left_out", **left))
    finding = words("forecast.method.finding")
    return Chapter("method", words("forecast.title.method"), finding, (Bullets(tuple(lines)),))
