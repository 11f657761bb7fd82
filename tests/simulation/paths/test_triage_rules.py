"""Triage: the truth behind urgencies, and other urgencies for the same incidents."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from beredt.model.checks.paths import check_paths
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.scale_triage import ScaleTriage
from beredt.model.edits.set_triage import SetTriage
from beredt.model.triage import Matrix, NotInvertibleError, triage_matrix, triage_rows, true_rates, truth_behind
from beredt.model.urgency import URGENCIES
from beredt.simulation.pack_incidents import pack_incidents
from beredt.simulation.paths.meet_calls import OF_THE_PATIENT
from tests.demand.small_service import PER_1000
from tests.simulation.paths.small_paths import CALLS, SERVICE, met, rules_of

M: Matrix = ((0.9, 0.1, 0.0), (0.3, 0.6, 0.1), (0.05, 0.15, 0.8))
SMALL = replace(SERVICE, triage=triage_rows(M))


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    rows = []
    for _ in range(3):
        weights = [draw(st.floats(0.01, 1.0)) for _ in range(3)]
        rows.append(tuple(weight / sum(weights) for weight in weights))
    return tuple(rows)


@given(matrices(), st.lists(st.floats(0.0, 100.0), min_size=3, max_size=3))
def test_inverting_gives_back_what_was_put_in(matrix: Matrix, true: list[float]) -> None:
    assume(abs(np.linalg.det(np.array(matrix))) > 1e-4 and sum(true) > 1e-3)
    found = true_rates(matrix, np.array(true) @ np.array(matrix))
    np.testing.assert_allclose(found, true, atol=1e-6 * sum(true) / abs(np.linalg.det(np.array(matrix))))


def test_by_hand_ten_true_acute_and_ninety_others_given_acute() -> None:
    """100 true A all given A; 300 true H, of which a third is given A: half of the 200 A are over-triaged."""
    matrix = ((1.0, 0.0, 0.0), (1 / 3, 2 / 3, 0.0), (0.0, 0.0, 1.0))
    assert true_rates(matrix, (200.0, 200.0, 50.0)) == pytest.approx((100.0, 300.0, 50.0))
    assert truth_behind(matrix, (200.0, 200.0, 50.0))[0] == pytest.approx((0.5, 0.5, 0.0))


def test_rates_that_would_be_below_zero_are_refused_with_their_reason() -> None:
    matrix = ((1.0, 0.0, 0.0), (0.6, 0.4, 0.0), (0.0, 0.0, 1.0))
    with pytest.raises(NotInvertibleError, match="true need A would have a rate below 0"):
        true_rates(matrix, (10.0, 40.0, 5.0))
    with pytest.raises(NotInvertibleError, match="mixtures"):
        true_rates(((0.5, 0.5, 0.0), (0.5, 0.5, 0.0), (0.0, 0.0, 1.0)), (1.0, 1.0, 1.0))
    lacks = list(check_paths(replace(SERVICE, triage=triage_rows(((1.0, 0.0, 0.0), (0.6, 0.4, 0.0), (0, 0, 1.0))))))
    assert [lack.severity for lack in lacks] == ["error", "error"]
    assert "the rates of town cannot have been given by this triage" in lacks[0].message


def test_the_study_s_own_triage_changes_no_incident() -> None:
    found = met(SMALL)
    ordinary = pack_incidents(rules_of(SERVICE), CALLS)
    mine, plain = found.incidents.asks, ordinary.asks
    assert mine is not None
    assert plain is not None
    for name in plain._fields:
        np.testing.assert_array_equal(getattr(mine, name), getattr(plain, name), err_msg=name)
    for name in set(ordinary._fields) - {"asks"}:
        np.testing.assert_array_equal(getattr(found.incidents, name), getattr(ordinary, name), err_msg=name)


def test_the_matrix_is_found_again_in_the_incidents() -> None:
    paths = met(SMALL).paths
    assert paths is not None
    for region, given_rates in PER_1000.items():
        inside = np.array([area.rate_region == region for area in SERVICE.areas])[CALLS.area]
        behind = truth_behind(M, given_rates)
        for j in range(3):
            mine = inside & (CALLS.urgency == j)
            for i in range(3):
                share = (paths.true[mine] == i).mean()
                assert abs(share - behind[j][i]) <= 4.0 * np.sqrt(0.25 / mine.sum()), (region, j, i)
    for i in range(3):
        share = np.bincount(paths.given[paths.true == i], minlength=3) / (paths.true == i).sum()
        np.testing.assert_allclose(share, M[i], atol=4.0 * np.sqrt(0.25 / (paths.true == i).sum()))


@settings(max_examples=8, deadline=None)
@given(matrices())
def test_any_other_triage_is_given_exactly_and_to_the_same_truth(now: Matrix) -> None:
    before, after = met(SMALL).paths, met(replace(SMALL, triage_now=triage_rows(now))).paths
    assert before is not None
    assert after is not None
    np.testing.assert_array_equal(before.true, after.true)
    for i in range(3):
        mine = after.true == i
        share = np.bincount(after.given[mine], minlength=3) / mine.sum()
        np.testing.assert_allclose(share, triage_matrix(triage_rows(now))[i], atol=4.5 * np.sqrt(0.25 / mine.sum()))


def test_less_over_triage_changes_only_who_was_over_triaged_and_a_smaller_factor_more_of_them() -> None:
    found = {}
    for factor in (1.0, 2 / 3, 0.3, 0.0):
        service = apply_edits(SMALL, [ScaleTriage(direction="over", factor=factor)])
        paths = met(service).paths
        assert paths is not None
        changed = paths.given != paths.drawn
        assert (paths.drawn[changed] < paths.true[changed]).all()
        np.testing.assert_array_equal(paths.given[changed], paths.true[changed])
        found[factor] = changed
        over = paths.drawn < paths.true
        assert changed.sum() == pytest.approx((1 - factor) * over.sum(), abs=4.0 * np.sqrt(0.25 * over.sum()) + 1e-9)
    assert not found[1.0].any()
    assert not (found[2 / 3] & ~found[0.3]).any()
    assert not (found[0.3] & ~found[0.0]).any()


def test_the_patient_stays_the_same_whatever_urgency_is_given() -> None:
    ordinary = pack_incidents(rules_of(SERVICE), CALLS)
    service = apply_edits(SMALL, [SetTriage(true_urgency="H", share_a=0.0, share_h=0.2, share_v=0.8)])
    found = met(service)
    assert found.paths is not None
    for name in OF_THE_PATIENT:
        np.testing.assert_array_equal(getattr(found.incidents, name), getattr(ordinary, name), err_msg=name)
    changed = found.paths.given != found.paths.drawn
    np.testing.assert_array_equal(found.incidents.urgency, found.paths.given)
    np.testing.assert_array_equal(found.incidents.mobilisation_s[~changed], ordinary.mobilisation_s[~changed])
    # The same draw and another median: A 88 s, V 209 s.
    later = changed & (found.paths.drawn == 0) & (found.paths.given == 2)
    factor = found.incidents.mobilisation_s[later] / ordinary.mobilisation_s[later]
    np.testing.assert_allclose(factor, 209 / 88, rtol=1e-3)


def test_edits_object_in_words() -> None:
    assert list(SetTriage(true_urgency="A", share_a=1.0, share_h=0.0, share_v=0.0).objections(SERVICE))
    wrong = list(SetTriage(true_urgency="A", share_a=1.0, share_h=0.2, share_v=0.0).objections(SMALL))
    assert [one.key for one in wrong] == ["share_a"]
    most = list(ScaleTriage(direction="over", factor=4.0).objections(SMALL))
    assert [one.key for one in most] == ["factor"]
    assert len(URGENCIES) == 3
