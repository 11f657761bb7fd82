"""Which mast is heard best, and who answers it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.misrouting.masts import NEAREST_KM, best_mast, centres_that_answer, count_answers
from beredt.model.read import load_study
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study

POINTS = st.lists(st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=1, max_size=6)


def slow_best(
    place: tuple[float, float], masts: list[tuple[float, float]], ranges: list[float], strengths: list[float]
) -> int:
    best, loudest = -1, 0.0
    for number, mast in enumerate(masts):
        distance = float(np.hypot(place[0] - mast[0], place[1] - mast[1]))
        signal = 0.0 if distance > ranges[number] else strengths[number] / max(distance, NEAREST_KM) ** 2
        if signal > loudest:
            best, loudest = number, signal
    return best


def test_a_story_of_two_masts() -> None:
    """Four times the strength makes up for twice the distance, and no more; out of range nothing is heard."""
    masts = np.array([[0.0, 0.0], [9.0, 0.0]])
    places = np.array([[2.9, 0.0], [3.1, 0.0], [0.0, 8.0], [50.0, 0.0]])
    found = best_mast(places, masts, np.array([10.0, 10.0]), np.array([1.0, 4.0]))
    assert found.tolist() == [0, 1, 0, -1]
    assert best_mast(places, np.empty((0, 2)), np.empty(0), np.empty(0)).tolist() == [-1] * 4


@given(POINTS, POINTS, st.randoms(use_true_random=False))
def test_it_is_what_trying_every_mast_gives(places, masts, random) -> None:  # type: ignore[no-untyped-def]
    ranges = [random.uniform(0.1, 30.0) for _ in masts]
    strengths = [random.uniform(0.1, 10.0) for _ in masts]
    found = best_mast(np.array(places), np.array(masts), np.array(ranges), np.array(strengths))
    assert found.tolist() == [slow_best(place, masts, ranges, strengths) for place in places]


def test_the_centre_is_the_stated_one_or_the_one_where_the_mast_stands(tmp_path) -> None:  # type: ignore[no-untyped-def]
    study = load_study(str(write_opinions(write_tiny_study(tmp_path))))
    answers = dict(
        zip(
            [a.id for a in study.service.areas],
            centres_that_answer(study.service, study.decision["masts"]),
            strict=True,
        )
    )
    assert answers["e1"] == "centre-east", "the mast stands in the east"
    assert answers["w3"] == "centre-west", "it stands in the east too, but is stated to be the west's"
    assert answers["s1"] == "centre-west"
    people = np.ones(len(study.service.areas))
    counted = count_answers(study.service, list(answers.values()), people)
    assert sum(counted.values()) == people.sum(), "nobody is lost"
    assert counted["centre-east", "centre-west"] >= 1
