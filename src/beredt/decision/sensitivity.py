"""Sensitivities: every alternative and the baseline once more, under other assumptions.

The assumption is laid on top of both sides of a comparison, after the alternative's own edits, so what is compared
stays the alternatives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from beredt.decision.compare import Difference, paired_differences
from beredt.decision.gate import GateResult, judge
from beredt.decision.group_measures import GroupMeasures, Measure
from beredt.decision.measure_services import MeasureServices
from beredt.model.edits.apply import apply_edits
from beredt.model.sensitivity import Sensitivity
from beredt.model.service import Service
from beredt.model.settings_sections import GateSection


@dataclass(frozen=True, slots=True)
class Weighed:
    """One alternative under one sensitivity (empty id: the study's own assumptions).

    `gate` is None for the baseline itself. `levels`: mean over replications of each (group, measure), in the unit of
    `LEVEL_UNIT`, NaN without any incident. `differences`: against the baseline under the same assumptions.
    """

    sensitivity: str
    alternative: str
    gate: GateResult | None
    levels: Mapping[tuple[str, Measure], float]
    differences: tuple[Difference, ...]


def weigh(measures: Mapping[str, GroupMeasures], rule: GateSection, sensitivity: str = "") -> tuple[Weighed, ...]:
    """Compare every alternative (by id) with the baseline among them, in the given order.

    Raises KeyError when the baseline is missing, ValueError when replications differ.
    """
    baseline = measures[rule.baseline]
    answers = []
    for alternative, own in measures.items():
        differences = paired_differences(own, baseline, rule.groups)
        levels = {(d.group, d.measure): _mean(own, d.measure, d.group) for d in differences}
        gate = None if alternative == rule.baseline else judge(own, baseline, rule)
        answers.append(Weighed(sensitivity, alternative, gate, levels, differences))
    return tuple(answers)


def weigh_sensitivities(
    services: Mapping[str, Service],
    sensitivities: Sequence[Sensitivity],
    rule: GateSection,
    measure: MeasureServices,
    replications: int,
) -> tuple[Weighed, ...]:
    """Simulate and weigh all services under each sensitivity in turn.

    `services`: finished service by alternative id, the baseline among them. Raises EditError where the edits of a
    sensitivity do not fit a service.
    """
    answers: list[Weighed] = []
    for sensitivity in sensitivities:
        changed = services_under(services, sensitivity, rule.baseline)
        measures = measure(changed, replications)
        answers += weigh({key: measures[key] for key in changed}, rule, sensitivity.id)
    return tuple(answers)


def services_under(services: Mapping[str, Service], sensitivity: Sensitivity, baseline: str) -> dict[str, Service]:
    """Every service with the edits of a sensitivity on top.

    One that is about some alternatives only gives those, and the baseline as it is. Raises EditError where edits do
    not fit.
    """
    named = sensitivity.alternatives
    changed = {
        key: apply_edits(service, sensitivity.edits, f"study.toml: sensitivity {sensitivity.id} on alternative {key}")
        for key, service in services.items()
        if not named or key in named
    }
    return changed if baseline in changed else {baseline: services[baseline]} | changed


def _mean(measures: GroupMeasures, measure: Measure, group: str) -> float:
    values = measures.values(measure, group)
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")
