"""Shares of organisations in a component, and the correction for where patients are treated.

    share(o) = Σ_criteria weight · value(criterion, o) / Σ_p value(criterion, p)
    correction(o) = Σ flows to o from homes of others − Σ flows to others from homes of o

Shares sum to 1 and corrections to 0 whatever the figures are. A criterion that nobody has any of is shared out by
people, and where nobody lives at all by areas: its part of the money must go somewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.decision.income.model import Component, Criterion, IncomeModel
from beredt.demand.population import AGE_BANDS

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What the study itself counts of its areas: `people` [areas, 10] by age band, `km2` (areas,), and the `zones`
    (municipality and, where there is one, district) of each.
    """

    people: F8
    km2: F8
    zones: Sequence[tuple[str, ...]]


def shares(component: Component, model: IncomeModel, ground: Ground, owner: I8, organisations: Sequence[str]) -> F8:
    """What part of a component each organisation has: float64 (organisations,), at least 0, sum 1.

    Args:
        component: whose weights hold.
        model: with its criteria and values.
        ground: what the study counts.
        owner: [areas] index of the organisation to which each area's part goes.
        organisations: ids, in the order of the answer.
    """
    size = len(organisations)
    total = np.zeros(size)
    for name, weight in component.weights.items():
        value = values_of(model.criteria[name], model.values, ground, owner, organisations)
        if value.sum() <= 0.0:
            people = ground.people.sum(axis=1)
            by_area = people if people.sum() > 0.0 else np.ones(owner.size)
            value = np.bincount(owner, by_area, size).astype(np.float64)
        total += weight * value / value.sum()
    return np.asarray(total / total.sum())


def values_of(
    criterion: Criterion,
    values: Mapping[tuple[str, str], float],
    ground: Ground,
    owner: I8,
    organisations: Sequence[str],
) -> F8:
    """A criterion's value of each organisation: what its areas have, and what it has whatever moves."""
    by_area = np.zeros(owner.size)
    if criterion.counts == "people":
        by_area = by_area + ground.people[:, _bands(criterion)].sum(axis=1)
    elif criterion.counts == "ground":
        by_area = by_area + ground.km2
    for (name, zone), value in values.items():
        if name == criterion.id and zone not in organisations:
            by_area = by_area + value * _spread(zone, ground)
    own = np.array([values.get((criterion.id, one), 0.0) for one in organisations])
    return np.asarray(np.bincount(owner, by_area, len(organisations)) + own)


def corrections(
    component: Component, model: IncomeModel, ground: Ground, owner: I8, organisations: Sequence[str]
) -> F8:
    """NOK that each organisation is paid by the others for treating their patients, net: (organisations,), sum 0."""
    size = len(organisations)
    net = np.zeros(size)
    for flow in model.flows:
        if flow.component == component.id:
            paid = flow.amount_nok * np.bincount(owner, _spread(flow.home, ground), size)
            treated_by = organisations.index(flow.treated_by)
            paid[treated_by] = 0.0
            net -= paid
            net[treated_by] += paid.sum()
    return net


def _spread(zone: str, ground: Ground) -> F8:
    """A zone's areas by their people, sum 1: what belongs to a municipality is parted when only some of it moves."""
    inside = np.array([zone in zones for zones in ground.zones])
    people = np.where(inside, ground.people.sum(axis=1), 0.0)
    if people.sum() <= 0.0:
        people = inside.astype(np.float64)
    return np.asarray(people / people.sum()) if people.sum() > 0.0 else people


def _bands(criterion: Criterion) -> list[int]:
    last = 10 * len(AGE_BANDS) if criterion.age_to is None else criterion.age_to
    return [band for band in range(len(AGE_BANDS)) if 10 * band >= criterion.age_from and 10 * band <= last]
