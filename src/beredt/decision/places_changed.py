"""Table `places_changed`: where an alternative makes acute help earlier or later, and for how many people.

The places are the smallest that incidents are counted for: districts, and municipalities without districts. Of so many
places some would stand out by chance alone, so intervals are widened for their number P (Bonferroni): each holds with
confidence 1 − (1 − 0.95)/P. A place is clearly worse or better when such an interval of the share within the target or
of the mean response leaves out zero. It decides nothing: the gate does, on the groups that were declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite, nan

import polars as pl

from beredt.decision.compare import t_quantile
from beredt.decision.frames import Cell, result_frame
from beredt.demand.population import people_by_area
from beredt.indicators.estimate import CONFIDENCE
from beredt.model.study import Study

SHARE, MEAN = "share_within_target", "response_mean_s"
HARM = {SHARE: -1, MEAN: 1}

Interval = tuple[float, float, float]
"""Value, low, high."""

UNKNOWN: Interval = (nan, nan, nan)


def places_changed_table(
    study: Study, tables: Mapping[str, pl.DataFrame], alternatives: Sequence[str], baseline: str, urgency: str
) -> pl.DataFrame:
    """Table `places_changed`.

    Args:
        study: areas and people.
        tables: results, `indicators` and `differences` among them.
        alternatives: ids; the baseline is left out.
        baseline: that differences are taken from.
        urgency: of the gate.
    """
    people = _people(study)
    incidents = _levels(tables["indicators"], baseline, urgency)
    places = [place for place in people if place in incidents]
    rows: list[Mapping[str, Cell]] = []
    for alternative in alternatives:
        if alternative != baseline:
            found = dict(_differences(tables["differences"], baseline, alternative, urgency, len(places)))
            rows += [_row(alternative, one, people[one], incidents[one], found) for one in places]
    return result_frame("places_changed", rows)


def effect_at(share: Interval, mean: Interval) -> str:
    """Worse where either measure is clearly worse, else better where either is clearly better; unclear, or same."""
    clear = [HARM[key] * one[0] for key, one in ((SHARE, share), (MEAN, mean)) if one[1] > 0.0 or one[2] < 0.0]
    if any(harm > 0.0 for harm in clear):
        return "worse"
    if clear:
        return "better"
    return "same" if share == mean == (0.0, 0.0, 0.0) else "unclear"


def widened(value: float, low: float, high: float, replications: int, places: int) -> Interval:
    """A t-interval of the usual confidence, made as wide as that many places ask for."""
    if replications < 2 or not isfinite(low):
        return value, nan, nan
    usual = t_quantile(0.5 + CONFIDENCE / 2.0, replications - 1)
    wide = t_quantile(1.0 - (1.0 - CONFIDENCE) / (2.0 * places), replications - 1)
    half = (high - low) / 2.0 * wide / usual
    return value, value - half, value + half


def _row(
    alternative: str, place: str, people: float, incidents: float, found: Mapping[tuple[str, str], Interval]
) -> dict[str, Cell]:
    share, mean = found.get((place, SHARE), UNKNOWN), found.get((place, MEAN), UNKNOWN)
    return {
        "alternative": alternative,
        "place": place,
        "people": people,
        "incidents": incidents,
        "share_difference": share[0],
        "share_low": share[1],
        "share_high": share[2],
        "mean_difference_s": mean[0],
        "mean_low_s": mean[1],
        "mean_high_s": mean[2],
        "late_more": -share[0] * incidents,
        "late_low": -share[2] * incidents,
        "late_high": -share[1] * incidents,
        "effect": effect_at(share, mean),
    }


def _people(study: Study) -> dict[str, float]:
    """People of the study's year by place."""
    counts = people_by_area(study.service.areas, study.population, study.settings.study.year)
    by_place: dict[str, float] = {}
    for area, count in zip(study.service.areas, counts.tolist(), strict=True):
        place = area.district or area.municipality
        by_place[place] = by_place.get(place, 0.0) + count
    return dict(sorted(by_place.items()))


def _levels(indicators: pl.DataFrame, baseline: str, urgency: str) -> dict[str, float]:
    own = indicators.filter(
        pl.col("alternative") == baseline, pl.col("measure") == "incidents", pl.col("urgency") == urgency,
        pl.col("hour") == -1,
    )  # fmt: skip
    return dict(own.select("group", "value").iter_rows())


def _differences(
    differences: pl.DataFrame, baseline: str, alternative: str, urgency: str, places: int
) -> Iterator[tuple[tuple[str, str], Interval]]:
    own = differences.filter(
        pl.col("baseline") == baseline, pl.col("alternative") == alternative, pl.col("urgency") == urgency,
        pl.col("hour") == -1, pl.col("measure").is_in([SHARE, MEAN]), pl.col("value").is_not_null(),
    )  # fmt: skip
    for group, measure, value, low, high, replications in own.select(
        "group", "measure", "value", pl.col("low").fill_null(nan), pl.col("high").fill_null(nan), "replications"
    ).iter_rows():
        yield (group, measure), widened(value, low, high, replications, max(places, 1))
