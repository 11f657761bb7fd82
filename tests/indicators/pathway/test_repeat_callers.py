"""People who called again: by hand, against a slow twin, and without small counts."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.indicators.pathway.repeat_callers import repeat_callers
from beredt.indicators.pathway.told_people import Band, told_people
from beredt.model.dictionary import load_fields
from tests.indicators.pathway.planted import records

HOUR = 60


def test_by_hand() -> None:
    """Anna calls three times, the second within a day, the third within three; Bo once; of one call nobody knows
    whose."""
    rows = [{"patient": "a", "start": 0}, {"patient": "a", "start": 20 * HOUR}, {"patient": "a", "start": 80 * HOUR}]
    rows += [{"patient": "b", "start": 5 * HOUR}, {"start": 6 * HOUR}]
    found = repeat_callers(records(rows), threshold=0)
    assert (found.by, found.nobody_knows) == ("patient", 1)
    assert found.callers.select("calls", "people", "incidents").rows() == [("", 2, 4), ("1", 1, 1), ("3", 1, 3)]
    day, three_days = found.within.filter(pl.col("hours").is_in([24, 72])).select("incidents", "again").rows()
    assert day == (3, 1), "the last call was not followed for a day"
    assert three_days == (2, 1), "those of hours 0 and 5 were: Anna's first, and Bo's"


def test_without_patients_places_and_ages_stand_in() -> None:
    home: dict[str, Any] = {"lat": 59.90001, "lon": 10.50001, "age": 80}
    rows = [home | {"start": 0}, home | {"start": 9}, home | {"start": 12, "age": 81}, {"start": 3, "age": 80}]
    found = repeat_callers(records(rows), threshold=0)
    assert (found.by, found.nobody_knows) == ("place_and_age", 1)
    assert found.callers.select("calls", "people").rows() == [("", 2), ("1", 1), ("2", 1)]


def test_small_counts_are_left_out() -> None:
    rows: list[dict[str, Any]] = [{"patient": f"p{n}", "start": n * HOUR} for n in range(40)]
    rows += [{"patient": "p1", "start": 900 * HOUR}, {"patient": "p2", "start": 5 * HOUR}]
    found = repeat_callers(records(rows))
    for table, columns in ((found.callers, ["people"]), (found.within, ["incidents", "again"])):
        for column in columns:
            assert table.filter(pl.col(column).is_between(1, 4)).is_empty()
    assert found.within.filter(pl.col("again").is_null())["share"].null_count() > 0
    alone = repeat_callers(records(rows[:3])).callers
    assert alone.select("calls", "people", "incidents").rows() == [("", None, None)], "whoever called once is everybody"


def test_incidents_do_not_tell_how_many_people_called_twice() -> None:
    """Of 103 people with 106 incidents, none of whom called more than twice, three did."""
    rows: list[dict[str, Any]] = [{"patient": f"p{n}", "start": n * HOUR} for n in range(103)]
    rows += [{"patient": f"p{n}", "start": (2000 + n) * HOUR} for n in range(3)]
    found = repeat_callers(records(rows))
    assert found.callers.select("calls", "people", "incidents").rows() == [
        ("", None, 106),
        ("1", None, None),
        ("2", None, None),
    ]


def test_few_between_two_spans_of_time_are_small() -> None:
    """20 people called again within a day, and two more within three days."""
    rows: list[dict[str, Any]] = [{"patient": f"p{n}", "start": n * HOUR} for n in range(60)]
    rows += [{"patient": f"p{n}", "start": (n + 5) * HOUR} for n in range(20)]
    rows += [{"patient": f"p{n}", "start": (n + 60) * HOUR} for n in (30, 31)]
    rows += [{"patient": "last", "start": 5000 * HOUR}]
    day, three_days, *_ = repeat_callers(records(rows), threshold=0).within["again"].to_list()
    assert (day, three_days) == (20, 22)
    shown = repeat_callers(records(rows)).within
    day, three_days, *_ = shown["again"].to_list()
    assert None in (day, three_days)
    assert shown.filter(pl.col("again").is_null())["share"].null_count() == shown["again"].null_count()


Bands = st.lists(st.integers(1, 30), min_size=1, max_size=3)


@given(Bands, st.sampled_from([2, 3, 4]))
@settings(max_examples=40, deadline=None)
def test_nobody_works_out_a_small_number_of_people(people: list[int], threshold: int) -> None:
    """Against a reader who tries everything."""
    bands = [Band(least, least, number, least * number) for least, number in enumerate(people, start=1)]
    told = told_people(bands, 0, threshold)
    if not told.bands:
        return
    incidents, everybody = sum(band.incidents for band in bands), sum(people)
    tried = product(*([one] if is_told else range(1, 95) for one, is_told in zip(people, told.bands, strict=True)))
    left = [
        one
        for one in tried
        if sum(times * number for times, number in enumerate(one, start=1)) == incidents
        and (not told.people or sum(one) == everybody)
    ]
    for place, number in enumerate(people):
        if number < threshold:
            assert {1, threshold - 1} <= {one[place] for one in left}


def test_columns_are_those_of_the_dictionary() -> None:
    for found in (repeat_callers(records([])), repeat_callers(records([{"patient": "a", "start": 0}]))):
        assert [f.name for f in load_fields("missions_report/repeat_callers")] == found.callers.columns
        assert [f.name for f in load_fields("missions_report/repeat_within")] == found.within.columns


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 2000)), max_size=30))
def test_agrees_with_a_slow_twin(calls: list[tuple[str, int]]) -> None:
    rows = records([{"patient": who, "start": hour * HOUR} for who, hour in calls])
    found = repeat_callers(rows, threshold=0)
    numbers = Counter(Counter(who for who, _ in calls).values())
    bands = {str(n) if n < 5 else "5-9" if n < 10 else "10+": 0 for n in numbers}
    for n, people in numbers.items():
        bands[str(n) if n < 5 else "5-9" if n < 10 else "10+"] += people
    assert dict(found.callers.filter(pl.col("calls") != "").select("calls", "people").rows()) == bands
    last = max((hour for _, hour in calls), default=0)
    for hours, incidents, again in found.within.select("hours", "incidents", "again").rows():
        followed = [(n, who, hour) for n, (who, hour) in enumerate(calls) if last - hour >= hours]
        assert incidents == len(followed)
        ordered = sorted((who, hour, n) for n, (who, hour) in enumerate(calls))
        expected = sum(
            any((hour, n) < later[1:] and later[0] == who and later[1] - hour <= hours for later in ordered)
            for n, who, hour in followed
        )
        assert again == expected
