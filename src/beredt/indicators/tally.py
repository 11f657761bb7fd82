"""Everything that any table of results needs from one replication, small enough to travel between processes."""

from __future__ import annotations

from typing import NamedTuple

from beredt.indicators.area_response import AreaTally, tally_areas
from beredt.indicators.cells import groups_of_areas
from beredt.indicators.deliveries import tally_deliveries
from beredt.indicators.exceedance import tally_exceedance
from beredt.indicators.first_unit import first_units
from beredt.indicators.flows import FlowTally, tally_flows
from beredt.indicators.free_units import FreeTally, changes_of, tally_free_units
from beredt.indicators.group_response import ResponseCounts, ResponseTally, count_response, tally_response
from beredt.indicators.kind_tally import KindTally, tally_kinds
from beredt.indicators.moments import moments_of
from beredt.indicators.observed import I4, I8, CrisesSeen, Frame, Year, contiguous
from beredt.indicators.paths.tally_paths import PathTally, tally_paths
from beredt.indicators.response import responses_of
from beredt.indicators.simultaneity import SimultaneityTally, tally_simultaneity
from beredt.indicators.standby.tally import TaskTally, WardTally, tally_tasks, tally_wards
from beredt.indicators.utilisation import tally_units


class Tally(NamedTuple):
    """Counts, and sums in whole ms and m, of one replication. What the axes mean, the `Frame` says."""

    days: int  # length of the period
    response: ResponseTally
    exceedance: I4  # [G, 3, 121] see `exceedance`
    areas: AreaTally
    flows: FlowTally
    simultaneity: SimultaneityTally
    free: FreeTally
    units: I8  # [U, len(UnitSum)] see `utilisation`
    paths: PathTally | None = None  # by `tally_with_paths` only
    kinds: KindTally | None = None  # by `tally_with_kinds` only
    tasks: TaskTally | None = None  # where units have planned tasks
    wards: WardTally | None = None  # where places at hospitals are counted
    crises: CrisesSeen | None = None  # where a centre has rules for a crisis
    delivered: I8 | None = None  # [H] patients by place, where it is known who is taken where


def tally(frame: Frame, year: Year) -> Tally:
    """Count one replication.

    Incidents count whose call is in the period and in an area; states of units count for the part of them that is in
    the period.

    Args:
        frame: Areas, units, rosters and the period.
        year: What happened, warm-up and cool-down included.

    Raises:
        ValueError: The period is not a number of whole days.
    """
    year = contiguous(year)
    moments = moments_of(frame, year)
    groups = groups_of_areas(frame)
    first = first_units(frame, year, moments)
    responses = responses_of(frame, year, moments, first)
    return Tally(
        days=moments.days,
        response=tally_response(frame, year, responses, first.second, groups),
        exceedance=tally_exceedance(frame, year, responses, groups),
        areas=tally_areas(frame, year, responses),
        flows=tally_flows(frame, year, responses, first),
        simultaneity=tally_simultaneity(frame, year, moments),
        free=tally_free_units(frame, year, moments, responses, changes_of(frame, year, moments)),
        units=tally_units(frame, year, moments, responses),
        tasks=None if year.tasks is None else tally_tasks(frame, year.tasks),
        wards=None if year.wards is None else tally_wards(frame, year.missions, year.wards),
        crises=year.crises,
        delivered=None if year.deliveries is None else tally_deliveries(frame, year.incidents, year.deliveries),
    )


def tally_with_paths(frame: Frame, year: Year) -> Tally:
    """Count one replication of a study that has pathways, triage, closed departments or conditions."""
    return tally(frame, year)._replace(paths=tally_paths(frame, year))


def tally_with_kinds(frame: Frame, year: Year) -> Tally:
    """Count one replication, and its missions by kind of unit beside; and its ways, where it has any."""
    year = contiguous(year)
    moments = moments_of(frame, year)
    first = first_units(frame, year, moments)
    kinds = tally_kinds(frame, year, responses_of(frame, year, moments, first), first)
    paths = None if year.paths is None else tally_paths(frame, year)
    return tally(frame, year)._replace(paths=paths, kinds=kinds)


class ResponseOnly(NamedTuple):
    """The part of a `Tally` that the gate reads: a third of the work of counting all."""

    response: ResponseCounts


def tally_response_only(frame: Frame, year: Year) -> ResponseOnly:
    """Count the responses of one replication, as `tally` does, and nothing else."""
    year = contiguous(year)
    moments = moments_of(frame, year)
    first = first_units(frame, year, moments)
    responses = responses_of(frame, year, moments, first)
    return ResponseOnly(count_response(frame, year, responses, first.second, groups_of_areas(frame)))
