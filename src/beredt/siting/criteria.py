"""Criteria that two of can be traded against each other over the same placements.

| name | what | better |
|---|---|---|
| `covered` | calls a year within the target of some unit | more |
| `backup` | calls a year within the target of two units | more |
| `expected` | calls a year that are expected to find a free unit within the target, as in MEXCLP | more |
| `survival` | expected survivors a year | more |
| `worst` | the share of the worst-off group | more |
| `drive` | mean seconds of acute driving from the nearest open site to a call | less |
| `longest` | whole minutes of acute driving within which an open site reaches everybody | less |
| `cost` | what the placement costs, in the problem's unit of budget | less |
| `sites` | open sites | less |

`covered:CLASS`, and likewise `backup` and `expected`, count one class of demand only, such as `covered:A`; where the
week has parts, `covered:A` counts the urgency in all of them, and `covered:A/night` in one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from beredt.errors import OptionError
from beredt.siting.assembly import Assembly, diagonal
from beredt.siting.cover_columns import count_cover, most_cover
from beredt.siting.criteria_of_drives import Terms, add_longest_drive, add_mean_drive
from beredt.siting.demand_sets import DemandSets, covered_sets, falling_layers, join_layers
from beredt.siting.group_shares import share_columns
from beredt.siting.mexclp import checked_busy, useful_levels
from beredt.siting.model_settings import ModelSettings
from beredt.siting.placement import Placement, Purse, cost_terms, place
from beredt.siting.problem import SitingProblem
from beredt.siting.program import Program
from beredt.siting.trade_off import Criterion

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

CRITERIA = ("covered", "backup", "expected", "survival", "worst", "drive", "longest", "cost", "sites")


@dataclass(frozen=True, slots=True, eq=False)
class CriteriaModel:
    """A programme without an objective, and criteria over its columns.

    `program`: columns and rows. `placement`: the columns of sites and units. `criteria`: in the order asked for.
    """

    program: Program
    placement: Placement
    criteria: tuple[Criterion, ...]


def build_criteria(
    problem: SitingProblem, purse: Purse, settings: ModelSettings, names: tuple[str, ...]
) -> CriteriaModel:
    """Put a programme together in which placements can be judged by several criteria.

    Args:
        problem: the problem.
        purse: what limits units and sites.
        settings: of the criteria: busy fraction, curve, groups.
        names: see the table of this module.

    Raises:
        OptionError: there is no such criterion or class.
        OutOfRangeError: a setting is outside its range.
        SitingError: nothing limits the units.
    """
    assembly = Assembly()
    placement = place(assembly, problem, purse)
    terms = [_terms(assembly, placement, problem, purse, settings, name) for name in names]
    program = assembly.finish("max")
    criteria = []
    for name, (columns, worth, sense, constant) in zip(names, terms, strict=True):
        cost = np.zeros(program.cost.size)
        np.add.at(cost, columns, worth)
        criteria.append(Criterion(name, cost, sense, constant))
    return CriteriaModel(program, placement, tuple(criteria))


def _terms(
    assembly: Assembly, placement: Placement, problem: SitingProblem, purse: Purse, settings: ModelSettings, name: str
) -> Terms:
    """Columns, what they are worth, the sense and the constant of a criterion."""
    kind, _, wanted = name.partition(":")
    if wanted and kind in ("covered", "backup", "expected"):
        only = np.array([[float(each == wanted or each.startswith(f"{wanted}/"))] for each in problem.class_ids])
        if not only.any():
            known = ", ".join(problem.class_ids)
            raise OptionError("--trade-off", name, f"there is no class {wanted} of demand", f"give one of {known}")
        problem = replace(problem, demand=problem.demand * only)
    elif wanted or kind not in CRITERIA:
        raise OptionError("--trade-off", name, "there is no such criterion", f"give two of {', '.join(CRITERIA)}")
    match kind:
        case "cost":
            rows, constant = cost_terms(placement)
            columns = np.concatenate([each for _, each in rows])
            return columns, np.concatenate([row.toarray()[0] for row, _ in rows]), "min", constant
        case "sites":
            return placement.open, np.ones(problem.sites), "min", 0.0
        case "covered" | "backup":
            sets = covered_sets(problem, placement.periods)
            times = 1 if kind == "covered" else 2
            levels = np.minimum(most_cover(placement, sets, purse.units), times)
            cover = count_cover(assembly, placement, sets, levels, ordered=True)
            last = cover.level == times
            return cover.columns[last], sets.weight[cover.set_of[last]], "max", 0.0
        case "survival":
            curve, busy = settings.survival_curve(), settings.busy_of(problem, purse)
            nothing = np.zeros(problem.areas, np.int64)
            drive = np.asarray(problem.travel_s, np.float64) + settings.before_s
            layers = [
                (layer, int(placement.periods.of_class[k]), nothing)
                for k in range(problem.classes)
                for layer in falling_layers(curve.share(drive) * problem.permitted, problem.demand[k])
            ]
            return _expected(assembly, placement, join_layers(layers, problem.sites), busy, purse)
        case "drive":
            return add_mean_drive(assembly, placement)
        case "longest":
            return add_longest_drive(assembly, placement)
        case "worst":
            return _worst(assembly, placement, problem, purse, settings)
    sets = covered_sets(problem, placement.periods)
    return _expected(assembly, placement, sets, settings.busy_of(problem, purse), purse)


def _expected(assembly: Assembly, placement: Placement, sets: DemandSets, busy: float, purse: Purse) -> Terms:
    """Columns of expected cover, and what each adds."""
    q = np.full(sets.count, busy)
    levels = np.minimum(most_cover(placement, sets, purse.units), useful_levels(q))
    cover = count_cover(assembly, placement, sets, levels, ordered=False)
    return cover.columns, sets.weight[cover.set_of] * (1.0 - busy) * busy ** (cover.level - 1), "max", 0.0


def _worst(
    assembly: Assembly, placement: Placement, problem: SitingProblem, purse: Purse, settings: ModelSettings
) -> Terms:
    """A column that no group's share is below."""
    busy = checked_busy(problem, settings.busy_of(problem, purse))
    shares = share_columns(assembly, placement, settings.groups_of(problem), busy, purse.units, ordered=False)
    worst, count = assembly.add_columns(1, integer=False), len(shares.group_ids)
    assembly.add_rows((shares.matrix, shares.columns), (diagonal(-1.0, count), np.repeat(worst, count)), low=0.0)
    return worst, np.ones(1), "max", 0.0
