"""Result tables of the gate, the sensitivities and the break-even."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from beredt.decision.break_even import BreakEven
from beredt.decision.frames import Cell, result_frame
from beredt.decision.gate import GateRow
from beredt.decision.group_measures import LEVEL_UNIT
from beredt.decision.levers import UNITS
from beredt.decision.sensitivity import Weighed
from beredt.decision.verdict import AlternativeVerdict
from beredt.model.settings_sections import GateSection


def gate_table(weighed: Sequence[Weighed], rule: GateSection) -> pl.DataFrame:
    """Table `gate`: every row of the gate, under the study's own assumptions and under each sensitivity."""
    return result_frame(
        "gate",
        [
            {"sensitivity": one.sensitivity, "alternative": one.alternative, "baseline": rule.baseline}
            | _gate_cells(row)
            | {
                "p_no_worse": row.p_no_worse,
                "p_worse": row.p_worse,
                "verdict": row.verdict,
                "by_step": row.by_step,
                "reason": row.reason,
                "replications": row.pairs,
            }
            for one in weighed
            if one.gate is not None
            for row in one.gate.rows
        ],
    )


def verdict_table(verdicts: Sequence[AlternativeVerdict]) -> pl.DataFrame:
    """Table `verdicts`: one row per alternative."""
    return result_frame(
        "verdicts",
        [
            {
                "alternative": one.alternative,
                "verdict": one.verdict,
                "main_verdict": one.main,
                "deciding_sensitivity": one.deciding_sensitivity,
                "deciding_group": one.deciding.group,
                "deciding_measure": one.deciding.measure,
                "turned_by": ";".join(one.turned_by),
                "otherwise_in": ";".join(one.otherwise_in),
                "reason": one.deciding.reason,
            }
            for one in verdicts
        ],
    )


def sensitivity_table(weighed: Sequence[Weighed], rule: GateSection) -> pl.DataFrame:
    """Table `sensitivities`: level and difference of every alternative under every assumption, main ones included.

    The intervals are those of single differences: they show how much an assumption matters, and decide nothing.
    """
    rows: list[Mapping[str, Cell]] = []
    for one in weighed:
        for difference in one.differences:
            low, high = difference.interval(rule.confidence)
            rows.append(
                {
                    "sensitivity": one.sensitivity,
                    "alternative": one.alternative,
                    "group": difference.group,
                    "urgency": rule.urgency,
                    "measure": difference.measure,
                    "unit": LEVEL_UNIT[difference.measure],
                    "value": one.levels[difference.group, difference.measure],
                    "difference": difference.mean,
                    "low": low,
                    "high": high,
                }
            )
    return result_frame("sensitivities", rows)


def break_even_table(found: Sequence[BreakEven]) -> pl.DataFrame:
    """Table `break_even`: the gate's rows at every level of every lever, levels ascending."""
    rows: list[Mapping[str, Cell]] = []
    for one in found:
        for level, answer in sorted(zip(one.levels, one.answers, strict=True), key=lambda pair: pair[0]):
            place: dict[str, Cell] = {"alternative": one.alternative, "lever": one.lever, "level": level}
            rows += [
                place | _gate_cells(row) | {"verdict": row.verdict, "gate_verdict": answer.verdict}
                for row in answer.rows
            ]
    return result_frame("break_even", rows)


def break_even_points_table(found: Sequence[BreakEven]) -> pl.DataFrame:
    """Table `break_even_points`: where each alternative stops meeting premise 1, one row per alternative and lever."""
    return result_frame("break_even_points", [_point(one) for one in found])


def _gate_cells(row: GateRow) -> dict[str, Cell]:
    return {
        "group": row.group,
        "measure": row.measure,
        "unit": row.unit,
        "difference": row.difference,
        "low": row.low,
        "high": row.high,
        "margin": row.margin,
    }


def _point(one: BreakEven) -> dict[str, Cell]:
    crossing = one.crossing
    found = {level: answer.verdict == "meets" for level, answer in zip(one.levels, one.answers, strict=True)}
    # With units, fewer is harsher: the level that fails is the lower one.
    bounds = (None, None) if crossing is None else (crossing.meets_until, crossing.fails_from)
    chance = (None, None) if crossing is None else (crossing.interval_mild, crossing.interval_harsh)
    if one.lever == UNITS:
        bounds, chance = bounds[::-1], chance[::-1]
    return {
        "alternative": one.alternative,
        "lever": one.lever,
        "level_low": bounds[0],
        "level": None if crossing is None else crossing.level,
        "level_high": bounds[1],
        "interval_low": chance[0],
        "interval_high": chance[1],
        "holds_at_smallest": found[min(found)] if found else None,
        "holds_at_largest": found[max(found)] if found else None,
        "smallest": min(found, default=None),
        "largest": max(found, default=None),
        "group": "" if crossing is None else crossing.group,
        "measure": "" if crossing is None or crossing.measure is None else crossing.measure,
        "monotone": None if crossing is None else crossing.monotone,
        "not_tried": one.not_tried,
    }
