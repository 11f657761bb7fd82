"""The settings of a study: `study.toml` as one frozen object."""

from __future__ import annotations

from math import inf
from typing import Annotated

from pydantic import Field

from beredt.errors import UnknownIdError
from beredt.model.dispatch_rules import DispatchRules, seconds_or_never
from beredt.model.field import clock_seconds
from beredt.model.misrouting import Misrouting
from beredt.model.relocation_rules import RelocationRules
from beredt.model.settings_base import FromList, Section
from beredt.model.settings_sections import (
    BreakEvenSection,
    DemandSection,
    DispatchSection,
    GateSection,
    Group,
    MisroutingSection,
    ProbabilisticSection,
    RelocationSection,
    ReportSection,
    RoadsSection,
    SensitivitySection,
    SimulationSection,
    SimultaneitySection,
    StudySection,
    Target,
    TravelSection,
)
from beredt.model.study_form import StudyForm


class StudySettings(Section):
    """`study.toml`; `simultaneity`, `gate`, `break_even` and `probabilistic` are None in a study without them."""

    study: StudySection
    simulation: SimulationSection
    roads: RoadsSection = RoadsSection()
    demand: DemandSection = DemandSection()
    travel: TravelSection = TravelSection()
    dispatch: DispatchSection = DispatchSection()
    relocation: RelocationSection = RelocationSection()
    misrouting: MisroutingSection = MisroutingSection()
    targets: Annotated[tuple[Target, ...], FromList, Field(min_length=1)]
    groups: Annotated[tuple[Group, ...], FromList] = ()
    simultaneity: SimultaneitySection | None = None
    gate: GateSection | None = None
    sensitivities: Annotated[tuple[SensitivitySection, ...], FromList] = ()
    break_even: BreakEvenSection | None = None
    probabilistic: ProbabilisticSection | None = None
    report: ReportSection = ReportSection()

    def form(self) -> StudyForm:
        """Where roads and incidents come from."""
        return StudyForm(self.roads.form, self.demand.source)

    def get_group(self, group_id: str) -> Group:
        """The group with this id. Raises UnknownIdError."""
        groups = {group.id: group for group in self.groups}
        if group_id not in groups:
            raise UnknownIdError("group", group_id, groups)
        return groups[group_id]

    def dispatch_rules(self) -> DispatchRules:
        """`[dispatch]` as the service carries it."""
        rules = self.dispatch
        cutoff, wait = rules.cutoff_s, rules.cutoff_wait_s
        return DispatchRules(
            divert=tuple((pair[0], pair[2]) for pair in rules.divert),
            divert_margin_s=rules.divert_margin_s,
            responder_release_s=rules.responder_release_s,
            rule=rules.rule,
            busy_fraction=rules.busy_fraction,
            least_loss_for=rules.least_loss_for,
            cutoff_s=(_seconds(cutoff.A), _seconds(cutoff.H), _seconds(cutoff.V)),
            cutoff_wait_s=(wait.A, wait.H, wait.V),
            rebook_gain_s=_seconds(rules.rebook_gain_s),
        )

    def relocation_rules(self) -> RelocationRules:
        """`[relocation]` as the service carries it."""
        rules = self.relocation
        return RelocationRules(
            rule=rules.rule,
            busy_fraction=rules.busy_fraction,
            cover_worth_s=rules.cover_worth_min * 60.0,
            table=rules.table or "",
            only_centre=rules.only_centre or "",
            most_moves=_or_no_limit(rules.most_moves),
            most_move_s=_or_no_limit(rules.most_move_min) * 60.0,
            most_move_km=_or_no_limit(rules.most_move_km),
            most_shift_km=_or_no_limit(rules.most_shift_km),
            quiet_start_s=clock_seconds(rules.quiet_start),
            quiet_end_s=clock_seconds(rules.quiet_end),
        )

    def misrouting_rule(self) -> Misrouting:
        """`[misrouting]` as the service carries it."""
        rule = self.misrouting
        return Misrouting(rule.band_km, rule.share, rule.delay_min_s, rule.delay_max_s, rule.effect == "simulated")


def _seconds(given: float | None) -> float:
    return inf if given is None else seconds_or_never(given)


def _or_no_limit(given: float | None) -> float:
    return inf if given is None else float(given)
