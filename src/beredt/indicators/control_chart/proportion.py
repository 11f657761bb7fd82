"""The p chart: a share of cases, such as incidents reached in time, month by month."""

from __future__ import annotations

import numpy as np

from beredt.errors import OutOfRangeError
from beredt.indicators.control_chart.chart import SIGMAS, WEAK_EXPECTED, ControlChart, Phases
from beredt.indicators.control_chart.counts import centre_of, check_counts, widening
from beredt.indicators.observed import F8


def p_chart(cases: F8, sizes: F8, phases: Phases, *, widened: bool = False) -> ControlChart:
    """Shares about their mean, with limits from the binomial distribution.

    With p̄ = Σ cases / Σ sizes over the baseline, a point of size n has the limits

        p̄ ± 3 · √(p̄ (1 − p̄) / n)

    cut off at 0 and 1 (Montgomery, section 7.2). Months of thousands of incidents differ by more than that for reasons
    nobody can remove (weather, holidays); `widened` then multiplies the spread by what neighbours differ beyond it, and
    makes it Laney's p′ chart.

    Args:
        cases: [T] how many of the incidents count, 0 or more and not above `sizes`.
        sizes: [T] how many incidents there were; a point of size 0 has no value.
        phases: Of T points.
        widened: Make a p′ chart.

    Raises:
        OutOfRangeError: The counts cannot be counts, or there are more cases than incidents.
    """
    check_counts(cases, sizes, phases)
    if (cases > sizes).any():
        raise OutOfRangeError(
            "a number of cases", float(cases[cases > sizes][0]), "it is above its number of incidents"
        )
    centre = centre_of(cases, sizes, phases)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(sizes > 0, cases / sizes, np.nan)
        sigma = np.where(sizes > 0, np.sqrt(centre * (1 - centre) / sizes), np.nan)
        wider = widening((value - centre) / sigma, phases) if widened else np.ones(cases.shape)
    sigma = sigma * wider
    none = np.full(cases.shape, np.nan)
    return ControlChart(
        kind="p_prime" if widened else "p",
        value=value,
        centre=centre,
        sigma=sigma,
        low=np.maximum(centre - SIGMAS * sigma, 0.0),
        high=np.minimum(centre + SIGMAS * sigma, 1.0),
        weak=sizes * np.minimum(centre, 1 - centre) < WEAK_EXPECTED,
        phase=phases.number,
        moving_range=none,
        range_high=none,
    )
