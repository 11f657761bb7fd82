"""The settings of a study: `study.toml` as one frozen object."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from beredt.errors import UnknownIdError
from beredt.model.dispatch_rules import DispatchRules
from beredt.model.misrouting import Misrouting
from beredt.model.settings_base import FromList, Section
from beredt.model.settings_sections import (
    BreakEvenSection,
    DemandSection,
    DispatchSection,
    GateSection,
    Group,
    MisroutingSection,
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
    """`study.toml`. `simultaneity`, `gate` and `break_even` are None where the study has no such chapter."""

    study: StudySection
    simulation: SimulationSection
    roads: RoadsSection = RoadsSection()
    demand: DemandSection = DemandSection()
    travel: TravelSection = TravelSection()
    dispatch: DispatchSection = DispatchSection()
    misrouting: MisroutingSection = MisroutingSection()
    targets: Annotated[tuple[Target, ...], FromList, Field(min_length=1)]
    groups: Annotated[tuple[Group, ...], FromList] = ()
    simultaneity: SimultaneitySection | None = None
    gate: GateSection | None = None
    sensitivities: Annotated[tuple[SensitivitySection, ...], FromList] = ()
    break_even: BreakEvenSection | None = None

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
        pairs = tuple((pair[0], pair[2]) for pair in self.dispatch.divert)
        return DispatchRules(pairs, self.dispatch.divert_margin_s, self.dispatch.responder_release_s)

    def misrouting_rule(self) -> Misrouting:
        """`[misrouting]` as the service carries it."""
        rule = self.misrouting
        return Misrouting(rule.band_km, rule.share, rule.delay_min_s, rule.delay_max_s)
