"""What the models of availability want to know besides the problem and the purse, each with a default."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.coverage.survival import DEFAULT_CURVE, SurvivalCurve, get_curve
from beredt.siting.bernoulli_nash import NOTHING_IS_WORTH
from beredt.siting.group_shares import Groups, each_area
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.worst_share import MAY_BE_GIVEN_UP

MISSION_S = 3_540.0
"""59 minutes: mean time that a mission keeps a unit busy, where a study says nothing else."""


@dataclass(frozen=True, slots=True, eq=False)
class ModelSettings:
    """Settings of the models; each model reads only its own.

    `busy`: q in [0, 1), or None for the work of all calls of the problem over all units (too little, if others are
    served by them, too). `mission_s`: mean seconds that a call keeps a unit busy. `reliability`: α of MALP.
    `first_weight`: θ of BACOP2. `outer_s`: r₂ of DSM, None for twice the target.
    `inner_share`: α of DSM. `curve`: of survival. `before_s`: handling and mobilisation before the drive, for survival.
    `step_s`: of survival's drives. `groups`: for fairness, None for each area by itself. `nothing`: ε of
    Bernoulli–Nash.
    `give`: δ of worst-share. `most_gap`, `least_share`: of equity. `excuse`: whether bacop1 and dsm excuse areas that
    no site can reach.
    """

    busy: float | None = None
    mission_s: float = MISSION_S
    reliability: float = 0.8
    first_weight: float = 0.5
    outer_s: float | None = None
    inner_share: float = 0.8
    curve: SurvivalCurve | None = None
    before_s: float = 0.0
    step_s: float = 0.0
    groups: Groups | None = None
    nothing: float = NOTHING_IS_WORTH
    give: float = MAY_BE_GIVEN_UP
    most_gap: float = 1.0
    excuse: bool = True
    least_share: float = 0.0

    def survival_curve(self) -> SurvivalCurve:
        """The curve, or the default one."""
        return self.curve if self.curve is not None else get_curve(DEFAULT_CURVE)

    def groups_of(self, problem: SitingProblem) -> Groups:
        """The groups, or each area by itself."""
        return self.groups if self.groups is not None else each_area(problem)

    def busy_of(self, problem: SitingProblem, purse: Purse) -> float:
        """The busy fraction, or the greatest of the periods' work over their units; at most 0.9."""
        if self.busy is not None:
            return self.busy
        from beredt.siting.agreed_mexclp import first_guess

        return float(first_guess(problem, purse.periods_of(problem), purse, self.mission_s).max())
