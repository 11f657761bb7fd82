"""Who was sent where: missions by municipality, urgency and station, when incidents come, and printed figures."""

from __future__ import annotations

import polars as pl

from beredt.indicators.log.dimensions import NONE_KEY
from beredt.report import form
from beredt.report.figures.axis import Scale
from beredt.report.figures.stacked_bars import Part, draw_hour_bars
from beredt.report.form import Form
from beredt.report.missions.chapters.printed import printed_blocks
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import (
    LONGEST,
    count_cell,
    figure_cell,
    left_out,
    method,
    month_name,
    source,
)
from beredt.report.page.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Details,
    Figure,
    Heading,
    Notice,
    Row,
    Table,
)
from beredt.report.theme import ACCENT, AWAY, BUSY, READY

ALL = ""
URGENCIES = ("A", "H", "V", NONE_KEY)
INKS = {"A": BUSY.light, "H": ACCENT.dark, "V": READY.light, NONE_KEY: AWAY.light}


def missions_chapter(ctx: LogContext) -> Chapter:
    """Incidents by hour, the latest year's table of missions with the change from the year before, printed figures."""
    counts, missions = ctx.table("incident_counts"), ctx.table("missions_by_station")
    blocks: list[Block] = []
    if counts is not None:
        blocks += [Heading(ctx.words("log.missions.when_title")), *_when(ctx, counts)]
        blocks += _incidents_by(ctx, counts)
    why = ctx.why_not("missions")
    if why or missions is None:
        blocks.append(Notice(why or ctx.words("log.reason.no_missions")))
    else:
        blocks += _missions(ctx, missions)
    blocks += printed_blocks(ctx)
    blocks.append(method(ctx, "missions"))
    return Chapter("missions", ctx.words("log.chapter.missions"), _finding(ctx, missions), tuple(blocks))


def latest_year(missions: pl.DataFrame) -> str:
    """The last calendar year of the table of missions, "" without any."""
    years = [year for year in missions["year"].unique().to_list() if year != NONE_KEY]
    return max(years, default="")


def _finding(ctx: LogContext, missions: pl.DataFrame | None) -> str:
    if missions is None:
        return ctx.words("log.missions.incidents_finding", n=ctx.numbers.whole(int(ctx.results.fact("incidents", 0))))
    year = latest_year(missions)
    whole = missions.filter(
        (pl.col("year") == year)
        & (pl.col("municipality") == ALL)
        & (pl.col("station") == ALL)
        & (pl.col("urgency") == ALL)
    )
    if whole.is_empty() or whole["missions"][0] is None:
        return ctx.words("log.missions.no_finding")
    row = whole.row(0, named=True)
    if row["change_share"] is None:
        return ctx.words("log.missions.finding", n=ctx.numbers.whole(row["missions"]), year=ctx.numbers.label(year))
    return ctx.words(
        "log.missions.finding_change",
        n=ctx.numbers.whole(row["missions"]),
        year=ctx.numbers.label(year),
        change=ctx.numbers.text(row["change_share"], form.PERCENT, signed=True),
    )


def _when(ctx: LogContext, counts: pl.DataFrame) -> list[Block]:
    """Incidents by hour of the call; urgencies stacked where nothing of them was left out."""
    hours = counts.filter((pl.col("by") == "hour") & (pl.col("key") != NONE_KEY))
    found = {(row["key"], row["urgency"]): row["n"] for row in hours.iter_rows(named=True)}
    keys = [f"{hour:02d}" for hour in range(24)]
    urgencies = [one for one in URGENCIES if any(found.get((key, one), 0) != 0 for key in keys)]
    whole = [float(found.get((key, ALL), 0) or 0) for key in keys]
    hidden = [key for key in keys if found.get((key, ALL), 0) is None]
    if not any(whole):
        return []
    told = [one for one in urgencies if all(found.get((key, one), 0) is not None for key in keys)]
    parted = told if {"A", "H"} <= set(told) else []
    parts = [
        Part(ctx.words.sentence(ctx.urgency(one)), INKS[one], [float(found.get((key, one), 0) or 0) for key in keys])
        for one in parted
    ] or [Part(ctx.words("log.all_incidents"), BUSY.light, whole)]
    svg = draw_hour_bars(
        parts, Scale(ctx.words("axis.hour"), Form("count")), Scale(ctx.words("log.axis.incidents"), Form("count")),
        ctx.numbers, "incident-hours",
    )  # fmt: skip
    most = max(range(24), key=lambda hour: whole[hour])
    alt = ctx.words("log.missions.hours_alt", hour=ctx.numbers.hour(most), n=ctx.numbers.whole(int(whole[most])))
    caption = ctx.words("log.missions.hours_caption")
    if hidden or len(parted) < len(urgencies):
        caption += " " + ctx.words("log.missions.hours_left_out")
    return [Figure(svg, alt, caption, source(ctx, "incident_counts"))]


def _incidents_by(ctx: LogContext, counts: pl.DataFrame) -> list[Block]:
    blocks: list[Block] = []
    for by in ("municipality", "weekday", "month"):
        own = counts.filter(pl.col("by") == by)
        keys = list(dict.fromkeys(own["key"].to_list()))
        if by == "weekday":
            order = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", NONE_KEY]
            keys.sort(key=order.index)
        if keys == [NONE_KEY]:
            continue
        found = {(row["key"], row["urgency"]): row["n"] for row in own.iter_rows(named=True)}
        if by == "municipality":
            keys.sort(key=lambda key: (-(found.get((key, ALL)) or 0), key))
        columns = (
            Column(ctx.words(f"log.by.{by}"), figures=False),
            *(Column(ctx.words.sentence(ctx.urgency(one))) for one in (*URGENCIES, ALL)),
        )
        rows = [
            Row(
                (
                    Cell(_key_name(ctx, by, key)),
                    *(count_cell(ctx, found.get((key, one), 0)) for one in (*URGENCIES, ALL)),
                )
            )
            for key in (keys[-LONGEST:] if by == "month" else keys[:LONGEST])
        ]
        caption = ctx.words(
            "log.missions.incidents_caption",
            by=ctx.words(f"log.by_small.{by}"),
            sign=left_out(ctx).text,
        )
        block = Table(columns, tuple(rows), caption, source(ctx, "incident_counts"), dense=True)
        title = ctx.words("log.missions.incidents_by_title", by=ctx.words(f"log.by_small.{by}"))
        blocks.append(Details(title, (block,)))
    return blocks


def _key_name(ctx: LogContext, by: str, key: str) -> str:
    return ctx.words.sentence(month_name(ctx, key) if by == "month" else ctx.place(by, key))


def _missions(ctx: LogContext, missions: pl.DataFrame) -> list[Block]:
    year = latest_year(missions)
    own = missions.filter(pl.col("year") == year)
    urgencies = [one for one in ("A", "H", "V", NONE_KEY, ALL) if own.filter(pl.col("urgency") == one).height]
    blocks: list[Block] = [Heading(ctx.words("log.missions.place_title", year=ctx.numbers.label(year)))]
    for by, other in (("municipality", "station"), ("station", "municipality")):
        rows = own.filter(pl.col(other) == ALL)
        found = {(row[by], row["urgency"]): row for row in rows.iter_rows(named=True)}
        keys = sorted({key for key, _ in found if key != ALL}, key=lambda key: (-(_n(found, key) or 0), key))
        lines = [_line(ctx, by, key, found, urgencies) for key in keys[:LONGEST]]
        if len(keys) > 1:
            lines.append(_line(ctx, by, ALL, found, urgencies, "total"))
        columns = (
            Column(ctx.words(f"log.by.{by}"), figures=False),
            *(Column(ctx.words.sentence(ctx.urgency(one))) for one in urgencies),
            Column(ctx.words("log.column.before")),
            Column(ctx.words("log.column.change")),
        )
        caption = ctx.words(f"log.missions.{by}_caption", year=ctx.numbers.label(year), sign=left_out(ctx).text)
        blocks.append(Table(columns, tuple(lines), caption, source(ctx, "missions_by_station"), dense=True))
    return [*blocks, *_matrix(ctx, own, year)]


def _n(found: dict[tuple[str, str], dict[str, object]], key: str) -> int | None:
    row = found.get((key, ALL))
    return None if row is None else row["missions"]  # type: ignore[return-value]


def _line(
    ctx: LogContext,
    by: str,
    key: str,
    found: dict[tuple[str, str], dict[str, object]],
    urgencies: list[str],
    style: str = "",
) -> Row:
    nothing = {"missions": 0, "before": None, "change_share": None}
    cells = [count_cell(ctx, found.get((key, one), nothing)["missions"]) for one in urgencies]  # type: ignore[arg-type]
    whole = found.get((key, ALL), nothing)
    before = whole["before"]
    cells.append(Cell(ctx.words("number.none"), style="quiet") if before is None else count_cell(ctx, before))  # type: ignore[arg-type]
    cells.append(figure_cell(ctx, whole["change_share"], form.PERCENT, signed=True))  # type: ignore[arg-type]
    return Row((Cell(ctx.words.sentence(ctx.place(by, key))), *cells), style)


def _matrix(ctx: LogContext, own: pl.DataFrame, year: str) -> list[Block]:
    """Stations by municipality and urgency, with the share of the place's missions; the local places first."""
    rows = own.filter((pl.col("municipality") != ALL) & (pl.col("station") != ALL))
    pairs = rows.filter((pl.col("urgency") == ALL) & (pl.col("missions") > 0))
    if pairs.height < 2:
        return []
    elsewhere = ~pl.col("municipality").is_in(_local_places(ctx))
    pairs = pairs.sort(elsewhere, -pl.col("missions"), "municipality", "station").head(LONGEST)
    urgencies = [one for one in URGENCIES[:3] if rows.filter(urgency=one).height]
    found = {
        tuple(row[:3]): row[3] for row in rows.select("municipality", "station", "urgency", "missions").iter_rows()
    }
    heads = ("column.missions", "column.share_of_place", "column.share_of_station")
    columns = (
        *(Column(ctx.words(f"log.by.{key}"), figures=False) for key in ("municipality", "station")),
        *(Column(ctx.words.sentence(ctx.urgency(one))) for one in urgencies),
        *(Column(ctx.words(f"log.{key}")) for key in heads),
    )
    lines = [
        Row(
            (
                Cell(ctx.place("municipality", row["municipality"])),
                Cell(ctx.place("station", row["station"])),
                *(count_cell(ctx, found.get((row["municipality"], row["station"], one), 0)) for one in urgencies),
                count_cell(ctx, row["missions"]),
                figure_cell(ctx, row["share_of_place"], form.PERCENT, hidden=True),
                figure_cell(ctx, row["share_of_station"], form.PERCENT, hidden=True),
            )
        )
        for row in pairs.iter_rows(named=True)
    ]
    caption = ctx.words("log.missions.pairs_caption", year=ctx.numbers.label(year))
    block = Table(columns, tuple(lines), caption, source(ctx, "missions_by_station"), dense=True)
    return [Details(ctx.words("log.missions.pairs_title"), (block,))]


def _local_places(ctx: LogContext) -> tuple[str, ...]:
    """The municipalities whose service the study asks about."""
    group = ctx.fact("local_group")
    return ctx.study.settings.get_group(group).municipalities if ctx.study and group else ()
