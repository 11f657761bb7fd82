"""What is behind each call of a replication: true need, urgency given, condition."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.demand.generate import GeneratedCalls
from beredt.demand.happenings import draw
from beredt.demand.purposes import Need
from beredt.dispatch.world import F8, I1, I4
from beredt.simulation.paths.path_rules import PathRules
from beredt.simulation.paths.triage_rules import given_urgencies, true_urgencies


class Needs(NamedTuple):
    """Of n calls."""

    true: I1  # [n] as drawn where nothing is known of it
    given: I1  # [n]
    condition: I4  # [n] -1: none


def needs_of(rules: PathRules, calls: GeneratedCalls) -> Needs:
    """Work out what is behind calls, by draws of their own; the same in every alternative but for what it changes."""

    def own(purpose: Need) -> F8:
        return draw(purpose, calls.seed, calls.replication, calls.stratum, calls.k.astype(np.int64))

    true = given = calls.urgency
    if rules.triage is not None:
        true = true_urgencies(rules.triage, calls.area, calls.urgency, own(Need.TRUE_URGENCY))
        stays, which = own(Need.GIVEN_URGENCY), own(Need.GIVEN_WHICH)
        given = given_urgencies(rules.triage, true, calls.urgency, stays, which)
    condition = np.full(len(true), -1, np.int32)
    if rules.condition_below.shape[1]:
        below = rules.condition_below[true]
        number = (own(Need.CONDITION)[:, None] >= below).sum(axis=1)
        condition = np.where(number < below.shape[1], number, -1).astype(np.int32)
    return Needs(true, given, condition)
