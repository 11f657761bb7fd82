"""True need behind urgencies given, and the urgencies that another triage gives the same incidents.

The rates are of urgencies given under the matrix M. An incident that was drawn with urgency j has the true need i
with probability P(i | j) = t_i M_ij / g_j, by its own draw. Where urgencies are given by another matrix M', it keeps
its urgency with probability min(1, M'_ij / M_ij) and else gets one of those that i is given more often than before,
in proportion to how much more. That gives M' exactly, and changes as few incidents as any rule could: less over-triage
changes only incidents that were over-triaged, and a smaller factor changes those of a greater one and more.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.world import F8, I1, I4
from beredt.errors import StudyError
from beredt.model.issue import Issue
from beredt.model.service import Service
from beredt.model.triage import NotInvertibleError, triage_matrix, truth_behind
from beredt.model.urgency import URGENCIES, urgency_code


class TriageRules(NamedTuple):
    """A areas."""

    true_below: F8  # [A, 3, 3] by area and urgency drawn: running probabilities of the true needs, the last 1
    keep: F8  # [3, 3] by true need and urgency drawn: probability that the urgency stays
    other_below: F8  # [3, 3] by true need: running probabilities of the urgencies that the others get


def triage_rules(service: Service) -> TriageRules:
    """Work out a service's triage.

    Raises:
        StudyError: the matrix does not belong to the rates of a region.
    """
    before = triage_matrix(service.triage)
    now = triage_matrix(service.triage_now) if service.triage_now else before
    given: dict[str, list[float]] = {}
    for rate in service.rates:
        given.setdefault(rate.rate_region, [0.0] * len(URGENCIES))[urgency_code(rate.urgency)] += rate.per_1000
    below = {}
    for region, rates in given.items():
        try:
            below[region] = _running(np.array(truth_behind(before, rates)))
        except NotInvertibleError as error:
            message = f"the rates of {region} cannot have been given by this triage: {error}"
            raise StudyError(
                [Issue("triage", None, "share", None, 1, message, "correct the shares, or the rates")]
            ) from error
    m, new = np.array(before), np.array(now)
    with np.errstate(divide="ignore", invalid="ignore"):
        keep = np.where(m > 0.0, np.minimum(1.0, new / m), 1.0)
    # What rounding leaves of two equal matrices is no change.
    more = np.where(new - m > 1e-12, new - m, 0.0)
    keep = np.where(more.sum(axis=1, keepdims=True) > 0.0, keep, 1.0)
    return TriageRules(
        true_below=np.array([below[area.rate_region] for area in service.areas]),
        keep=keep,
        other_below=_running(more / np.maximum(more.sum(axis=1, keepdims=True), 1e-300)),
    )


def _running(shares: F8) -> F8:
    """Running sums along the last axis, ending at exactly 1."""
    below: F8 = np.cumsum(shares, axis=-1)
    below[..., -1] = 1.0
    return below


def true_urgencies(rules: TriageRules, area: I4, drawn: I1, draw: F8) -> I1:
    """True need of each incident, [n]."""
    return (draw[:, None] >= rules.true_below[area, drawn]).sum(axis=1).astype(np.int8)


def given_urgencies(rules: TriageRules, true: I1, drawn: I1, stays: F8, which: F8) -> I1:
    """Urgency that each incident is given in this service, [n], by two draws of its own."""
    other = (which[:, None] >= rules.other_below[true]).sum(axis=1).astype(np.int8)
    return np.where(stays < rules.keep[true, drawn], drawn, other).astype(np.int8)
