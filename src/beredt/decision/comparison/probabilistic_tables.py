"""Result tables of the uncertain numbers drawn together."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, isinf, nan

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import betaincinv

from beredt.decision.comparison.linear_picture import LinearPicture, fit_picture
from beredt.decision.comparison.probabilistic import Drawn, Row
from beredt.decision.frames import Cell, result_frame
from beredt.decision.gate import margin_of
from beredt.decision.group_measures import DIFFERENCE_UNIT, HARM_SIGN
from beredt.model.settings_sections import GateSection
from beredt.model.uncertain import Uncertain

F8 = NDArray[np.float64]


def probabilistic_tables(drawn: Drawn, rule: GateSection) -> dict[str, pl.DataFrame]:
    """Tables `draws`, `draw_differences`, `draw_shares` and `uncertain_effects`."""
    return {
        "draws": _draws(drawn),
        "draw_differences": _draw_differences(drawn, rule),
        "draw_shares": _draw_shares(drawn, rule),
        "uncertain_effects": _uncertain_effects(drawn, rule),
    }


def binomial_interval(hits: int, tries: int, confidence: float) -> tuple[float, float]:
    """Clopper and Pearson's exact interval of a share; 0 ≤ `hits` ≤ `tries`, `tries` ≥ 1.

    C. J. Clopper and E. S. Pearson, *The use of confidence or fiducial limits illustrated in the case of the binomial*,
    Biometrika 26 (1934) 404–413.
    """
    tail = (1.0 - confidence) / 2.0
    low = float(betaincinv(hits, tries - hits + 1, tail)) if hits else 0.0
    high = float(betaincinv(hits + 1, tries - hits, 1.0 - tail)) if hits < tries else 1.0
    return low, high


def _edge(rule: GateSection, row: Row) -> float:
    """The difference that is just no worse."""
    return HARM_SIGN[row[1]] * margin_of(rule, row[1])


def _holds(drawn: Drawn, rule: GateSection, alternative: str) -> tuple[Mapping[Row, NDArray[np.bool_]], F8]:
    """By row, whether each draw is within the margin; and of every draw, by how much its worst row is over it.

    How much over is in margins, so that seconds and shares can be held against each other; a margin of 0 counts as 1.
    """
    within, over = {}, []
    for row, differences in drawn.differences[alternative].items():
        harm, margin = HARM_SIGN[row[1]] * differences, margin_of(rule, row[1])
        within[row] = harm <= margin
        over.append((harm - margin) / (margin or 1.0))
    return within, np.max(over, axis=0)


def _draws(drawn: Drawn) -> pl.DataFrame:
    return result_frame(
        "draws",
        [
            {"draw": draw, "number": one.id, "value": float(drawn.values[draw, place])}
            for draw in range(len(drawn.values))
            for place, one in enumerate(drawn.uncertain)
        ],
    )


def _draw_differences(drawn: Drawn, rule: GateSection) -> pl.DataFrame:
    return result_frame(
        "draw_differences",
        [
            {
                "draw": draw,
                "alternative": alternative,
                "group": row[0],
                "measure": row[1],
                "unit": DIFFERENCE_UNIT[row[1]],
                "difference": float(difference),
                "within": bool(HARM_SIGN[row[1]] * difference <= margin_of(rule, row[1])),
            }
            for alternative, rows in drawn.differences.items()
            for row, differences in rows.items()
            for draw, difference in enumerate(differences)
        ],
    )


def _draw_shares(drawn: Drawn, rule: GateSection) -> pl.DataFrame:
    rows: list[Mapping[str, Cell]] = []
    for alternative in drawn.differences:
        within, _ = _holds(drawn, rule, alternative)
        whole = np.all(list(within.values()), axis=0)
        for row, held in (*within.items(), (("", ""), whole)):
            hits, tries = int(held.sum()), len(held)
            low, high = binomial_interval(hits, tries, rule.confidence)
            rows.append(
                {
                    "alternative": alternative,
                    "group": row[0],
                    "measure": row[1],
                    "draws": tries,
                    "within": hits,
                    "share": hits / tries,
                    "low": low,
                    "high": high,
                }
            )
    return result_frame("draw_shares", rows)


def _uncertain_effects(drawn: Drawn, rule: GateSection) -> pl.DataFrame:
    rows: list[Mapping[str, Cell]] = []
    for alternative, differences in drawn.differences.items():
        for row, values in differences.items():
            if not np.isfinite(values).all():
                continue
            picture = fit_picture(drawn.positions, values)
            for place, one in enumerate(drawn.uncertain):
                rows.append(
                    {"alternative": alternative, "group": row[0], "measure": row[1], "number": one.id}
                    | _effect_cells(picture, place, one, row, rule)
                )
    return result_frame("uncertain_effects", rows)


def _effect_cells(picture: LinearPicture, place: int, one: Uncertain, row: Row, rule: GateSection) -> dict[str, Cell]:
    effect, low, high = picture.effect(place, rule.confidence)
    crossing = picture.crossing(place, _edge(rule, row), rule.confidence)
    value, value_low, value_high = (one.mode + at * (one.high - one.low) for at in crossing)
    inside = isfinite(value) and one.low <= value <= one.high
    return {
        "unit": DIFFERENCE_UNIT[row[1]],
        "effect": effect,
        "low": low,
        "high": high,
        "explained": picture.explained,
        "break_even": value if inside else nan,
        "break_even_low": nan if not inside or isinf(value_low) else max(min(value_low, value_high), one.low),
        "break_even_high": nan if not inside or isinf(value_high) else min(max(value_low, value_high), one.high),
    }
