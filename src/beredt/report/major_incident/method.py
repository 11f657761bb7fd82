"""What was asked, and what is assumed of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from beredt.decision.major_incident.assumptions import EMERGENCY_CAPACITY, OTHER_CAPACITY
from beredt.decision.major_incident.severity import SEVERITIES
from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.major_incident.figures_read import MINUTES, incidents_of
from beredt.report.major_incident.needed import kinds_text, needed_name
from beredt.report.page.blocks import Bullets, Cell, Chapter, Column, Paragraph, Row, Table


def method_chapter(ctx: ReportContext, chapter_id: str) -> Chapter:
    """The incidents, and every assumption in a line of its own."""
    blocks = (_incidents(ctx), Bullets(assumed_lines(ctx)), Paragraph(ctx.words("major.method.limits")))
    return Chapter(chapter_id, ctx.words("major.title.method"), ctx.words("major.method.finding"), blocks)


def _incidents(ctx: ReportContext) -> Table:
    names = ("place", "after", *SEVERITIES, "asked")
    columns = tuple(
        Column(
            ctx.words(f"major.severity.{one}" if one in SEVERITIES else f"major.column.{one}"), figures=one != "place"
        )
        for one in names
    )
    rows = []
    for one in incidents_of(ctx):
        cells = [Cell(one["place"]), Cell(ctx.numbers.text(one["after_min"], form.WHOLE_MINUTES), one["after_min"])]
        cells += [Cell(ctx.numbers.whole(one[name]), one[name]) for name in (*SEVERITIES, "units")]
        rows.append(Row(tuple(cells)))
    return Table(
        columns, tuple(rows), ctx.words("major.method.incidents_caption"), source(ctx, "major_incidents"),
        sortable=False,
    )  # fmt: skip


def assumed_lines(ctx: ReportContext) -> tuple[str, ...]:
    """Every assumption."""
    words, numbers = ctx.words, ctx.numbers
    assumed: Mapping[str, Any] = ctx.results.fact("assumptions", {})

    def minutes(key: str) -> str:
        return numbers.text(assumed[key], form.WHOLE_MINUTES)

    lines = [
        words("major.method.per_unit", **_by_severity(ctx, assumed["per_unit"])),
        *_needed(ctx),
    ]
    if assumed["capacity"]:
        named = words.listed(ctx.names.get("hospitals", one) for one in assumed["capacity"])
        lines.append(words("major.method.capacity_given", hospitals=named))
    lines += [
        words("major.method.capacity_emergency", **_by_severity(ctx, EMERGENCY_CAPACITY)),
        words("major.method.capacity_other", **_by_severity(ctx, OTHER_CAPACITY)),
        words("major.method.plan"),
    ]
    if assumed["call_in_share"] > 0.0:
        share = numbers.text(assumed["call_in_share"], form.WHOLE_PERCENT)
        lines.append(words("major.method.call_in", share=share, minutes=minutes("call_in_min")))
    else:
        lines.append(words("major.method.no_call_in"))
    if assumed["seamless_h"] > 0.0:
        hours = numbers.text(assumed["seamless_h"] * 60.0, MINUTES)
        lines.append(words("major.method.seamless", hours=hours))
    else:
        lines.append(words("major.method.own_borders"))
    lines.append(
        words(
            "major.method.followed",
            minutes=minutes("horizon_min"),
            step=minutes("step_min"),
            before=numbers.text(assumed["warm_up_h"], form.HOURS),
        )
    )
    lines.append(words("major.method.left"))
    return tuple(lines)


def _needed(ctx: ReportContext) -> list[str]:
    """What is needed beside units for patients, a line each."""
    words, numbers = ctx.words, ctx.numbers
    places = {one["incident"]: one["place"] for one in incidents_of(ctx)}
    return [
        words(
            "major.method.needed",
            place=words("major.method.needed_each") if one["incident"] is None else places[one["incident"]],
            name=needed_name(ctx, one["id"]),
            units=numbers.whole(one["units"]),
            kinds=kinds_text(ctx, one["wanted"]),
            minutes=numbers.text(one["stay_min"], form.WHOLE_MINUTES),
            waits=words("major.method.waits" if one["waited"] else "major.method.waits_not"),
        )
        for one in ctx.results.fact("needed", [])
    ] or [words("major.method.nothing_needed")]


def _by_severity(ctx: ReportContext, counts: Any) -> dict[str, str]:
    return {name: ctx.numbers.whole(count) for name, count in zip(SEVERITIES, counts, strict=True)}
