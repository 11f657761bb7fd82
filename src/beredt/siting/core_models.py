"""The models of stations alone, by the names that the command line knows them by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from beredt.siting import lscp, mclp, p_centre, p_median
from beredt.siting.answer import SitingAnswer
from beredt.siting.k_best import Range
from beredt.siting.p_centre_several import best_centres, centre_ranges
from beredt.siting.problem import SitingProblem
from beredt.siting.program import Limits, Program, Progress, Stop
from beredt.siting.several_answers import best_site_sets, site_set_ranges

Solve = Callable[[SitingProblem, int | None, Limits, Progress | None, Stop | None], SitingAnswer]
Build = Callable[[SitingProblem, int | None], Program]


@dataclass(frozen=True, slots=True)
class CoreModel:
    """A model: what it looks for, how it is solved, and its programme for more answers than the best.

    `build` is None for p-centre, whose sets of sites are found otherwise. The first S columns of the programme say
    whether sites are open.
    """

    name: str
    looks_for: str
    solve: Solve
    build: Build | None

    def k_best(
        self,
        problem: SitingProblem,
        stations: int | None,
        k: int,
        limits: Limits,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> list[SitingAnswer]:
        """The k best sets of sites; see :func:`beredt.siting.several_answers.best_site_sets`."""
        if self.build is None:
            return best_centres(problem, stations, k, limits, stop)
        return best_site_sets(self.name, self.build(problem, stations), problem, k, limits, progress, stop)

    def ranges(
        self, problem: SitingProblem, stations: int | None, share: float, limits: Limits, stop: Stop | None = None
    ) -> Mapping[str, Range]:
        """Which sites near-optimal sets have; see :func:`beredt.siting.several_answers.site_set_ranges`."""
        if self.build is None:
            return centre_ranges(problem, stations, share, limits, stop)
        return site_set_ranges(self.name, self.build(problem, stations), problem, share, limits, stop)


def _by_name(*models: CoreModel) -> dict[str, CoreModel]:
    return {model.name: model for model in models}


CORE_MODELS = _by_name(
    CoreModel("lscp", "fewest stations that reach everybody (Toregas et al. 1971)", lscp.solve_lscp, lscp.build),
    CoreModel("mclp", "most calls within their target (Church and ReVelle 1974)", mclp.solve_mclp, mclp.build),
    CoreModel("pmedian", "shortest mean drive (Hakimi 1964)", p_median.solve_p_median, p_median.build),
    CoreModel("pcentre", "shortest longest drive (Hakimi 1964)", p_centre.solve_p_centre, None),
)
"""Models by name; `beredt.siting.named_models` has those that also ask whether a unit is free."""
