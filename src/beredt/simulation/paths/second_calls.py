"""Patients who were told to manage without a unit and call again."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.demand.generate import GeneratedCalls
from beredt.demand.philox import uniform_rows
from beredt.demand.purposes import AGAIN_K, OnPathway, Purpose, draw_blocks
from beredt.simulation.paths.choose import Chosen
from beredt.simulation.paths.path_rules import PathRules

I8 = NDArray[np.int64]

OF_THE_PATIENT = (Purpose.TRANSPORT, Purpose.HOSPITAL, Purpose.HOSPITAL_ORIGIN)
"""Draws that a second call shares with the first."""


def second_calls(rules: PathRules, calls: GeneratedCalls, chosen: Chosen) -> tuple[GeneratedCalls, I8]:
    """The second calls of those who took a pathway at the call, in order of the first.

    A patient calls again when the draw of the pathway is below its share, after an exponential delay. What would come
    after the end of the simulated period is left out.

    Args:
        rules: of the service.
        calls: first calls.
        chosen: pathways at the call.

    Returns:
        The second calls, and the place of each first one in `calls`. They keep the area, the urgency drawn, the name
        and the draws of the patient; all others of `Purpose` are their own. Whatever is drawn by that name, such as
        what the incident asks for and whether a helicopter can fly to it, is as at the first call.
    """
    at = np.flatnonzero(chosen.pathway >= 0)
    at = at[chosen.draws[OnPathway.AGAIN, at] < rules.again_share[chosen.pathway[at]]]
    delay_s = -rules.again_s[chosen.pathway[at]] * np.log(chosen.draws[OnPathway.AGAIN_DELAY, at])
    call_t = np.floor((calls.call_t[at] + delay_s) * 1000.0) / 1000.0
    at, call_t = at[call_t < rules.end_s], call_t[call_t < rules.end_s]
    again = replace(taken_calls(calls, at), call_t=call_t)
    k = again.k.astype(np.int64) + AGAIN_K
    own = uniform_rows(calls.seed, calls.replication, again.stratum, k, draw_blocks())[: len(Purpose)]
    for purpose in OF_THE_PATIENT:
        own[purpose] = again.draws[purpose]
    return replace(again, draws=own), at


def taken_calls(calls: GeneratedCalls, at: NDArray[np.int64] | NDArray[np.bool_]) -> GeneratedCalls:
    """Some calls, in the order of `at`."""
    columns = {field.name: getattr(calls, field.name) for field in fields(calls)}
    taken: dict[str, Any] = {
        name: np.ascontiguousarray(column[..., at])
        for name, column in columns.items()
        if isinstance(column, np.ndarray)
    }
    return replace(calls, **taken)


def joined_calls(first: GeneratedCalls, second: GeneratedCalls) -> GeneratedCalls:
    """The calls of both, first ones first."""
    columns = {field.name: (getattr(first, field.name), getattr(second, field.name)) for field in fields(first)}
    both: dict[str, Any] = {
        name: np.concatenate(pair, axis=-1) for name, pair in columns.items() if isinstance(pair[0], np.ndarray)
    }
    return replace(first, **both)
