"""What the risk analysis holds, looked up for the page: events with their numbers, scores, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from beredt.decision.risk.matrix import RiskLevel, RiskMatrix, matrix_of, step_of
from beredt.decision.risk.scores import STAGES
from beredt.report.context import ReportContext
from beredt.report.local_text import local_names, local_text

Row = Mapping[str, Any]
SpreadKey = tuple[str, str, str, str, str]
"""event, alternative, stage, role, dimension."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event with the number that figures call it by."""

    id: str
    number: str
    area: str
    name: str
    cause: str


@dataclass(frozen=True, slots=True, eq=False)
class RiskView:
    """The risk analysis in one language. `areas` are names by id; `spread` holds the rows of `risk_spread` by key."""

    areas: Mapping[str, str]
    roles: Mapping[str, str]
    events: tuple[Event, ...]
    matrix: RiskMatrix
    spread: Mapping[SpreadKey, Row]

    def find(self, event: str, alternative: str, stage: str, dimension: str, role: str = "") -> Row | None:
        """What the assessors said, None where nobody did."""
        return self.spread.get((event, alternative, stage, role, dimension))

    def place(self, event: str, alternative: str, stage: str) -> tuple[int, int] | None:
        """The cell of an event: the medians of likelihood and of consequence, half-way up; None without scores."""
        likelihood = self.find(event, alternative, stage, "likelihood")
        consequence = self.find(event, alternative, stage, "consequence")
        if likelihood is None or consequence is None:
            return None
        return step_of(likelihood["median"]), step_of(consequence["median"])

    def level(self, event: str, alternative: str, stage: str) -> RiskLevel | None:
        """The level of that cell."""
        place = self.place(event, alternative, stage)
        return None if place is None else self.matrix.get_level(*place)

    def assessed(self, alternative: str) -> bool:
        """Whether anybody assessed any event under an alternative."""
        return any(key[1] == alternative for key in self.spread)


def risk_view(ctx: ReportContext) -> RiskView | None:
    """The risk analysis of the study, None where it has none."""
    tables = ctx.study.decision
    events = tables.get("risk_events", pl.DataFrame())
    if events.is_empty():
        return None
    spread = ctx.results.find_table("risk_spread")
    rows = [] if spread is None else list(spread.iter_rows(named=True))
    areas = local_names(ctx.words, tables["risk_areas"])
    ordered = sorted(events.iter_rows(named=True), key=lambda row: list(areas).index(row["area"]))
    return RiskView(
        areas=areas,
        roles=local_names(ctx.words, tables["risk_roles"]),
        events=tuple(_event(ctx, number, row) for number, row in enumerate(ordered, start=1)),
        matrix=matrix_of(tables),
        spread={
            (row["event"], row["alternative"], row["stage"], row["role"] or "", row["dimension"]): row for row in rows
        },
    )


def beside_gate(ctx: ReportContext, view: RiskView) -> tuple[Event, ...]:
    """Events of the areas that stand beside premise 1."""
    areas = ctx.study.decision["risk_areas"]
    marked = set(areas.filter(pl.col("beside_gate"))["id"].to_list())
    return tuple(event for event in view.events if event.area in marked)


def level_name(ctx: ReportContext, level: RiskLevel) -> str:
    """The name of a level, with its sign."""
    return ctx.words("risk.level", symbol=level.symbol, name=plain_level_name(ctx, level))


def plain_level_name(ctx: ReportContext, level: RiskLevel) -> str:
    """The name of a level alone; in nynorsk as in bokmål where it is not given."""
    names = {**level.names, "nn": level.names.get("nn", level.names.get("nb", ""))}
    return ctx.words.local({language: text for language, text in names.items() if text})


def highest(ctx: ReportContext, view: RiskView, alternative: str, stage: str) -> tuple[Event, ...]:
    """Events at the highest level of the matrix, in their order: named, not counted up."""
    top = view.matrix.levels[-1].level
    levels = {event: view.level(event.id, alternative, stage) for event in view.events}
    return tuple(event for event, level in levels.items() if level is not None and level.level == top)


def assessed_alternatives(ctx: ReportContext, view: RiskView) -> tuple[str, ...]:
    """Alternatives that anybody assessed, in the order of the report."""
    return tuple(one for one in ctx.alternatives if view.assessed(one))


def stages() -> tuple[str, ...]:
    """Before and after measures."""
    return STAGES


def _event(ctx: ReportContext, number: int, row: Row) -> Event:
    name = local_text(ctx.words, row) or row["id"]
    return Event(row["id"], ctx.numbers.label(number), row["area"], name, local_text(ctx.words, row, "cause"))
