"""Generated incidents: one replication of demand, the same for every alternative that has the same demand.

Each area and urgency is a *stratum*. Its number of incidents is Poisson, its incidents fall independently by the
weekly profile: together a Poisson process whose intensity varies over the week. The number and every time come from
uniforms that belong to (seed, replication, stratum, k) alone, so that

* raising a rate adds incidents and leaves the others as they were;
* what happens in one area depends on no other area, nor on the order of the table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from beredt.demand.intensity import (
    DAY_HOURS,
    Period,
    cumulative_share,
    hourly_intensity,
    period_of,
    times_at,
    weekly_profile,
)
from beredt.demand.philox import uniform_rows
from beredt.demand.poisson import poisson_counts
from beredt.demand.population import people_by_age
from beredt.demand.purposes import ARRIVALS_BLOCK, COUNT_WORD, TIME_WORD, Purpose, draw_blocks
from beredt.demand.rates import yearly_incidents
from beredt.model.area import Area
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]

_URGENCY_BITS = 2
_ARRIVALS = range(ARRIVALS_BLOCK, ARRIVALS_BLOCK + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What a replication is drawn from: the expectation of every stratum and the shape of the period.

    S strata, in ascending order of their number.
    """

    stratum: I8  # [S] number of the stratum, from the area's id and the urgency
    area: I4  # [S] index of the area in the service
    urgency: I1  # [S]
    expected: F8  # [S] incidents in the whole period, warm-up and cool-down included
    cumulative: F8  # [3, hours + 1] share of an urgency's incidents before each hour of the period

    def checksum(self) -> str:
        """SHA-256: alternatives with equal checksums have the same generated incidents in every replication."""
        digest = hashlib.sha256()
        for column in (self.stratum, self.area, self.urgency, self.expected, self.cumulative):
            digest.update(np.ascontiguousarray(column).tobytes())
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


def demand_of(study: Study, service: Service) -> Demand:
    """Prepare the demand that a service of a study meets: today's, or an alternative's.

    Raises:
        StudyError: Tables without what the study's year, areas or urgencies ask for.
    """
    people = people_by_age(service.areas, study.population, study.age_shares, study.settings.study.year)
    week = weekly_profile(service.profile)
    return prepare_demand(service.areas, yearly_incidents(service, people), week, period_of(study.settings))


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


def stratum_numbers(area_ids: Sequence[str]) -> I8:
    """Number every area and urgency, by the area's id and not by its place in the table.

    Returns:
        int64[areas, 3]: 60 bits of the BLAKE2b digest of the id, and two bits for the urgency.
    """
    hashes = [int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big") >> 4 for name in area_ids]
    first = np.array(hashes, np.int64).reshape(-1, 1) << _URGENCY_BITS
    return first + np.arange(len(URGENCIES))


def generate_calls(demand: Demand, seed: int, replication: int) -> GeneratedCalls:
    """Generate one replication.

    Args:
        demand: What is drawn from.
        seed: The study's seed.
        replication: Its number, at least 0; nothing else distinguishes replications.
    """
    counts = incident_counts(demand, seed, replication)
    row = np.repeat(np.arange(len(counts)), counts)
    k = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    call_t = incident_times(demand, row, k, seed, replication)
    # Incidents come by (stratum, k), and a stable sort keeps that order among equal times.
    order = np.argsort(call_t, kind="stable")
    row, k = row[order], k[order]
    stratum = demand.stratum[row]
    return GeneratedCalls(
        call_t=call_t[order],
        area=demand.area[row],
        urgency=demand.urgency[row],
        stratum=stratum,
        k=k.astype(np.int32),
        draws=uniform_rows(seed, replication, stratum, k, draw_blocks())[: len(Purpose)],
    )


def first_calls(calls: GeneratedCalls, most: int) -> GeneratedCalls:
    """The first incidents of a replication, at most so many."""
    columns = {field.name: getattr(calls, field.name) for field in fields(calls)}
    return GeneratedCalls(**{name: np.ascontiguousarray(column[..., :most]) for name, column in columns.items()})


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
    urgency = demand.urgency[row]
    call_t = np.empty(len(row))
    for code, cumulative in enumerate(demand.cumulative):
        mine = urgency == code
        call_t[mine] = times_at(uniform[mine], cumulative)
    return call_t
