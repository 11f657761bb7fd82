"""Values for the map: areas, flows and units."""

from __future__ import annotations

from math import isfinite

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.area_response import AreaCount
from beredt.indicators.estimate import estimate
from beredt.indicators.flows import Counting
from beredt.indicators.measures.block import ratio
from beredt.indicators.measures.units import unit_values
from beredt.indicators.moments import MS_PER_S
from beredt.indicators.observed import F8, I4, I8
from beredt.indicators.runs import Runs
from beredt.indicators.simultaneity import LEVELS
from beredt.model.urgency import urgency_code
from beredt.report.chapters.parts import FEWEST
from beredt.web.answers.figures import Figures, known
from beredt.web.answers.forms import AreaValues, Calendar, Flow, MunicipalitySimultaneity, UnitUse


def area_values(figures: Figures, name: str) -> AreaValues:
    """Mean response, share within the target and difference of every area, all replications taken together.

    Differences are told where the service compared with has at least `FEWEST` incidents a year, as in the report.
    """
    own, base = (_areas(figures.runs[one], figures.urgency) for one in (name, figures.against))
    often = base[2] >= FEWEST
    difference = np.where(often, own[0] - base[0], np.nan)
    return AreaValues(mean_s=_listed(own[0]), share=_listed(own[1]), difference_s=_listed(difference))


def flows_of(figures: Figures, name: str) -> list[Flow]:
    """Missions a year of an urgency from organisations to municipalities, those that any of the two services has."""
    frame = figures.runs[name].frame
    own, base = (_flows(figures.runs[one], figures.urgency) for one in (name, figures.against))
    return [
        Flow(
            organisation=frame.org_ids[org],
            municipality=frame.municipality_ids[there],
            missions=float(own[org, there]),
            against=float(base[org, there]),
        )
        for org, there in np.argwhere((own > 0.0) | (base > 0.0)).tolist()
    ]


def simultaneity_of(figures: Figures, name: str) -> list[MunicipalitySimultaneity]:
    """How often how many units from other municipalities are at work at once, over all replications."""
    own, base = (_hours_shares(figures.runs[one]).tolist() for one in (name, figures.against))
    ids = figures.runs[name].frame.municipality_ids
    return [
        MunicipalitySimultaneity(municipality=one, hours=hours, against=against)
        for one, hours, against in zip(ids, own, base, strict=True)
    ]


def units_of(figures: Figures, name: str) -> list[UnitUse]:
    """How much of its time on duty every unit is on missions."""
    frame = figures.runs[name].frame
    base = dict(zip(figures.runs[figures.against].frame.unit_ids, _units(figures.runs[figures.against])[1].tolist(),
                    strict=True))  # fmt: skip
    missions, utilisation = _units(figures.runs[name])
    return [
        UnitUse(
            unit=unit,
            station=frame.station_ids[frame.unit_station[number]],
            organisation=frame.org_ids[frame.unit_org[number]],
            missions=float(missions[number]),
            utilisation=known(utilisation[number]),
            against=known(base[unit]) if unit in base else None,
        )
        for number, unit in enumerate(frame.unit_ids)
    ]


def calendar_of(figures: Figures, name: str) -> Calendar | None:
    """How many units from outside were at work in every hour of replication 0; None without a local group."""
    frame = figures.runs[name].frame
    if not frame.local_group:
        return None
    own, base = (
        np.minimum(figures.runs[one].tallies[0].simultaneity.drawn_in, LEVELS - 1).tolist()
        for one in (name, figures.against)
    )
    return Calendar(start=frame.start_date.isoformat(), group=frame.local_group, levels=own, against=base)


def _areas(runs: Runs, urgency: str) -> tuple[F8, F8, F8]:
    """Mean seconds, share within the target and incidents a year, each [A]."""
    k = urgency_code(urgency)
    counts = _total([tally.areas.counts[:, k] for tally in runs.tallies])
    response_ms = _total([tally.areas.response_ms[:, k] for tally in runs.tallies])
    incidents = counts[:, AreaCount.INCIDENTS]
    has_target = np.isfinite(runs.frame.area_target_s[:, k])
    share = np.where(has_target, ratio(counts[:, AreaCount.WITHIN_TARGET], incidents), np.nan)
    mean_s = ratio(response_ms, counts[:, AreaCount.SERVED]) / MS_PER_S
    return mean_s, share, incidents / len(runs.tallies) * runs.per_year


def _flows(runs: Runs, urgency: str) -> F8:
    """Missions a year, [O, M]: those of stations added up by owner, those of zones by municipality."""
    frame = runs.frame
    k = urgency_code(urgency)
    by_station = _total([tally.flows.stations[:, :, k, Counting.MISSIONS] for tally in runs.tallies])
    owner = np.full(len(frame.station_ids), -1)
    owner[frame.unit_station] = frame.unit_org
    municipality = np.full(len(frame.zone_ids), -1)
    municipality[frame.area_zone] = frame.area_municipality
    flows = np.zeros((len(frame.org_ids), len(frame.municipality_ids)))
    for station, zone in np.argwhere(by_station > 0).tolist():
        flows[owner[station], municipality[zone]] += by_station[station, zone]
    return flows / len(runs.tallies) * runs.per_year


def _hours_shares(runs: Runs) -> F8:
    """Shares of clock hours by the number of units from other municipalities, [M, LEVELS]."""
    hours = _total([tally.simultaneity.municipality_hours for tally in runs.tallies])
    shares: F8 = np.round(hours / hours.sum(axis=1, keepdims=True), 4)
    return shares


def _units(runs: Runs) -> tuple[F8, F8]:
    """Missions a year and utilisation, each [U], means over replications."""
    values = unit_values(np.stack([tally.units for tally in runs.tallies], axis=1), runs.per_year)
    return estimate(values["missions"]).value, estimate(values["utilisation"]).value


def _total(counts: list[I4] | list[I8]) -> I8:
    """Sum over replications."""
    total: I8 = np.sum(counts, axis=0, dtype=np.int64)
    return total


def _listed(values: NDArray[np.float64]) -> list[float | None]:
    return [round(value, 4) if isfinite(value) else None for value in values.tolist()]
