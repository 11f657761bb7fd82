"""Years of the tiny study for tests of answers, simulated here and not by workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from beredt.indicators.runs import Runs
from beredt.model.study import Study
from beredt.roads.build import build_network, road_inputs
from beredt.roads.ground import ground_of
from beredt.simulation.warm_study import WarmStudy
from beredt.web.answers.asking import Proposal
from beredt.web.answers.forms import AnswersQuestion
from beredt.web.open_study import without_plans


class Year:
    """A study kept warm."""

    def __init__(self, study: Study) -> None:
        base = without_plans(study)
        self._warm = WarmStudy(base, build_network(base), ground_of(road_inputs(base)), 1 << 28)

    def runs(self, proposals: Mapping[str, Proposal], replications: int) -> dict[str, Runs]:
        """Replications 0, 1, … of every proposal."""
        return {
            name: Runs(
                self._warm.frame(one.key, one.edits),
                tuple(self._warm.tally(one.key, one.edits, number) for number in range(replications)),
            )
            for name, one in proposals.items()
        }


def question(**asked: object) -> AnswersQuestion:
    """A question of some page."""
    return AnswersQuestion.model_validate({"page": "page", "ticket": 1, **asked})


def with_replications(study: Study, replications: int) -> Study:
    """The same study with more replications."""
    simulation = study.settings.simulation.model_copy(update={"replications": replications})
    return replace(study, settings=study.settings.model_copy(update={"simulation": simulation}))
