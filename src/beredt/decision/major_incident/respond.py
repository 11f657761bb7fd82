"""The answer of every alternative to an event, over a sample of moments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from beredt.decision.major_incident.assumptions import EMERGENCY_CAPACITY, OTHER_CAPACITY, Assumptions
from beredt.decision.major_incident.major_incident import Event
from beredt.decision.major_incident.moments import sample_alarms
from beredt.decision.major_incident.needed import refuse_unknown_kinds
from beredt.decision.major_incident.sample import Answering, Sampled, prepare_answering, run_sample
from beredt.decision.major_incident.tally import Tally, tally_sample
from beredt.decision.major_incident.window import Window
from beredt.demand.generate import GeneratedCalls, generate_calls
from beredt.demand.intensity import HOUR_S, period_of
from beredt.demand.population import people_by_area
from beredt.dispatch.world import F8, I8
from beredt.errors import OptionError, UnknownIdError
from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.study_roads import AnyRoads, study_roads

AFTER_S = 3600.0
"""A run goes on for so long after the hours followed, so that calls of their last minutes are answered."""

OnSample = Callable[[int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """An event answered: S samples of every alternative, all on the same moments with the same draws."""

    event: Event
    assumptions: Assumptions
    alarm_s: F8  # [S] seconds from simulated time 0
    prepared: Mapping[str, Answering]
    tallies: Mapping[str, Sequence[Tally]]  # [S] by alternative

    def of_today(self, tallies: Sequence[Tally]) -> Sequence[Tally]:
        """Samples of today, which others are compared with; these themselves where today was not asked."""
        return self.tallies.get(TODAY, tallies)


def respond(
    study: Study,
    network: AnyRoads,
    services: Mapping[str, Service],
    event: Event,
    assumptions: Assumptions,
    samples: int,
    on_sample: OnSample = lambda _: None,
) -> Answered:
    """Let every service answer an event.

    Sample k is a moment of replication k: the generated incidents of the days before and of the hours after go on.

    Args:
        study: with generated demand.
        network: its roads.
        services: by alternative, today first.
        event: the event.
        assumptions: of the answer.
        samples: how many moments, ≥ 1.
        on_sample: told of every sample that is done.

    Raises:
        OptionError: a study of a call trace, or no day that will do.
        UnknownIdError: a capacity of a hospital, or a needed kind of unit, that nobody has.
    """
    refuse_unknown_kinds(event.needed, services.values())
    if study.trace is not None:
        raise OptionError(
            "STUDY",
            study.settings.study.id,
            "it replays given calls, of which there is one year only",
            "use a study with rates, whose days can be drawn anew",
        )
    seed = study.settings.simulation.seed
    alarms = sample_alarms(event.when, period_of(study.settings), samples, followed_s(assumptions), seed)
    prepared = {
        key: prepare_answering(
            study, study_roads(study, network, service), service, event, capacity_of(service, assumptions), assumptions
        )
        for key, service in services.items()
    }
    people = {
        key: people_by_area(one.areas, study.population, study.settings.study.year) for key, one in services.items()
    }
    tallies: dict[str, list[Tally]] = {key: [] for key in services}
    for sample in range(samples):
        drawn: dict[str, GeneratedCalls] = {}
        for key, answering in prepared.items():
            sampled = run_moment(study, answering, event, assumptions, float(alarms[sample]), sample, drawn)
            tallies[key].append(tally_sample(answering, event, sampled, people[key], assumptions))
        on_sample(sample)
    return Answered(event, assumptions, alarms, prepared, tallies)


def run_moment(
    study: Study,
    answering: Answering,
    event: Event,
    assumptions: Assumptions,
    alarm_s: float,
    sample: int,
    drawn: dict[str, GeneratedCalls],
) -> Sampled:
    """Let an alternative answer an event at one moment.

    Args:
        study: with generated demand.
        answering: the alternative.
        event: the event.
        assumptions: of the answer.
        alarm_s: the first alarm, seconds from simulated time 0.
        sample: the moment's number, which is also the replication whose incidents go on around it.
        drawn: calls of this sample by the demand that they are of, and taken from here where they are.
    """
    window = Window(max(0.0, alarm_s - assumptions.warm_up_h * HOUR_S), alarm_s, alarm_s + followed_s(assumptions))
    demand, seed = answering.case.generated.demand, study.settings.simulation.seed
    same = demand.checksum()
    if same not in drawn:
        drawn[same] = generate_calls(demand, seed, sample)
    return run_sample(answering, event, drawn[same], window, assumptions, seed, sample)


def followed_s(assumptions: Assumptions) -> float:
    """Seconds from the first alarm to the end of a run."""
    return assumptions.horizon_min * 60.0 + AFTER_S


def capacity_of(service: Service, assumptions: Assumptions) -> I8:
    """Patients by severity that each hospital takes in all when it is open, [H, 3]. Raises UnknownIdError."""
    known = [row.id for row in service.hospitals]
    for name in assumptions.capacity:
        if name not in known:
            raise UnknownIdError("hospital", name, known)
    rows = [
        assumptions.capacity.get(row.id, EMERGENCY_CAPACITY if row.emergency else OTHER_CAPACITY)
        for row in service.hospitals
    ]
    return np.array(rows, np.int64).reshape(-1, 3)
