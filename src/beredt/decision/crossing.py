"""Where an alternative stops meeting the gate as a lever is turned: between which levels, and about where.

Levels are walked from mild to harsh (short to long asking delays, many to few units). Nothing is assumed to be
monotone: what counts is the first time that the answer changes, and a curve that comes back is reported as such.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from beredt.decision.gate import GateResult, GateRow
from beredt.decision.group_measures import HARM_SIGN, Measure

_SEVERITY = {"meets": 0, "undecided": 1, "fails": 2}
_LOWER, _ESTIMATE, _UPPER = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the answer turns. Levels are in the lever's own unit; None where it does not happen on the levels tried.

    Of the levels tried: `meets_until`, the harshest one up to which, from the mildest, every level meets;
    `fails_from`, the first that fails. Between levels, on straight lines: `level`, where the estimate of the first
    row to do so crosses its margin; it lies between the two. `interval_mild`, `interval_harsh`: the same for the
    upper and the lower bound of harm, so that the crossing lies between them as far as chance goes, and never
    outside the two levels above.
    `group`, `measure`: the row whose estimate crosses first. `monotone`: False when a harsher level has a better
    answer, or when that row is surely better at a harsher level.
    """

    meets_until: float | None
    fails_from: float | None
    level: float | None
    interval_mild: float | None
    interval_harsh: float | None
    group: str
    measure: Measure | None
    monotone: bool


def find_crossing(levels: Sequence[float], answers: Sequence[GateResult]) -> Crossing:
    """Find where the answers turn. `levels` (at least one) from mild to harsh, with the gate's answer at each."""
    level, row = _first_crossing(levels, answers, _ESTIMATE)
    meets_until = _meets_until(levels, answers)
    fails_from = next((level for level, a in zip(levels, answers, strict=True) if a.verdict == "fails"), None)
    return Crossing(
        meets_until=meets_until,
        fails_from=fails_from,
        level=level,
        interval_mild=_interval_mild(levels, answers, meets_until),
        interval_harsh=_interval_harsh(levels, answers, fails_from) if level is not None else None,
        group="" if row is None else answers[0].rows[row].group,
        measure=None if row is None else answers[0].rows[row].measure,
        monotone=_is_monotone(answers, row),
    )


# A later step of Holm's procedure decides more than the intervals show: no doubt is told about what is decided.


def _interval_mild(levels: Sequence[float], answers: Sequence[GateResult], meets_until: float | None) -> float | None:
    if meets_until == levels[-1]:
        return None
    crossing = _first_crossing(levels, answers, _UPPER)[0]
    found = [level for level in (crossing, meets_until) if level is not None]
    return max(found, key=_way_from(levels), default=None)


def _interval_harsh(levels: Sequence[float], answers: Sequence[GateResult], fails_from: float | None) -> float | None:
    crossing = _first_crossing(levels, answers, _LOWER)[0]
    found = [level for level in (crossing, fails_from) if level is not None]
    return min(found, key=_way_from(levels), default=None)


def _first_crossing(
    levels: Sequence[float], answers: Sequence[GateResult], which: int
) -> tuple[float, int] | tuple[None, None]:
    """Mildest level at which one of the curves crosses its margin, and its row; nothing if one begins beyond it."""
    curves = [[_excess(answer.rows[row])[which] for answer in answers] for row in range(len(answers[0].rows))]
    if any(curve[0] > 0.0 for curve in curves):
        return None, None
    found = [
        (level, row) for row, curve in enumerate(curves) if (level := _rises_above_zero(levels, curve)) is not None
    ]
    way = _way_from(levels)
    return min(found, key=lambda one: way(one[0]), default=(None, None))


def _way_from(levels: Sequence[float]) -> Callable[[float], float]:
    """How far a level lies from the mildest one."""
    return lambda level: abs(level - levels[0])


def _excess(row: GateRow) -> tuple[float, float, float]:
    """Harm beyond the margin: lower bound, estimate, upper bound; NaN where they are not known."""
    sign = HARM_SIGN[row.measure]
    low, high = (row.low, row.high) if sign > 0 else (-row.high, -row.low)
    return low - row.margin, sign * row.difference - row.margin, high - row.margin


def _rises_above_zero(levels: Sequence[float], values: Sequence[float]) -> float | None:
    """Where straight lines through (level, value) first rise above 0; unknown values (NaN) interrupt the line."""
    for i in range(len(levels) - 1):
        if values[i] <= 0.0 < values[i + 1]:
            return levels[i] + (levels[i + 1] - levels[i]) * (0.0 - values[i]) / (values[i + 1] - values[i])
    return None


def _meets_until(levels: Sequence[float], answers: Sequence[GateResult]) -> float | None:
    last = None
    for level, answer in zip(levels, answers, strict=True):
        if answer.verdict != "meets":
            break
        last = level
    return last


def _is_monotone(answers: Sequence[GateResult], row: int | None) -> bool:
    severity = [_SEVERITY[answer.verdict] for answer in answers]
    if severity != sorted(severity):
        return False
    if row is None:
        return True
    bounds = [_excess(answer.rows[row]) for answer in answers]
    return not any(later[_UPPER] < before[_LOWER] for i, before in enumerate(bounds) for later in bounds[i + 1 :])
