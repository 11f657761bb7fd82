"""Generated incidents: one replication of demand, the same for every alternative that has the same demand.

Each area and urgency is a *stratum*. Its number of incidents is Poisson, its incidents fall independently by the
weekly profile: together a Poisson process whose intensity varies over the week. The number and every time come from
uniforms that belong to (seed, replication, stratum, k) alone, so that

* raising a rate adds incidents and leaves the others as they were;
* what happens in one area depends on no other area, nor on the order of the table.

Where a study says how demand varies beyond that (`variation`), the expectations of a replication are drawn first, and
incidents then follow one another or happen where people work; where it says nothing, nothing is drawn for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.demand.happenings import Happenings
from beredt.demand.intensity import (
    DAY_HOURS,
    HOUR_S,
    Period,
    cumulative_share,
    hourly_intensity,
    period_of,
    times_at,
    weekly_profile,
)
from beredt.demand.philox import uniform_rows
from beredt.demand.planned_variation import PlannedVariation, plan_variation, varies
from beredt.demand.poisson import poisson_counts
from beredt.demand.population import people_by_age
from beredt.demand.purposes import ARRIVALS_BLOCK, COUNT_WORD, TIME_WORD, Purpose, draw_blocks
from beredt.demand.rates import yearly_incidents
from beredt.demand.stratum_numbers import stratum_numbers
from beredt.demand.variation import NOBODY, Variation
from beredt.demand.varied import followed, hourly_in_replication, moved, rates_in_replication
from beredt.model.area import Area
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]

_ARRIVALS = range(ARRIVALS_BLOCK, ARRIVALS_BLOCK + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What a replication is drawn from: the expectation of every stratum and the shape of the period.

    S strata, in ascending order of their number. Shape 0 to 2 are those of the urgencies; strata of big events and of
    people from outside have others. Without `shape` every stratum has that of its urgency, without `variation` nothing
    varies beyond chance.
    """

    stratum: I8  # [S] number of the stratum, from the area's id and the urgency
    area: I4  # [S] index of the area in the service
    urgency: I1  # [S]
    expected: F8  # [S] incidents in the whole period, warm-up and cool-down included
    cumulative: F8  # [N, hours + 1] share of a shape's incidents before each hour of the period
    shape: I4 | None = None  # [S]
    variation: Variation | None = None

    def checksum(self) -> str:
        """SHA-256: alternatives with equal checksums have the same generated incidents in every replication."""
        digest = hashlib.sha256()
        for column in (self.stratum, self.area, self.urgency, self.expected, self.cumulative):
            digest.update(np.ascontiguousarray(column).tobytes())
        if self.shape is not None:
            digest.update(self.shape.tobytes())
        if self.variation is not None:
            self.variation.feed(digest)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class GeneratedCalls:
    """One replication of incidents. They are generated: drawn from rates and profiles, nobody's real calls.

    n incidents in order of (call_t, stratum, k).
    """

    call_t: F8  # [n] seconds from simulated time 0, whole milliseconds, ascending
    area: I4  # [n] index of the area, in the service, whose people need help
    urgency: I1  # [n] 0 acute, 1 urgent, 2 ordinary
    stratum: I8  # [n] with k the name of the incident, the same in every alternative
    k: I4  # [n] number within the stratum
    draws: F8  # [len(Purpose), n] uniforms in (0, 1), row by `Purpose`
    seed: int = 0  # with the replication what further draws of the same incidents are keyed by
    replication: int = 0


def demand_of(study: Study, service: Service) -> Demand:
    """Prepare the demand that a service of a study meets: today's, or an alternative's.

    Raises:
        StudyError: Tables without what the study's year, areas or urgencies ask for.
    """
    people = people_by_age(service.areas, study.population, study.age_shares, study.settings.study.year)
    yearly, week = yearly_incidents(service, people), weekly_profile(service.profile)
    demand = prepare_demand(service.areas, yearly, week, period_of(study.settings))
    return with_variation(demand, plan_variation(study, service, people, week)) if varies(study, service) else demand


def with_variation(demand: Demand, plan: PlannedVariation) -> Demand:
    """The same demand with what a study says of how it varies; its strata stay in ascending order."""
    extra, clusters = plan.extra, plan.clusters
    stratum = np.concatenate([demand.stratum, extra.stratum])
    order = np.argsort(stratum, kind="stable")
    area = np.concatenate([demand.area, extra.area])[order]
    urgency = np.concatenate([demand.urgency, extra.urgency])[order]
    own = len(demand.stratum)
    base = demand.expected * plan.season_mean[demand.urgency]
    rate_of = np.append(plan.rate_of[demand.area, demand.urgency], np.full(len(extra.stratum), NOBODY))
    area_shape = np.append(plan.area_shape[demand.area, demand.urgency], np.full(len(extra.stratum), np.inf))
    return Demand(
        stratum=stratum[order],
        area=area,
        urgency=urgency,
        expected=np.append(base, extra.expected)[order] / (1.0 + clusters.mean),
        cumulative=np.array([cumulative_share(row) for row in plan.hourly]),
        shape=np.append(demand.urgency[:own], extra.shape).astype(np.int32)[order],
        variation=Variation(
            hourly=plan.hourly,
            follows=plan.follows,
            day_sigma=plan.day_sigma,
            day_persistence=plan.day_persistence,
            first_day=plan.first_day,
            season_key=plan.season_key,
            season_factor=plan.season_factor,
            season_sd=plan.season_sd,
            rate_key=plan.rate_key,
            rate_shape=plan.rate_shape,
            rate_of=rate_of.astype(np.int32)[order],
            area_shape=area_shape[order],
            clusters=clusters,
            moves=plan.moves,
        ),
    )


def prepare_demand(areas: Sequence[Area], yearly: F8, week: F8, period: Period) -> Demand:
    """Prepare demand from plain arrays.

    A year has 52 weeks and a day or two, so a period of one year meets the yearly expectation but for what that
    day differs from a mean day (below 0.1 % for any usual week).

    Args:
        areas: Areas of the service.
        yearly: [areas, 3] expected incidents in a year.
        week: [3, 168] profile of mean 1, hour 0 on Monday at 00:00.
        period: What is simulated.
    """
    hourly = hourly_intensity(week, period)
    years = hourly.sum(axis=1) / (DAY_HOURS * period.year_days)
    stratum = stratum_numbers([area.id for area in areas])
    order = np.argsort(stratum, axis=None)
    area, urgency = np.divmod(order, len(URGENCIES))
    return Demand(
        stratum=stratum.ravel()[order],
        area=area.astype(np.int32),
        urgency=urgency.astype(np.int8),
        expected=(yearly * years).ravel()[order],
        cumulative=np.array([cumulative_share(row) for row in hourly]),
    )


def generate_calls(demand: Demand, seed: int, replication: int) -> GeneratedCalls:
    """Generate one replication.

    Args:
        demand: What is drawn from.
        seed: The study's seed.
        replication: Its number, at least 0; nothing else distinguishes replications.
    """
    happened = draw_happenings(demand, seed, replication)
    # Incidents come by (stratum, k), and a stable sort keeps that order among equal times.
    happened = happened.taken(np.argsort(happened.call_t, kind="stable"))
    return GeneratedCalls(
        call_t=happened.call_t,
        area=happened.area,
        urgency=happened.urgency,
        stratum=happened.stratum,
        k=happened.k.astype(np.int32),
        draws=uniform_rows(seed, replication, happened.stratum, happened.k, draw_blocks())[: len(Purpose)],
        seed=seed,
        replication=replication,
    )


def draw_happenings(demand: Demand, seed: int, replication: int) -> Happenings:
    """Draw the incidents of a replication by (stratum, k), before what each of them asks for."""
    variation = demand.variation
    if variation is None:
        return _independent(demand, seed, replication)
    happened = _independent(demand_in_replication(demand, variation, seed, replication), seed, replication)
    if variation.moves is not None:
        happened = moved(variation.moves, happened, seed, replication)
    if variation.clusters.mean > 0.0:
        happened = followed(variation.clusters, happened, HOUR_S * variation.hourly.shape[1], seed, replication)
        happened = happened.taken(np.lexsort((happened.k, happened.stratum)))
    return happened


def demand_in_replication(demand: Demand, variation: Variation, seed: int, replication: int) -> Demand:
    """The demand of one replication: its days, seasons and rates as they are drawn for it."""
    hourly = hourly_in_replication(variation, seed, replication)
    longer = hourly.sum(axis=1) / variation.hourly.sum(axis=1)
    shape = demand.urgency if demand.shape is None else demand.shape
    rates = rates_in_replication(variation, demand.stratum, seed, replication)
    return replace(
        demand,
        expected=demand.expected * longer[shape] * rates,
        cumulative=np.array([cumulative_share(row) for row in hourly]),
    )


def _independent(demand: Demand, seed: int, replication: int) -> Happenings:
    """Draw incidents that know nothing of one another, by (stratum, k)."""
    counts = incident_counts(demand, seed, replication)
    row = np.repeat(np.arange(len(counts)), counts)
    k = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    call_t = incident_times(demand, row, k, seed, replication)
    return Happenings(demand.stratum[row], k, demand.area[row], demand.urgency[row], call_t)


def first_calls(calls: GeneratedCalls, most: int) -> GeneratedCalls:
    """The first incidents of a replication, at most so many."""
    columns = {field.name: getattr(calls, field.name) for field in fields(calls)}
    first: dict[str, Any] = {
        name: np.ascontiguousarray(column[..., :most])
        for name, column in columns.items()
        if isinstance(column, np.ndarray)
    }
    return replace(calls, **first)


def incident_counts(demand: Demand, seed: int, replication: int) -> I8:
    """Draw the number of incidents of every stratum, int64[S]."""
    first = np.zeros(len(demand.stratum), np.int64)
    uniform = uniform_rows(seed, replication, demand.stratum, first, _ARRIVALS)[COUNT_WORD]
    return poisson_counts(uniform, demand.expected)


def incident_times(demand: Demand, row: I8, k: I8, seed: int, replication: int) -> F8:
    """Draw when incidents happen, float64[n] seconds from simulated time 0, whole milliseconds.

    Args:
        demand: What is drawn from.
        row: [n] row of the incident's stratum in `demand`.
        k: [n] number of the incident within its stratum.
        seed: The study's seed.
        replication: Number of the replication.
    """
    uniform = uniform_rows(seed, replication, demand.stratum[row], k, _ARRIVALS)[TIME_WORD]
    shape = (demand.urgency if demand.shape is None else demand.shape)[row]
    call_t = np.empty(len(row))
    for code, cumulative in enumerate(demand.cumulative):
        mine = shape == code
        call_t[mine] = times_at(uniform[mine], cumulative)
    return call_t
