"""Links by hand, by planted truth, against slow twins, and as sure as they say."""

from __future__ import annotations

import itertools
import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from beredt.indicators.pathway.assign import assign
from beredt.indicators.pathway.fit_weights import fit_weights
from beredt.indicators.pathway.link import link
from beredt.indicators.pathway.pairs import levels_of, pairs_in_window, score_of
from beredt.indicators.pathway.quality import quality_against, threshold_table
from beredt.indicators.pathway.rule import LinkRule, weights_of
from tests.indicators.pathway.planted import plant, records

RULE = LinkRule.model_validate(
    {"from": "ambulance", "to": "hospital", "measured": "end", "earliest_min": -30.0, "latest_min": 60.0}
)


def pairs(links: pl.DataFrame) -> list[tuple[int, int]]:
    return links.select("source_row", "target_row").rows()


def test_bits_by_hand() -> None:
    """Same age log₂(0.90/0.013), same sex log₂(0.98/0.5), within 5 of 90 minutes log₂(0.55/(10/90)); the rest not
    said."""
    one, other = (
        records([{"start": 0, "end": 0, "age": 70, "sex": "f"}]),
        records([{"start": 4, "age": 70, "sex": "f"}]),
    )
    ((found),) = list(pairs_in_window(one, other, RULE))
    bits = score_of(levels_of(one, other, found, RULE), weights_of(RULE))
    assert bits[0] == pytest.approx(math.log2(0.90 / 0.013) + math.log2(0.98 / 0.5) + math.log2(0.55 / (10 / 90)))


def test_what_one_does_not_say_is_worth_nothing_and_what_differs_counts_against() -> None:
    weights = weights_of(RULE)
    one = records([{"start": 0, "end": 0, "age": 70, "sex": "f"}] * 3)
    other = records([{"start": 1, "age": age, "sex": sex} for age, sex in ((70, "f"), (None, None), (30, "m"))])
    ((found),) = list(pairs_in_window(one[:1], other, RULE))
    same, silent, unlike = score_of(levels_of(one[:1], other, found, RULE), weights)
    time_alone = math.log2(0.55 / (10 / 90))
    assert silent == pytest.approx(time_alone)
    assert unlike < silent < same


def test_the_municipality_counts_only_where_a_place_is_missing() -> None:
    place = {"lat": 59.9, "lon": 10.5, "municipality": "Asker"}
    one = records([{"start": 0, "end": 0, **place}])
    other = records([{"start": 1, **place}, {"start": 1, "municipality": "Asker"}])
    ((found),) = list(pairs_in_window(one, other, RULE))
    levels = levels_of(one, other, found, RULE)
    assert levels["municipality"].tolist() == [-1, 0]
    assert levels["place"].tolist() == [0, -1]


def test_stated_shares_of_every_thing_compared_sum_to_one() -> None:
    for weights in weights_of(RULE).values():
        assert sum(weight.m for weight in weights) == pytest.approx(1.0)
        assert sum(weight.u for weight in weights) == pytest.approx(1.0)
        assert weights[-1].limit is None


def test_a_key_goes_before_any_score_and_tells_when_times_do_not_fit() -> None:
    one = records([{"key": "K1", "start": 0, "end": 0, "age": 70, "sex": "f"}, {"key": "K2", "start": 5, "end": 5}])
    other = records([{"start": 0, "age": 70, "sex": "f"}, {"key": "K1", "start": 9_000}, {"key": "K2", "start": 7}])
    found = link(one, other, RULE)
    assert pairs(found.links) == [(1, 2), (2, 3)]
    assert found.links["by"].to_list() == ["key", "key"]
    assert found.links["outside_window"].to_list() == [True, False]
    assert found.target_lost == 1


def test_of_several_records_with_one_key_the_nearest_in_time_is_taken() -> None:
    one = records([{"key": "K", "start": 0, "end": 0}])
    other = records([{"key": "K", "start": 50}, {"key": "K", "start": 2}, {"key": "K", "start": None}])
    assert pairs(link(one, other, RULE).links) == [(1, 2)]


def test_losses_say_why() -> None:
    same = {"age": 70, "sex": "f", "lat": 59.9, "lon": 10.5}
    one = records(
        [{"start": 0, "end": 0, **same}, {"start": 0, "end": 1, **same}, {"start": 0, "end": 500},
         {"start": 0, "end": 900, "age": 3, "sex": "f"}]
    )  # fmt: skip
    other = records([{"start": 0, **same}, {"start": 901, "age": 4, "sex": "f"}])
    found = link(one, other, RULE)
    assert pairs(found.links) == [(1, 1)]
    assert found.lost.select("source_row", "reason").rows() == [
        (2, "taken_by_another"),
        (3, "nobody_alike"),
        (4, "below_threshold"),
    ]
    assert found.links["margin_bits"].item() < 1, "the other ambulance fits nearly as well"


def test_planted_pairs_are_found_and_few_others() -> None:
    """Five hundred a day in one city: some ninety others in every window."""
    planted = plant(1_500, seed=1, days=3)
    found = link(planted.source, planted.target, RULE)
    quality = quality_against(found.links, planted.truth)
    assert quality.precision[0] > 0.95
    assert quality.recall[0] > 0.90
    assert quality.precision[1] < 0.999


def test_keys_help() -> None:
    without, with_keys = (plant(800, seed=2, days=1, keys=share) for share in (0.0, 0.7))
    plain, keyed = (quality_against(link(p.source, p.target, RULE).links, p.truth).f1 for p in (without, with_keys))
    assert keyed > plain


def test_links_are_at_least_as_sure_as_they_say() -> None:
    """Of links by score, the number of wrong ones is near the sum of what their probabilities leave open, and below."""
    wrong = expected = links = 0.0
    for seed in range(4):
        planted = plant(1_000, seed=seed, days=3)
        source, target = (table.with_columns(lat=pl.lit(None, pl.Float64)) for table in planted[:2])
        found = link(source, target, RULE, fit_weights(source, target, RULE).weights)
        quality = quality_against(found.links, planted.truth)
        wrong += quality.links - quality.right
        expected += float((1 - found.links["probability"]).sum())
        links += quality.links
    assert wrong <= expected + 3 * math.sqrt(expected)
    assert (expected - wrong) / links < 0.05


def test_weights_learned_from_the_logs_come_near_the_planted_ones() -> None:
    """Nine of ten ages are right and half of all strangers are of one sex; in a log with nothing missing wrong."""
    planted = plant(3_000, seed=3)
    fitted = fit_weights(planted.source, planted.target, RULE)
    assert fitted.weights["age"][0].m == pytest.approx(0.8, abs=0.06)
    assert fitted.weights["age"][1].m == pytest.approx(0.2, abs=0.06)
    assert fitted.weights["sex"][0].m > 0.97
    assert fitted.weights["sex"][0].u == pytest.approx(0.5, abs=0.03)
    assert fitted.rounds < 500
    learned = quality_against(link(planted.source, planted.target, RULE, fitted.weights).links, planted.truth)
    stated = quality_against(link(planted.source, planted.target, RULE).links, planted.truth)
    assert learned.f1 > stated.f1 - 0.02


def test_a_higher_threshold_gives_fewer_and_surer_links() -> None:
    planted = plant(600, seed=4, days=1)
    table = threshold_table(link(planted.source, planted.target, RULE), RULE.threshold_bits)
    assert table["threshold_bits"].to_list() == [float(one) for one in range(-2, 19)]
    assert table["links"].to_list() == sorted(table["links"].to_list(), reverse=True)
    sure = table["expected_precision"].to_list()
    assert sure == sorted(sure)


def test_logs_without_records_or_times_have_no_links() -> None:
    empty, silent = records([]), records([{"age": 3}])
    for one, other in ((empty, silent), (silent, empty), (silent, silent), (empty, empty)):
        found = link(one, other, RULE)
        assert found.links.is_empty()
        assert found.lost.height == one.height


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 40)), max_size=9, unique_by=lambda p: p[:2])
)
def test_assignment_agrees_with_trying_everything(edges: list[tuple[int, int, int]]) -> None:
    source, target, worth = (np.array([edge[n] for edge in edges], np.int64) for n in range(3))
    chosen = assign(source, target, worth.astype(np.float64))
    for side in (source[chosen], target[chosen]):
        assert len(set(side.tolist())) == side.size
    best = 0
    for size in range(len(edges) + 1):
        for some in itertools.combinations(edges, size):
            if len({e[0] for e in some}) == len({e[1] for e in some}) == size:
                best = max(best, sum(e[2] for e in some))
    assert worth[chosen].sum() == best


@settings(max_examples=30)
@given(st.lists(st.integers(0, 300), max_size=8), st.lists(st.one_of(st.none(), st.integers(0, 300)), max_size=8))
def test_pairs_of_the_window_agree_with_a_slow_twin(ends: list[int], starts: list[int | None]) -> None:
    one = records([{"start": 0, "end": end} for end in ends])
    other = records([{"start": start} for start in starts])
    found = {
        (int(a), int(b))
        for part in pairs_in_window(one, other, RULE)
        for a, b in zip(part.source, part.target, strict=True)
    }
    expected = {
        (a, b)
        for (a, end), (b, start) in itertools.product(enumerate(ends), enumerate(starts))
        if start is not None and -30 <= start - end <= 60
    }
    assert found == expected


def test_many_pairs_are_taken_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = plant(300, seed=5)
    whole = link(planted.source, planted.target, RULE).links
    monkeypatch.setattr("beredt.indicators.pathway.pairs.PAIRS_AT_ONCE", 50)
    assert link(planted.source, planted.target, RULE).links.equals(whole)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"earliest_min": 90.0}, "earliest_min"),
        ({"to": "ambulance"}, "itself"),
        ({"compare": {"age": [{"within": 1, "m": 0.5, "u": 0.1}, {"within": 0, "m": 0.1, "u": 0.1}]}}, "rise"),
        ({"compare": {"sex": [{"within": 0, "m": 0.5}]}}, "needs u"),
        ({"compare": {"time": [{"within": 5, "m": 0.6}, {"within": 6, "m": 0.5}]}}, "less than 1"),
    ],
)
def test_rules_that_cannot_be_are_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        LinkRule.model_validate({"from": "ambulance", "to": "hospital", "latest_min": 60.0} | change)
