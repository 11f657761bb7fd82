"""Patients of one replication, counted by the way they went and by what they needed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.indicators.first_unit import first_units
from beredt.indicators.moments import MS_PER_S, NEVER, moments_of
from beredt.indicators.observed import URGENCY_COUNT, Frame, Year
from beredt.indicators.paths.observed_paths import ObservedPaths
from beredt.indicators.paths.types import F8, I8, B
from beredt.indicators.response import responses_of, target_ms

PATIENTS, REACHED, RESPONSE_MS, IN_TARGET, WITHOUT_UNIT = range(5)
"""Last axis of `PathTally.needs`."""


class Outcomes(NamedTuple):
    """Patients with a condition, by the time of help since their first call."""

    cases: I8  # [C] patients
    survivors: F8  # [C] expected
    delays: I8  # [C, K + 2] patients by class; the last but one is later than all classes, the last never


class PathTally(NamedTuple):
    """Counts, and sums in whole ms. P pathways, M municipalities, H hospitals, C conditions, K classes of delay.

    Patients count whose first call is in the period; second calls and deliveries are counted with them.
    """

    needs: I8  # [3, 3, 5] by true need and urgency given at the first call
    second_calls: int
    sent: int  # calls that units are sent to
    operator_ms: int
    taken: I8  # [P, M] calls that take a pathway
    delivered: I8  # [H] patients
    outcomes: Outcomes


def tally_paths(frame: Frame, year: Year) -> PathTally:
    """Count the ways of one replication.

    Raises:
        ValueError: the year knows of no ways.
    """
    paths = year.paths
    if paths is None:
        raise ValueError("this year knows of no pathways: it was simulated for a study that has none")
    moments = moments_of(frame, year)
    responses = responses_of(frame, year, moments, first_units(frame, year, moments))
    call = _whole_ms(paths.call_t, frame)
    first = paths.patient == np.arange(len(paths.patient))
    inside = (call >= 0) & (call < moments.length_ms) & (paths.area >= 0)
    counted = (first & inside)[paths.patient]
    reached = _of_patients(paths, _of_calls(paths, moments.call, responses.ms))
    response = np.where(reached < NEVER, reached - call, NEVER)
    mine = first & inside
    at_pathways = np.concatenate([np.flatnonzero(counted & (way >= 0)) for way in _ways(paths)])
    pathway = np.concatenate([way[counted & (way >= 0)] for way in _ways(paths)])
    taken = np.zeros((paths.pathways, len(frame.municipality_ids)), np.int64)
    np.add.at(taken, (pathway, frame.area_municipality[paths.area[at_pathways]]), 1)
    return PathTally(
        needs=_needs(frame, paths, response, mine),
        second_calls=int((counted & ~first).sum()),
        sent=int((counted & (paths.incident >= 0)).sum()),
        operator_ms=int(np.rint(paths.operator_s[counted] * MS_PER_S).sum()),
        taken=taken,
        delivered=np.bincount(paths.hospital[counted & (paths.hospital >= 0)], minlength=paths.hospitals),
        outcomes=_outcomes(frame, year, paths, response, call, mine),
    )


def _ways(paths: ObservedPaths) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return paths.at_call, paths.at_scene, paths.at_delivery


def _whole_ms(seconds: F8, frame: Frame) -> I8:
    return np.rint(seconds * MS_PER_S).astype(np.int64) - round(frame.start_s * MS_PER_S)


def _of_calls(paths: ObservedPaths, call: I8, ms: I8) -> I8:
    """When somebody is there, by call: NEVER where no unit is sent, or none came."""
    there = np.full(len(paths.incident), NEVER, np.int64)
    sent = paths.incident >= 0
    came = ms[paths.incident[sent]]
    there[sent] = np.where(came < NEVER, call[paths.incident[sent]] + came, NEVER)
    return there


def _of_patients(paths: ObservedPaths, there: I8) -> I8:
    """The earliest of a patient's calls, laid on all of them."""
    earliest = np.full(len(there), NEVER, np.int64)
    np.minimum.at(earliest, paths.patient, there)
    whole: I8 = earliest[paths.patient]
    return whole


def _needs(frame: Frame, paths: ObservedPaths, response: I8, mine: B) -> I8:
    target = target_ms(frame.area_target_s)[paths.area, paths.true]
    reached = response < NEVER
    columns = np.stack(
        [
            np.ones(len(response), np.int64),
            reached,
            np.where(reached, response, 0),
            reached & (response <= target) & (target < NEVER),
            paths.at_call >= 0,
        ],
        axis=1,
    )
    needs = np.zeros((URGENCY_COUNT, URGENCY_COUNT, columns.shape[1]), np.int64)
    np.add.at(needs, (paths.true[mine], paths.given[mine]), columns[mine])
    return needs


def _outcomes(frame: Frame, year: Year, paths: ObservedPaths, response: I8, call: I8, mine: B) -> Outcomes:
    known = paths.conditions
    count, classes = known.class_s.shape
    cases, survivors = np.zeros(count, np.int64), np.zeros(count)
    delays = np.zeros((count, classes + 2), np.int64)
    delivered = _of_patients(paths, _deliveries(frame, year, paths)) - call
    for c in range(count):
        at = np.flatnonzero(mine & (paths.condition == c))
        cases[c] = len(at)
        ms = response[at]
        there = ms < NEVER
        if not known.by_delay[c]:
            curve = known.survival[c]
            shares = np.interp(ms[there] / MS_PER_S, np.arange(len(curve)), curve)
            survivors[c] = float(shares.sum())
            continue
        if known.until_delivery[c]:
            ms = delivered[at]
            there = ms < NEVER // 2
        place = (ms[there, None] > known.class_s[c] * MS_PER_S).sum(axis=1)
        ends = int(np.isfinite(known.class_s[c]).sum())
        # Later than the last of its own classes, however many classes another condition has.
        place = np.where(place == ends, classes, place)
        delays[c, : classes + 1] = np.bincount(place, minlength=classes + 1)
        delays[c, classes + 1] = int((~there).sum())
    return Outcomes(cases, survivors, delays)


def _deliveries(frame: Frame, year: Year, paths: ObservedPaths) -> I8:
    """When each call's patient is at the hospital; NEVER for those who are not taken to one."""
    missions = year.missions
    taken = (missions.diverted == 0) & np.isfinite(missions.dest_t) & (missions.dest_t > missions.leave_t)
    at = np.full(len(year.incidents.call_t), NEVER, np.int64)
    np.minimum.at(at, missions.incident[taken], _whole_ms(missions.dest_t[taken], frame))
    there = np.full(len(paths.incident), NEVER, np.int64)
    sent = (paths.incident >= 0) & (paths.hospital >= 0)
    there[sent] = at[paths.incident[sent]]
    return there
