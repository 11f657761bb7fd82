"""One generated year of the bundled study, made ready as `beredt simulate` makes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from beredt.demand.generate import generate_calls
from beredt.dispatch.world import Incidents, World
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.build import load_or_build_network
from beredt.roads.network import Network
from beredt.simulation.case import prepare_case
from beredt.simulation.kernel import first_incidents
from beredt.simulation.pack_incidents import pack_incidents
from beredt.simulation.study_roads import study_roads

STUDY = "asker-baerum"
DAY_S = 86_400.0


@dataclass(frozen=True, slots=True, eq=False)
class GeneratedYear:
    """One replication of one alternative, as the kernel takes it."""

    alternative: str
    world: World
    incidents: Incidents

    @property
    def calls(self) -> int:
        """Number of incidents."""
        return len(self.incidents.call_t)

    @property
    def days(self) -> float:
        """Length of the simulated period."""
        return self.world.end_s / DAY_S

    def first_days(self, days: float) -> GeneratedYear:
        """Cut to the incidents called in the first days, and stop there."""
        end_s = min(days * DAY_S, self.world.end_s)
        count = int(np.searchsorted(self.incidents.call_t, end_s))
        incidents = first_incidents(self.incidents, count)
        return GeneratedYear(self.alternative, self.world._replace(end_s=end_s), incidents)


def load_bundled() -> tuple[Study, Network]:
    """Read the bundled study and its roads."""
    study = load_study(STUDY)
    return study, load_or_build_network(study)


def generate_year(study: Study, network: Network, alternative: str | None) -> GeneratedYear:
    """Make replication 0 of an alternative (None: the base) ready.

    Raises:
        UnknownIdError: no such alternative.
    """
    edits = study.get_alternative(alternative).edits if alternative is not None else ()
    case = prepare_case(study, study_roads(study, network), apply_edits(study.service, edits))
    calls = generate_calls(case.generated.demand, study.settings.simulation.seed, 0)
    return GeneratedYear(alternative or "today", case.world, pack_incidents(case.generated.rules, calls))
