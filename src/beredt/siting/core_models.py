"""The models of stations alone, by the names that the command line knows them by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from beredt.siting import lscp, mclp, p_centre, p_median
from beredt.siting.answer import SitingAnswer
from beredt.siting.problem import SitingProblem
from beredt.siting.program import Limits, Program, Progress, Stop

Solve = Callable[[SitingProblem, int | None, Limits, Progress | None, Stop | None], SitingAnswer]
Build = Callable[[SitingProblem, int | None], Program]


@dataclass(frozen=True, slots=True)
class CoreModel:
    """A model: what it looks for, how it is solved, and its programme for the k best; None where it has no single one.

    The first S columns of the programme say whether sites are open.
    """

    looks_for: str
    solve: Solve
    build: Build | None


CORE_MODELS = {
    "lscp": CoreModel("fewest stations that reach everybody (Toregas et al. 1971)", lscp.solve_lscp, lscp.build),
    "mclp": CoreModel("most calls within their target (Church and ReVelle 1974)", mclp.solve_mclp, mclp.build),
    "pmedian": CoreModel("shortest mean drive (Hakimi 1964)", p_median.solve_p_median, p_median.build),
    "pcentre": CoreModel("shortest longest drive (Hakimi 1964)", p_centre.solve_p_centre, None),
}
"""Models by name; `beredt.siting.named_models` has those that also ask whether a unit is free."""
