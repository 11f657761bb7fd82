"""How areas differ from what their people, ages and region give, and how sure a log makes rates and areas.

Factors of areas are the means of gamma distributions, small areas drawn towards the others (`rate_fit.gamma_poisson`).
They are taken where factors fitted to odd weeks foretell the even weeks of areas better than the study's own. The
factors of a region have the mean 1, so that its rate stays its rate. What then stays open goes along: the spread of
each area's factor, and of each rate what those do not carry already, 1/√n in all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.decision.calibration.area_fit import (
    FITTED,
    MOST_SD,
    AreaGround,
    B,
    area_ground,
    fit_urgency,
    left_open,
    regions_told,
)
from beredt.decision.calibration.change import Change, reason_to_keep
from beredt.decision.calibration.log import CalibrationLog
from beredt.decision.calibration.rates import F8, RateGround
from beredt.demand.rate_fit.gamma_poisson import AreaFactors, fit_area_factors
from beredt.demand.rate_fit.held_out import deviance
from beredt.demand.rates import area_factors
from beredt.model.area_factor import AreaFactor
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.simulation.incident_rules import IncidentRules

DIGITS = 5


@dataclass(frozen=True, slots=True)
class RateSpread:
    """How far a rate may be off: standard deviation over mean, fitted to a log."""

    rate_region: str
    urgency: str
    relative_sd: float
    source: str = FITTED


@dataclass(frozen=True, slots=True)
class AreaCalibration:
    """One change for each urgency; the area factors and rate spreads of the new study, all of them.

    `area_factors` are the study's own where no urgency is replaced.
    """

    changes: tuple[Change, ...]
    area_factors: tuple[AreaFactor, ...]
    rate_spread: tuple[RateSpread, ...]


def calibrate_areas(study: Study, log: CalibrationLog, rules: IncidentRules, ground: RateGround) -> AreaCalibration:
    """Hold the factors of areas against a log; the error is the Poisson deviance per area in even weeks."""
    found = area_ground(study, log, rules, ground)
    own = area_factors(study.service)[0]
    changes: list[Change] = []
    factors = {(row.area, row.urgency): row for row in study.service.area_factors}
    spread = _own_spread(study)
    for code, urgency in enumerate(URGENCIES):
        change = _change(found, own[:, code], ground.scene, code)
        changes.append(change)
        known = fit_urgency(found, code)
        for fit in regions_told(found, ground, known, code):
            region = ground.regions[fit.region]
            open_sd = 1.0 / np.sqrt(fit.seen)
            if change.replaced:
                open_sd = left_open(found, known, fit, code)
                factors |= _factors(study, found, known, fit.own, fit.mean, code)
            spread[region, urgency] = RateSpread(region, urgency, round(float(open_sd), DIGITS))
    return AreaCalibration(tuple(changes), tuple(factors.values()), tuple(spread.values()))


def _change(found: AreaGround, own: F8, region: NDArray[np.int64], code: int) -> Change:
    odd, even = found.odd[:, code], found.even[:, code]
    alike = found.expected[:, code]
    before, after = float("nan"), float("nan")
    if odd.any() and even.any() and (own * alike).any():
        level = odd.sum() / (alike * found.odd_share).sum()
        fitted = fit_area_factors(odd, level * alike * found.odd_share).factor * level
        before, after = (
            deviance(even, factor * alike * found.even_share)
            for factor in (_with_the_level_of(odd, own, alike * found.odd_share, region), fitted)
        )
    n_odd, n_even = int(odd.sum()), int(even.sum())
    reason = reason_to_keep(n_odd, n_even, before, after)
    return Change("area_factors", {"urgency": URGENCIES[code]}, {}, {}, n_odd + n_even, n_even, before, after, reason)


def _with_the_level_of(counts: F8, factor: F8, expected: F8, region: NDArray[np.int64]) -> F8:
    """Factors on the level that each region's counts have: what they say of areas is tried, not what rates say."""
    size = int(region.max()) + 1
    seen, told = np.bincount(region, counts, size), np.bincount(region, factor * expected, size)
    level = np.divide(seen, told, out=np.ones(size), where=told > 0.0)
    scaled: F8 = factor * level[region]
    return scaled


def _factors(
    study: Study, found: AreaGround, known: AreaFactors, own: B, mean: float, code: int
) -> dict[tuple[str, str], AreaFactor]:
    """Rows of a region's areas in which anything is expected."""
    rows = [
        AreaFactor(
            study.service.areas[area].id,
            URGENCIES[code],
            round(float(known.factor[area]) / mean, DIGITS),
            round(min(float(known.relative_sd[area]), MOST_SD), DIGITS),
        )
        for area in np.flatnonzero(own & (found.expected[:, code] > 0.0)).tolist()
    ]
    return {(row.area, row.urgency): row for row in rows}


def _own_spread(study: Study) -> dict[tuple[str, str], RateSpread]:
    """Spreads that the study has already; those that the log knows take their place."""
    if "rate_spread" not in study.demand:
        return {}
    rows = study.demand["rate_spread"].select("rate_region", "urgency", "relative_sd", "source").rows()
    return {(region, urgency): RateSpread(region, urgency, sd, source or "") for region, urgency, sd, source in rows}
