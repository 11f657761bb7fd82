"""The events that a study names, answered by all its alternatives: tables of its run, and what was assumed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from beredt.decision.major_incident.assumptions import Assumptions
from beredt.decision.major_incident.facts import facts_of
from beredt.decision.major_incident.major_incident import Event
from beredt.decision.major_incident.respond import respond
from beredt.decision.major_incident.study_events import capacity_of_study
from beredt.decision.major_incident.tables import major_tables, no_major_tables
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.study_roads import AnyRoads

Progress = Callable[[str, int, int], None]

STAGE = "Major incident"


def answer_events(
    study: Study,
    network: AnyRoads,
    services: Mapping[str, Service],
    events: Sequence[Event],
    samples: int,
    progress: Progress,
) -> tuple[dict[str, pl.DataFrame], dict[str, Mapping[str, Any]]]:
    """Let every service answer every event, under the assumptions that Beredt brings.

    Args:
        study: with generated demand.
        network: its roads.
        services: by alternative, today first.
        events: of its table `major_incidents`; none for tables without a row.
        samples: moments of each, ≥ 1.
        progress: told of every moment.

    Returns:
        The tables, and by event what `facts_of` says.

    Raises:
        OptionError: a study of a call trace, or no day that will do.
    """
    parts, facts = [], {}
    for number, event in enumerate(events):
        done = number * samples
        answered = respond(
            study,
            network,
            services,
            event,
            Assumptions(capacity=capacity_of_study(study)),
            samples,
            lambda sample, done=done: progress(STAGE, done + sample + 1, len(events) * samples),  # type: ignore[misc]
        )
        parts.append(major_tables(answered))
        facts[event.id] = facts_of(answered)
    tables = {name: pl.concat([empty, *(part[name] for part in parts)]) for name, empty in no_major_tables().items()}
    return tables, facts
