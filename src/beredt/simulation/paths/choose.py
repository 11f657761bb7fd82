"""Which incidents a stage's pathways take."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.demand.generate import GeneratedCalls
from beredt.demand.happenings import draw
from beredt.demand.intensity import HOUR_S
from beredt.demand.philox import uniform_rows
from beredt.demand.purposes import AGAIN_K, OnPathway, Trait
from beredt.dispatch.world import F8, I1, I4
from beredt.model.pathway import CALLERS, ORIGINS, STAGES
from beredt.model.week_hours import WEEK_HOURS
from beredt.simulation.paths.path_rules import PathRules

B = NDArray[np.bool_]
I8 = NDArray[np.int64]

EVERY_CALLER, REPEAT_CALLERS, OTHER_CALLERS = range(len(CALLERS))
ORDINARY, TRANSFERS, ANY_PATIENT = range(len(ORIGINS))


class Chosen(NamedTuple):
    """What the pathways of a stage take of n calls."""

    pathway: I4  # [n] -1: none
    draws: F8  # [words, n] of the pathway's own block; NaN where none takes the call


def choose_pathways(
    rules: PathRules, stage: str, calls: GeneratedCalls, again: B, transfer: B, may: B, given: I1
) -> Chosen:
    """Ask the pathways of a stage one by one; each takes its share of those it is open to and nobody took before.

    Every pathway has draws of its own for every call, so that a greater share takes those it took before and more.

    Args:
        rules: of the service.
        stage: call, scene or delivery.
        calls: whose `urgency` is the one that they were drawn with.
        again: [n] the second call of a patient, whose draws are its own.
        transfer: [n] the patient starts at a hospital.
        may: [n] calls that the stage is about.
        given: [n] urgency given.
    """
    pathway = np.full(len(calls.k), -1, np.int32)
    draws = np.full((len(OnPathway), len(calls.k)), np.nan)
    hour = hours_of(rules, calls.call_t)
    open_to = _OpenTo(rules, calls, transfer)
    for p in np.flatnonzero(rules.stage == STAGES.index(stage)).tolist():
        asked = may & (pathway < 0) & rules.urgency[p, given] & rules.area[p, calls.area] & rules.hour[p, hour]
        at = np.flatnonzero(asked & open_to.callers(p) & open_to.origin(p) & open_to.kinds(p))
        block, k = int(rules.block[p]), calls.k[at].astype(np.int64) + AGAIN_K * again[at]
        own = uniform_rows(calls.seed, calls.replication, calls.stratum[at], k, range(block, block + 1))
        takes = own[OnPathway.TAKES] < rules.share[p]
        pathway[at[takes]] = p
        draws[:, at[takes]] = own[: len(OnPathway), takes]
    return Chosen(pathway, draws)


def hours_of(rules: PathRules, call_t: F8) -> I8:
    """Hour of the week of each call."""
    hour: I8 = (rules.first_hour + (call_t // HOUR_S).astype(np.int64)) % WEEK_HOURS
    return hour


class _OpenTo:
    """Whom a pathway is open to, by what is drawn only where a pathway asks for it."""

    def __init__(self, rules: PathRules, calls: GeneratedCalls, transfer: B) -> None:
        self._rules, self._calls, self._transfer = rules, calls, transfer
        self._everybody = np.ones(len(calls.k), np.bool_)

    def callers(self, p: int) -> B:
        if self._rules.callers[p] == EVERY_CALLER:
            return self._everybody
        repeat = self._draw(Trait.REPEAT) < self._rules.repeat_share
        return repeat if self._rules.callers[p] == REPEAT_CALLERS else ~repeat

    def origin(self, p: int) -> B:
        if self._rules.origin[p] == ANY_PATIENT:
            return self._everybody
        return self._transfer if self._rules.origin[p] == TRANSFERS else ~self._transfer

    def kinds(self, p: int) -> B:
        if self._rules.kind[p].all():
            return self._everybody
        return self._rules.kind[p, self._rules.kinds.of(self._calls, self._transfer)]

    def _draw(self, trait: Trait) -> F8:
        calls = self._calls
        return draw(trait, calls.seed, calls.replication, calls.stratum, calls.k.astype(np.int64))
