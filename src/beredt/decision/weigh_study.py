"""All that weighing a study's alternatives asks for: the gate, its sensitivities, the break-even."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from beredt.decision.break_even import BreakEven, find_break_even, services_at_all_levels
from beredt.decision.gate_measures import SimulateServices, gate_measures, measured_by
from beredt.decision.remembered import RememberedMeasures
from beredt.decision.sensitivity import Weighed, services_under, weigh, weigh_sensitivities
from beredt.decision.tables import (
    break_even_points_table,
    break_even_table,
    gate_table,
    sensitivity_table,
    verdict_table,
)
from beredt.decision.verdict import AlternativeVerdict, final_verdict
from beredt.indicators.tally import Tally
from beredt.model.sensitivity import Sensitivity
from beredt.model.service import Service
from beredt.model.settings_sections import BreakEvenSection, GateSection


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the gate says: of every alternative under the study's own and under other assumptions."""

    rule: GateSection
    weighed: tuple[Weighed, ...]
    verdicts: tuple[AlternativeVerdict, ...]
    break_even: tuple[BreakEven, ...]

    def tables(self) -> dict[str, pl.DataFrame]:
        """Result tables by name."""
        return {
            "gate": gate_table(self.weighed, self.rule),
            "verdicts": verdict_table(self.verdicts),
            "sensitivities": sensitivity_table(self.weighed, self.rule),
            "break_even": break_even_table(self.break_even),
            "break_even_points": break_even_points_table(self.break_even),
        }


def weigh_study(
    services: Mapping[str, Service],
    tallies: Mapping[str, Sequence[Tally]],
    group_ids: Sequence[str],
    rule: GateSection,
    sensitivities: Sequence[Sensitivity],
    break_even: BreakEvenSection | None,
    simulate: SimulateServices,
) -> Weighing:
    """Weigh alternatives against the gate's baseline.

    A sensitivity that decides can take an answer back, so it gets as many replications as the answer itself; where
    there is no answer to take back, and for the other sensitivities, as many as the break-even will do.

    Args:
        services: finished service by alternative id, the gate's baseline among them.
        tallies: counts of each, one per replication.
        group_ids: what the first axis of the counts stands for.
        rule: the gate, declared before the run.
        sensitivities: of the study.
        break_even: which levers to try; None for none.
        simulate: runs services.

    Raises:
        EditError: edits of a sensitivity, or the unit of the break-even, that do not fit.
    """
    measures = {name: gate_measures(tallies[name], group_ids, rule) for name in services}
    measure = RememberedMeasures(measured_by(simulate, group_ids, rule))
    for name, service in services.items():
        measure.remember(service, measures[name])
    full = len(next(iter(tallies.values())))
    brief = min(full, break_even.replications) if break_even else full
    main = weigh(measures, rule)
    parts = _parts(services, main, rule, sensitivities, full, brief)
    _measure_all(parts, services, rule, break_even, measure)
    under = [
        one
        for part in parts
        for one in weigh_sensitivities(part.services, [part.sensitivity], rule, measure, part.replications)
        if one.alternative in part.about
    ]
    return Weighing(
        rule=rule,
        weighed=(*main, *under),
        verdicts=tuple(_verdict(one, under, sensitivities) for one in main if one.gate is not None),
        break_even=find_break_even(services, rule, break_even, measure) if break_even else (),
    )


class _Part(NamedTuple):
    """Alternatives under one sensitivity that get equally many replications, the baseline beside them."""

    sensitivity: Sensitivity
    about: Set[str]
    services: Mapping[str, Service]
    replications: int


def _parts(
    services: Mapping[str, Service],
    main: Sequence[Weighed],
    rule: GateSection,
    sensitivities: Sequence[Sensitivity],
    full: int,
    brief: int,
) -> list[_Part]:
    answered = {one.alternative for one in main if one.gate is not None and one.gate.verdict != "undecided"}
    parts = []
    for sensitivity in sensitivities:
        for about, replications in (
            (answered, full if sensitivity.decides else brief),
            (services.keys() - answered, brief),
        ):
            if about:
                beside = about | {rule.baseline}
                chosen = {name: service for name, service in services.items() if name in beside}
                parts.append(_Part(sensitivity, about, chosen, replications))
    return parts


def _measure_all(
    parts: Sequence[_Part],
    services: Mapping[str, Service],
    rule: GateSection,
    break_even: BreakEvenSection | None,
    measure: RememberedMeasures,
) -> None:
    """Measure all that will be asked for in few large runs: draws are shared, and no worker waits between runs."""
    wanted: dict[int, dict[str, Service]] = defaultdict(dict)
    for part in parts:
        for name, service in services_under(part.services, part.sensitivity, rule.baseline).items():
            wanted[part.replications][f"{part.sensitivity.id}/{name}"] = service
    if break_even:
        for name, service in services_at_all_levels(services, rule, break_even).items():
            wanted[break_even.replications][name] = service
    for replications in sorted(wanted, reverse=True):
        measure(wanted[replications], replications)


def _verdict(main: Weighed, under: Sequence[Weighed], sensitivities: Sequence[Sensitivity]) -> AlternativeVerdict:
    if main.gate is None:
        raise ValueError(f"alternative {main.alternative} is the baseline and has no verdict")
    answers = {
        one.sensitivity: one.gate for one in under if one.alternative == main.alternative and one.gate is not None
    }
    return final_verdict(main.alternative, main.gate, answers, sensitivities)
