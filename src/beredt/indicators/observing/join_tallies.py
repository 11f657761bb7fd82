"""The service's part of a tally, stretch by stretch of a long log, and put together again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from beredt.indicators.area_response import AreaCount, AreaTally
from beredt.indicators.cells import ALL_URGENCIES, WHOLE_DAY
from beredt.indicators.exceedance import STEPS
from beredt.indicators.first_unit import first_units
from beredt.indicators.flows import FlowTally, tally_flows
from beredt.indicators.free_units import FreeTally, tally_free_units
from beredt.indicators.group_response import COUNTS, ResponseTally, Sum
from beredt.indicators.moments import Moments
from beredt.indicators.observed import I4, I8, URGENCY_COUNT, Frame, Year
from beredt.indicators.response import responses_of
from beredt.indicators.simultaneity import SimultaneityTally, tally_simultaneity
from beredt.indicators.tally import Tally
from beredt.indicators.utilisation import tally_units


def tally_service(frame: Frame, year: Year, moments: Moments, changes: I8) -> Tally:
    """Count who serves whom, simultaneity, free units and what units do, as `tally` does, and no response times.

    Response times of logs are told by interval, with their own tables: here no incident has one.

    Args:
        frame: Areas, units, duty and the period.
        year: What happened, with all missions that reach into the period, as `contiguous` makes it.
        moments: Of the year.
        changes: Of its units.
    """
    first = first_units(frame, year, moments)
    responses = responses_of(frame, year, moments, first)
    return Tally(
        days=moments.days,
        response=_no_response(len(frame.group_ids)),
        exceedance=np.zeros((len(frame.group_ids), URGENCY_COUNT, STEPS), np.int32),
        areas=_no_areas(len(frame.area_ids)),
        flows=tally_flows(frame, year, responses, first),
        simultaneity=tally_simultaneity(frame, year, moments),
        free=tally_free_units(frame, year, moments, responses, changes),
        units=tally_units(frame, year, moments, responses),
    )


def join_tallies(parts: Sequence[Tally]) -> Tally:
    """Put the tallies of stretches that follow each other together: that of the whole, without response times.

    Args:
        parts: at least one, in order of time, of frames that differ in their period alone.
    """
    first = parts[0]
    return Tally(
        days=sum(part.days for part in parts),
        response=first.response,
        exceedance=first.exceedance,
        areas=first.areas,
        flows=FlowTally(
            stations=_sum([part.flows.stations for part in parts]),
            centres=_sum([part.flows.centres for part in parts]),
            orgs=_sum([part.flows.orgs for part in parts]),
            outside=_sum([part.flows.outside for part in parts]),
        ),
        simultaneity=SimultaneityTally(
            drawn_in=np.concatenate([part.simultaneity.drawn_in for part in parts]),
            drawn_in_ms=np.sum([part.simultaneity.drawn_in_ms for part in parts], axis=0),
            municipality_hours=_sum([part.simultaneity.municipality_hours for part in parts]),
        ),
        free=FreeTally(
            least=np.concatenate([part.free.least for part in parts], axis=1),
            conflict=np.concatenate([part.free.conflict for part in parts], axis=1),
            ms=np.sum([part.free.ms for part in parts], axis=0),
            local_calls=_sum([part.free.local_calls for part in parts]),
        ),
        units=np.sum([part.units for part in parts], axis=0),
    )


def _sum(counts: Sequence[I4]) -> I4:
    total: I4 = np.sum(counts, axis=0, dtype=np.int32)
    return total


def _no_response(groups: int) -> ResponseTally:
    shape = (groups, ALL_URGENCIES + 1, WHOLE_DAY + 1)
    nothing = np.zeros(shape, np.int64)
    return ResponseTally(
        counts=np.zeros((*shape, COUNTS), np.int32),
        sums_ms=np.zeros((*shape, len(Sum)), np.int64),
        median=nothing,
        p90=nothing,
    )


def _no_areas(areas: int) -> AreaTally:
    shape = (areas, URGENCY_COUNT)
    return AreaTally(np.zeros((*shape, len(AreaCount)), np.int32), np.zeros(shape, np.int64))
