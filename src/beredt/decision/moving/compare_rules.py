"""Rules of relocation for one service, simulated on the same incidents: gain and cost side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from beredt.decision.estimated import Estimated, estimated
from beredt.decision.moving.count import MovingCount
from beredt.indicators.cells import WHOLE_DAY
from beredt.indicators.estimate import estimate, paired_difference
from beredt.indicators.group_response import Count, Sum
from beredt.indicators.moments import MS_PER_S
from beredt.indicators.observed import ACUTE, F8, GROUP_MUNICIPALITY, Frame

PERCENT, HOUR_S = 100.0, 3_600.0


class Compared(NamedTuple):
    """One rule. Changes are from the first of the rules, replication by replication."""

    rule: str
    share_pp: Estimated  # acute incidents within the target, percent
    share_change_pp: Estimated
    mean_s: Estimated  # response to acute incidents
    mean_change_s: Estimated
    worst: str  # the municipality with the lowest share
    worst_share_pp: Estimated
    moves_per_shift: Estimated
    night_moves_per_shift: Estimated  # between 22 and 6
    km_per_shift: Estimated
    rest_share: Estimated  # of the time on duty: standing at a station, neither sent nor driving


def compare_rules(frame: Frame, counts: Mapping[str, Sequence[MovingCount]]) -> tuple[Compared, ...]:
    """Lay the rules side by side.

    Args:
        frame: of the service, the same for all.
        counts: by rule, of the same replications.
    """
    first = next(iter(counts))
    base = _response(counts[first], _group(frame, "all"))
    places = [g for g, kind in zip(frame.group_ids, frame.group_kinds, strict=True) if kind == GROUP_MUNICIPALITY]
    return tuple(_compared(rule, rows, frame, base, places) for rule, rows in counts.items())


def _group(frame: Frame, group: str) -> int:
    return frame.group_ids.index(group)


def _response(rows: Sequence[MovingCount], group: int) -> tuple[F8, F8]:
    counts = np.array([one.response.counts[group, ACUTE, WHOLE_DAY] for one in rows], np.float64)
    sums = np.array([one.response.sums_ms[group, ACUTE, WHOLE_DAY] for one in rows], np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = counts[:, Count.WITHIN_TARGET] / counts[:, Count.WITH_TARGET] * PERCENT
        mean_s = sums[:, Sum.RESPONSE] / counts[:, Count.SERVED] / MS_PER_S
    return share, mean_s


def _compared(
    rule: str, rows: Sequence[MovingCount], frame: Frame, base: tuple[F8, F8], places: Sequence[str]
) -> Compared:
    share, mean_s = _response(rows, _group(frame, "all"))
    by_place = {place: _response(rows, _group(frame, place))[0] for place in places}
    told = {place: found for place, found in by_place.items() if np.isfinite(found).all()}
    worst = min(told, key=lambda place: (float(told[place].mean()), place), default="")
    shifts = np.array([one.shifts for one in rows], np.float64)
    duty_s = np.array([one.duty_s for one in rows], np.float64)

    def per_shift(values: Sequence[float]) -> Estimated:
        return estimated(estimate((np.array(values, np.float64) / shifts)[None]))

    return Compared(
        rule=rule,
        share_pp=estimated(estimate(share[None])),
        share_change_pp=estimated(paired_difference(share[None], base[0][None])),
        mean_s=estimated(estimate(mean_s[None])),
        mean_change_s=estimated(paired_difference(mean_s[None], base[1][None])),
        worst=worst,
        worst_share_pp=estimated(estimate(told[worst][None])) if worst else Estimated(np.nan, np.nan, np.nan),
        moves_per_shift=per_shift([one.moves for one in rows]),
        night_moves_per_shift=per_shift([one.night_moves for one in rows]),
        km_per_shift=per_shift([one.moved_km for one in rows]),
        rest_share=estimated(estimate((np.array([one.rest_s for one in rows]) / duty_s)[None])),
    )
