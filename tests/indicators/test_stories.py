"""Tiny stories, their figures worked out by hand."""

from __future__ import annotations

import pytest

from beredt.indicators.free_units import FLEET_ALL, FLEET_LOCAL
from beredt.indicators.group_response import Count
from beredt.indicators.measures.values import IndicatorValues, indicator_values
from beredt.indicators.runs import Runs
from beredt.indicators.tally import tally
from beredt.indicators.utilisation import UnitSum
from tests.indicators.tiny import FAR_1, NEVER, TOWN_1, TOWN_2, VILLAGE, A, H, Sent, Spent, Story, Told, V

MIN_MS = 60_000


def values_of(story: Story) -> IndicatorValues:
    return indicator_values(Runs(story.frame(), [story.tally()]))


def test_twelve_minutes_to_the_millisecond_are_within_twelve_minutes() -> None:
    ms = 0.001 / 60
    story = Story(
        (
            Told(call=0, sent=(Sent(TOWN_1, 1, scene=12),)),
            Told(call=200, sent=(Sent(TOWN_1, 201, scene=212 + ms),)),
            Told(call=400, sent=(Sent(TOWN_1, 401, scene=425),)),
            Told(call=600, sent=(Sent(TOWN_1, 601, scene=625 + ms),)),
        )
    )
    values = values_of(story)
    assert values.get("share_within_12", "A") == [0.25]
    assert values.get("share_within_25", "A") == [0.75]
    assert values.get("share_within_target", "A", "town") == [0.25]
    # (720 + 720.001 + 1500 + 1500.001) / 4, and between 720.001 and 1500 the middle
    assert values.get("response_mean_s", "A") == [pytest.approx(1110.0005, abs=1e-9)]
    assert values.get("response_median_s", "A") == [pytest.approx((720.001 + 1500) / 2, abs=1e-9)]
    # place 3 · 0.9 = 2.7 between 1500 and 1500.001
    assert values.get("response_p90_s", "A") == [pytest.approx(1500.0007, abs=1e-9)]


def test_who_was_never_reached_counts_as_late_but_has_no_response_time() -> None:
    story = Story((Told(call=10, sent=(Sent(TOWN_1, 11, scene=20),)), Told(call=12, queued=1)))
    values = values_of(story)
    assert values.get("waiting_share", "A") == [0.5]
    assert values.get("share_within_12", "A") == [0.5]
    assert values.get("share_within_target", "A") == [0.5]
    assert values.get("response_mean_s", "A") == [600.0]
    assert values.get("queued_share", "A") == [0.5]
    counted = story.tally()
    assert counted.exceedance[0, A, 19:22].tolist() == [2, 1, 1]  # later than 9.5, 10 and 10.5 min
    assert counted.exceedance[0, A, 120] == 1


def test_a_diverted_unit_and_a_unit_that_does_not_stop_the_clock_do_not_end_the_response_time() -> None:
    story = Story(
        (
            Told(
                call=0,
                ready=1,
                sent=(
                    Sent(FAR_1, 1, scene=NEVER, free=4, diverted=True),
                    Sent(TOWN_2, 4, scene=8),
                    Sent(TOWN_1, 5, scene=15),
                ),
            ),
        ),
        responders=frozenset({TOWN_2}),
    )
    values = values_of(story)
    assert values.get("response_mean_s", "A") == [900.0]
    assert values.get("bumped", "A") == [365.0]
    assert values.get("wait_mean_s", "A") == [0.0]  # the unit that was diverted later had been assigned at once
    assert values.get("nearest_station_share", "A") == [1.0]
    assert values.get("outside_missions", "A", "town") == [0.0]
    assert values.get("drawn_in_hours_level_1", group="town") == [365.0]  # but it was at work from 1 to 4


def test_waiting_for_a_unit_includes_asking_for_it() -> None:
    asked = Told(call=0, ready=2, asked=1, sent=(Sent(FAR_1, 4.5, scene=20),))
    values = values_of(Story((asked, Told(call=30, sent=(Sent(TOWN_1, 30, scene=35),)))))
    assert values.get("wait_mean_s", "A") == [75.0]
    assert values.get("asked", "A") == [365.0]
    assert values.get("outside_first_units", "A", "town") == [365.0]
    assert values.get("missions_across", "A", "centre:far>near") == [365.0]
    assert values.get("missions_across", "A", "organisation:theirs>ours") == [365.0]
    assert values.get("first_units_across", "A", "centre:near>far") == [0.0]


def test_a_second_unit_is_wanted_when_it_was_sent_or_missing() -> None:
    story = Story(
        (
            Told(call=0, sent=(Sent(TOWN_1, 1, scene=5), Sent(TOWN_2, 1, scene=6, role=1))),
            Told(call=300, sent=(Sent(TOWN_1, 301, scene=305),), second_missing=1),
            Told(call=500, sent=(Sent(TOWN_1, 501, scene=505),)),
        )
    )
    values = values_of(story)
    assert values.get("second_missing_share", "A") == [0.5]
    assert values.get("missions") == [4 * 365.0]


def test_only_calls_in_the_period_count_but_units_are_busy_all_the_same() -> None:
    before = Told(call=-30, sent=(Sent(TOWN_1, -28, scene=-20, free=30),))
    inside = Told(call=1439.5, urgency=H, sent=(Sent(TOWN_1, 1439.75, scene=1450, free=1500),))
    after = Told(call=1440, sent=(Sent(TOWN_2, 1441, scene=1450),))
    story = Story((before, inside, after))
    counted = story.tally()
    assert counted.response.counts[0, :, 24, Count.INCIDENTS].tolist() == [0, 1, 0, 1]
    assert counted.response.counts[0, H, :24, Count.INCIDENTS].nonzero()[0].tolist() == [23]
    assert counted.units[TOWN_1, UnitSum.ACTIVE] == 30 * MIN_MS + MIN_MS // 4
    assert counted.units[TOWN_1, UnitSum.MISSIONS] == 1


def test_the_calendar_shows_the_most_units_at_once() -> None:
    """Two overlap from 10:50 to 11:10; a third begins at the moment the second ends: never more than two."""
    story = Story(
        (
            Told(call=600, sent=(Sent(FAR_1, 600, scene=610, free=670),)),
            Told(call=645, sent=(Sent(FAR_1, 650, scene=660, free=700),)),
            Told(call=690, sent=(Sent(FAR_1, 700, scene=710, free=715),)),
            Told(call=800, area=VILLAGE, sent=(Sent(FAR_1, 800, scene=810, free=900),)),
            Told(call=1000, sent=(Sent(TOWN_1, 1000, scene=1010, free=1100),)),
        )
    )
    counted = story.tally()
    expected = [0] * 24
    expected[10], expected[11] = 2, 2
    assert counted.simultaneity.drawn_in[0].tolist() == expected
    assert counted.simultaneity.drawn_in_ms[10] == (60 + 10) * MIN_MS
    assert counted.simultaneity.drawn_in_ms[11] == (10 + 40 + 15) * MIN_MS
    assert counted.simultaneity.municipality_hours.tolist() == [[22, 0, 2, 0, 0, 0], [24, 0, 0, 0, 0, 0]]
    values = values_of(story)
    assert values.get("drawn_in_hours_level_2", group="town") == [2 * 365.0]
    assert values.get("drawn_in_mean", group="town", hour=10) == [pytest.approx(70 / 60)]
    assert values.get("drawn_in_peak_mean", group="town", hour=10) == [2.0]
    assert values.get("days_without_drawn_in", group="town") == [0.0]


def test_true_conflict_is_not_the_same_as_drawn_in_units() -> None:
    """Both town units are busy from 10:20 to 10:50; nobody comes from outside, and one acute call meets it."""
    story = Story(
        (
            Told(call=600, sent=(Sent(TOWN_1, 600, scene=610, free=650),)),
            Told(call=620, sent=(Sent(TOWN_2, 620, scene=630, free=680),)),
            Told(call=640, ready=642, queued=1, sent=(Sent(TOWN_1, 650, scene=655, free=670),)),
            Told(call=675, urgency=V),
        )
    )
    values = values_of(story)
    assert values.get("days_without_drawn_in", group="town") == [365.0]
    # From 10:20 on; at 10:50 town-1 goes on at once to who waits, until 11:10: free again only then.
    assert values.get("true_conflict_time_h", group="town") == [pytest.approx(50 / 60 * 365)]
    assert values.get("true_conflict_hours", group="town") == [2 * 365.0]
    assert values.get("hours_without_free_local", group="town") == [2 * 365.0]
    assert values.get("hours_with_one_free_local", group="town") == [0.0]
    assert values.get("hours_without_free_any") == [0.0]
    assert values.get("hours_without_free_centre", group="centre:near") == [2 * 365.0]
    assert values.get("hours_without_free_centre", group="centre:far") == [0.0]
    assert values.get("true_conflict_acute_share", "A", "town") == [pytest.approx(1 / 3)]
    assert story.tally().free.local_calls.tolist() == [[3, 1], [0, 0], [1, 0]]


def test_an_acute_call_that_takes_a_unit_from_another_met_a_true_conflict() -> None:
    story = Story(
        (
            Told(call=90, sent=(Sent(TOWN_1, 90, scene=95, free=200),)),
            Told(call=100, urgency=V, sent=(Sent(TOWN_2, 100, free=110, diverted=True),)),
            Told(call=108, ready=110, sent=(Sent(TOWN_2, 110, scene=115, free=170),)),
        )
    )
    assert story.tally().free.local_calls[A].tolist() == [2, 1]


def test_nobody_on_duty_is_no_conflict_but_nobody_is_free() -> None:
    story = Story((), duty=((TOWN_1, 480, 1200), (FAR_1, -60, 1500)))
    values = values_of(story)
    assert values.get("true_conflict_hours", group="town") == [0.0]
    assert values.get("hours_without_free_local", group="town") == [12 * 365.0]
    assert values.get("time_without_free_local_h", group="town") == [12 * 365.0]
    assert values.get("hours_with_one_free_local", group="town") == [12 * 365.0]
    free = story.tally().free
    assert free.least[FLEET_LOCAL, 0].tolist() == [0] * 8 + [1] * 12 + [0] * 4
    assert free.least[FLEET_ALL, 0].tolist() == [1] * 8 + [2] * 12 + [1] * 4


def test_a_change_of_shift_leaves_no_gap() -> None:
    story = Story((), duty=((TOWN_1, -60, 480), (TOWN_2, 480, 1500)))
    assert story.tally().free.least[FLEET_LOCAL, 0].tolist() == [1] * 24


def test_a_shift_with_overtime() -> None:
    """On duty 8–16. A mission 15:00–16:20 runs over, the way home takes until 16:45."""
    story = Story(
        incidents=(Told(call=900, sent=(Sent(TOWN_1, 900, scene=910, free=980, km=8),)),),
        stints=(
            Spent(TOWN_1, 0, 480, 480, 600),
            Spent(TOWN_1, 1, 600, 615, 720, km=5.5),
            Spent(TOWN_1, 4, 720, 735, 800, km=5.5),
            Spent(TOWN_1, 0, 800, 815, 900, km=6.5),
            Spent(TOWN_1, 2, 980, 1005, 1005, km=12.25),
        ),
        duty=((TOWN_1, 480, 960),),
    )
    sums = dict(zip(UnitSum, story.tally().units[TOWN_1].tolist(), strict=True))
    assert sums == {
        UnitSum.DUTY: 480 * MIN_MS,
        UnitSum.OVERTIME: 45 * MIN_MS,
        UnitSum.ACTIVE: 80 * MIN_MS,
        UnitSum.STANDBY: 120 * MIN_MS,
        UnitSum.DRIVING_HOME: 40 * MIN_MS,
        UnitSum.IDLE: 205 * MIN_MS,
        UnitSum.MISSIONS: 1,
        UnitSum.METRES: 8_000 + 4_000 + 5_500 + 5_500 + 6_500 + 12_250,
        UnitSum.TASKS: 80 * MIN_MS,
    }
    assert values_of(story).get("utilisation", group="station:town") == [pytest.approx(80 / 480)]


def test_a_log_without_stints_counts_the_rest_of_the_duty_as_standing_ready() -> None:
    story = Story((Told(call=500, sent=(Sent(TOWN_1, 500, scene=510, free=560),)),), duty=((TOWN_1, 480, 960),))
    assert story.tally().units[TOWN_1, UnitSum.IDLE] == 420 * MIN_MS


def test_a_period_must_be_whole_days() -> None:
    story = Story(())
    with pytest.raises(ValueError, match="not a number of whole days"):
        tally(story.frame()._replace(end_s=86_399.0), story.year())
