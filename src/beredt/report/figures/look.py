"""How a series looks in every chart: its colour, its marker and its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from beredt.model.alternative import TODAY
from beredt.report.context import ReportContext
from beredt.report.theme import alternative_inks, alternative_markers


@dataclass(frozen=True, slots=True)
class Look:
    """Colour, marker (as matplotlib names them), line style and name of a series."""

    colour: str
    marker: str
    line: str
    name: str


def alternative_looks(ctx: ReportContext) -> Mapping[str, Look]:
    """The look of every alternative that was run; today is grey and dashed."""
    order = (TODAY, *(one.id for one in ctx.study.alternatives))
    inks, markers = alternative_inks(order), alternative_markers(order)
    return {
        one: Look(inks[one].light, markers[one], "--" if one == TODAY else "-", ctx.names.alternative(one))
        for one in ctx.alternatives
    }
