"""The hospital that takes a patient in, where the one meant is closed."""

from __future__ import annotations

import numpy as np

from beredt.demand.generate import GeneratedCalls
from beredt.demand.happenings import draw
from beredt.demand.purposes import Need
from beredt.dispatch.world import I4
from beredt.simulation.paths.choose import hours_of
from beredt.simulation.paths.closed_hours import open_instead
from beredt.simulation.paths.path_rules import PathRules


def taken_in(paths: PathRules, calls: GeneratedCalls, hospital: I4) -> I4:
    """The hospital that takes each patient in, in the hour of the call."""
    if paths.closed is None:
        return hospital
    by_pass = draw(Need.BY_PASS, calls.seed, calls.replication, calls.stratum, calls.k.astype(np.int64))
    return open_instead(paths.closed, hospital, calls.area, calls.urgency, hours_of(paths, calls.call_t), by_pass)
