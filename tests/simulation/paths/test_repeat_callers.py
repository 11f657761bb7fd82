"""A story of those who call again and again: what becomes of their calls when somebody follows them up."""

from __future__ import annotations

import numpy as np
import pytest

from beredt.indicators.paths.observed_paths import ObservedPaths
from beredt.simulation.pack_incidents import pack_incidents
from tests.simulation.paths.small_paths import CALLS, SERVICE, met, rules_of
from tests.simulation.paths.test_meet_calls import pathway, with_paths

REPEAT_SHARE = 0.1
"""Of the calls of the small study."""


def followed(share: float, again_share: float) -> ObservedPaths:
    """All calls where a share of those by repeat callers ends with twenty minutes at the centre."""
    way = pathway(
        "call", share, id="follow-up", callers="repeat", origin="any", operator_min=20.0, again_share=again_share
    )
    paths = met(with_paths(way)).paths
    assert paths is not None
    return paths


def test_half_of_those_who_call_again_and_again_are_followed_up() -> None:
    """A tenth calls again and again, and half of them is followed up: one unit fewer for each, for nobody else."""
    every, half = followed(1.0, 0.0), followed(0.5, 0.0)
    for paths, share in ((every, REPEAT_SHARE), (half, REPEAT_SHARE / 2)):
        taken = paths.at_call >= 0
        calls = len(taken)
        assert taken.sum() == pytest.approx(share * calls, abs=3.5 * np.sqrt(share * (1 - share) * calls))
        np.testing.assert_array_equal(paths.incident >= 0, ~taken)
    # Whom the smaller measure takes, the greater one takes as well.
    assert not (half.at_call[every.at_call < 0] >= 0).any()

    # Whoever is not followed up has the same call, the same hospital and the same minutes of the centre as before.
    ordinary = pack_incidents(rules_of(SERVICE), CALLS)
    others = half.at_call < 0
    handling = ordinary.ready_t - ordinary.call_t
    np.testing.assert_array_equal(half.call_t, ordinary.call_t)
    np.testing.assert_allclose(half.operator_s - handling, np.where(others, 0.0, 20 * 60.0), atol=1e-6)


def test_who_calls_once_more_is_sent_a_unit_then() -> None:
    """All of them call once more: as many units as ever, sent later, and one call more for each at the centre."""
    paths = followed(0.5, 1.0)
    taken = np.flatnonzero(paths.at_call >= 0)
    once_more = np.flatnonzero(paths.patient != np.arange(len(paths.patient)))
    assert len(paths.call_t) == len(CALLS.k) + len(once_more)
    assert set(paths.patient[once_more]) <= set(taken)
    assert (paths.incident[once_more] >= 0).all()
    assert (paths.call_t[once_more] > paths.call_t[paths.patient[once_more]]).all()
    # But for those who would call once more after the end of the year.
    assert 0 <= len(taken) - len(once_more) <= 0.02 * len(taken)
