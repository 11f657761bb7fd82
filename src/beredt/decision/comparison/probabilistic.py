"""All uncertain numbers drawn together: how often premise 1 holds, and which number moves it.

The numbers are drawn by Latin hypercube [1] from triangular distributions, all alternatives get the same draw, and each
is simulated for one period, the first of the study's replications. One period alone would mix chance with what the
numbers do. So what is taken from it is only how far a draw moves the paired difference from where it is with every
number at its mode, in the same period; that is added to the difference of the whole run:

    d_k = d(all replications) + d(draw k, first period) − d(modes, first period)

1. M. D. McKay, R. J. Beckman and W. J. Conover, *A comparison of three methods for selecting values of input variables
   in the analysis of output from a computer code*, Technometrics 21 (1979) 239–245.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from beredt.decision.compare import paired_differences
from beredt.decision.group_measures import GroupMeasures, Measure
from beredt.decision.measure_services import MeasureServices
from beredt.model.edits.apply import apply_edits
from beredt.model.service import Service
from beredt.model.settings_sections import GateSection
from beredt.model.uncertain import Uncertain

F8 = NDArray[np.float64]

SEED_OF_DRAWS = 2
"""Beside the study's seed, so that no draw here is one of the simulation."""

PERIODS = 1
"""Replications of every draw: more draws tell more than longer ones."""

Row = tuple[str, Measure]
"""(group, measure)."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """D draws of P uncertain numbers. `values`: (D, P). `differences`: by alternative and row, (D,), NaN if unknown."""

    uncertain: tuple[Uncertain, ...]
    values: F8
    differences: Mapping[str, Mapping[Row, F8]]

    @property
    def positions(self) -> F8:
        """Values in parts of their range, from the mode: (D, P)."""
        modes, ranges = (np.array(one) for one in zip(*((u.mode, u.high - u.low) for u in self.uncertain), strict=True))
        positions: F8 = (self.values - modes) / ranges
        return positions


def draw_values(uncertain: Sequence[Uncertain], draws: int, seed: int) -> F8:
    """Values of the numbers, (draws, P): each number's range is cut into as many equally likely parts as draws."""
    sampler = qmc.LatinHypercube(d=len(uncertain), rng=np.random.default_rng([seed, SEED_OF_DRAWS]))
    chances = sampler.random(draws)
    columns = [triangular(one.low, one.mode, one.high, chances[:, place]) for place, one in enumerate(uncertain)]
    return np.column_stack(columns)


def triangular(low: float, mode: float, high: float, chance: F8) -> F8:
    """Quantiles of the triangular distribution; `low` ≤ `mode` ≤ `high`, `low` < `high`, chance (…) from 0 to 1."""
    bend = (mode - low) / (high - low)
    rising = low + np.sqrt(chance * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - chance) * (high - low) * (high - mode))
    values: F8 = np.where(chance < bend, rising, falling)
    return values


def draw_differences(
    services: Mapping[str, Service],
    measures: Mapping[str, GroupMeasures],
    uncertain: Sequence[Uncertain],
    values: F8,
    rule: GateSection,
    measure: MeasureServices,
) -> Drawn:
    """Simulate every alternative under every draw.

    Args:
        services: finished service by alternative id, the gate's baseline among them.
        measures: of the whole run, by alternative.
        uncertain: P numbers.
        values: (D, P).
        rule: the gate.
        measure: measures services.

    Raises:
        EditError: edits of a number that do not fit.
    """
    plan = {
        f"mode/{name}": _at(name, service, uncertain, [u.mode for u in uncertain]) for name, service in services.items()
    }
    for number, drawn in enumerate(values.tolist()):
        plan |= {f"{number}/{name}": _at(name, service, uncertain, drawn) for name, service in services.items()}
    found = measure(plan, PERIODS)
    differences: dict[str, dict[Row, F8]] = {}
    for name in services:
        if name == rule.baseline:
            continue
        whole = _differences(measures[name], measures[rule.baseline], rule)
        modes = _differences(found[f"mode/{name}"], found[f"mode/{rule.baseline}"], rule)
        each = [
            _differences(found[f"{number}/{name}"], found[f"{number}/{rule.baseline}"], rule)
            for number in range(len(values))
        ]
        differences[name] = {row: np.array([whole[row] + one[row] - modes[row] for one in each]) for row in whole}
    return Drawn(tuple(uncertain), values, differences)


def _at(name: str, service: Service, uncertain: Sequence[Uncertain], values: Sequence[float]) -> Service:
    edits = [edit for one, value in zip(uncertain, values, strict=True) for edit in one.edits_at(value)]
    return apply_edits(service, edits, f"study.toml: probabilistic on alternative {name}")


def _differences(own: GroupMeasures, baseline: GroupMeasures, rule: GateSection) -> dict[Row, float]:
    return {(one.group, one.measure): one.mean for one in paired_differences(own, baseline, rule.groups)}
