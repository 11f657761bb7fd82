"""One moment of an answered event as a playback: where every unit was from before the alarm to the end of the hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from beredt.decision.major_incident.respond import Answered, run_moment
from beredt.decision.major_incident.transport_plan import Load
from beredt.demand.intensity import period_of
from beredt.dispatch.crossing import demand_of
from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.roads.networks import Networks
from beredt.simulation.kernel import outcome_of
from beredt.simulation.playback.heading import heading_of
from beredt.simulation.playback.keep_stretch import keep_stretch
from beredt.simulation.playback.kernel_history import KernelHistory
from beredt.simulation.playback.playback import TICKS_PER_SECOND, Playback
from beredt.simulation.playback.record_playback import ways_of
from beredt.simulation.playback.spots import spots_of
from beredt.simulation.playback.stretch import Stretch
from beredt.simulation.stints import close_stints
from beredt.simulation.study_roads import AnyRoads

BEFORE_MIN = 5.0
"""Minutes before the first alarm at which a playback begins, so that one sees where units are."""


@dataclass(frozen=True, slots=True, eq=False)
class PlayedMoment:
    """A playback, and which of its incidents are the event's: their numbers in it, and the load of each."""

    playback: Playback
    numbers: tuple[int, ...]
    loads: tuple[Load, ...]


def typical_sample(answered: Answered) -> int:
    """The moment whose mobilisation curve today is nearest to the mean of all, the earlier of two alike."""
    tallies = answered.tallies.get(TODAY) or next(iter(answered.tallies.values()))
    minutes = np.array(answered.assumptions.minutes, np.float64)
    came = np.array([(one.arrival_min[:, np.newaxis] <= minutes).sum(axis=0) for one in tallies], np.float64)
    return int(np.abs(came - came.mean(axis=0)).sum(axis=1).argmin())


def play_moment(study: Study, network: AnyRoads, answered: Answered, alternative: str, sample: int) -> PlayedMoment:
    """Run one moment of an alternative once more, and keep what every unit did.

    Args:
        study: the study that was asked.
        network: its roads.
        answered: its answer.
        alternative: which of the alternatives in it.
        sample: which of its moments.
    """
    answering, assumptions = answered.prepared[alternative], answered.assumptions
    alarm_s = float(answered.alarm_s[sample])
    sampled = run_moment(study, answering, answered.event, assumptions, alarm_s, sample, {})
    world, injected, service = answering.case.world, sampled.injected, answering.service
    demand = demand_of(injected.incidents, world)
    state = sampled.with_event.state
    close_stints(answering.land, state, sampled.window.end_s)
    outcome = outcome_of(answering.land, demand, state, km=False)
    ways = ways_of(network.of(service) if isinstance(network, Networks) else network)
    spots = spots_of(study, service, answering.roads, ways, world, injected.incidents)
    history = KernelHistory(world, injected.incidents, outcome, ways, spots)
    stretch = _stretch(study, alarm_s, assumptions.horizon_min * 60.0)
    playback = keep_stretch(heading_of(study, service, alternative, sample), history, stretch)
    return PlayedMoment(playback, tuple(injected.row.tolist()), injected.asked)


def _stretch(study: Study, alarm_s: float, length_s: float) -> Stretch:
    from_s = max(0.0, alarm_s - BEFORE_MIN * 60.0)
    first = datetime.combine(period_of(study.settings).first_day, time())
    to_s = round((alarm_s + length_s) * TICKS_PER_SECOND) / TICKS_PER_SECOND
    return Stretch(from_s, to_s, first + timedelta(seconds=from_s))
