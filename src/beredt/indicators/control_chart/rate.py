"""The u chart: cases per size of what they can happen in, such as cancelled missions per 1,000 hours on duty."""

from __future__ import annotations

import numpy as np

from beredt.indicators.control_chart.chart import SIGMAS, WEAK_EXPECTED, ControlChart, Phases
from beredt.indicators.control_chart.counts import centre_of, check_counts, widening
from beredt.indicators.observed import F8


def u_chart(cases: F8, sizes: F8, phases: Phases, *, widened: bool = False) -> ControlChart:
    """Rates about their mean, with limits from the Poisson distribution.

    With ū = Σ cases / Σ sizes over the baseline, a point of size n has the limits

        ū ± 3 · √(ū / n)

    cut off at 0 (Montgomery, section 7.3). `widened` makes it Laney's u′ chart, as in :func:`p_chart`.

    Args:
        cases: [T] number of cases, 0 or more; an incident may have several.
        sizes: [T] what they can happen in, in any unit (missions, hours on duty, thousands of people); not above 0: no
            value.
        phases: Of T points.
        widened: Make a u′ chart.

    Raises:
        OutOfRangeError: The counts cannot be counts.
    """
    check_counts(cases, sizes, phases)
    centre = centre_of(cases, sizes, phases)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(sizes > 0, cases / sizes, np.nan)
        sigma = np.where(sizes > 0, np.sqrt(centre / sizes), np.nan)
        wider = widening((value - centre) / sigma, phases) if widened else np.ones(cases.shape)
    sigma = sigma * wider
    none = np.full(cases.shape, np.nan)
    return ControlChart(
        kind="u_prime" if widened else "u",
        value=value,
        centre=centre,
        sigma=sigma,
        low=np.maximum(centre - SIGMAS * sigma, 0.0),
        high=centre + SIGMAS * sigma,
        weak=sizes * centre < WEAK_EXPECTED,
        phase=phases.number,
        moving_range=none,
        range_high=none,
    )
