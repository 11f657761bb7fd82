"""Every rule of review on a story, and the search for nearer units against a slow twin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import DefinitionError, UnknownIdError
from beredt.indicators.review.find_flags import find_flags, list_unused
from beredt.indicators.review.looked_at import LookedAt, look_at
from beredt.indicators.review.rules import choose_rules, load_review_rules
from beredt.indicators.review.settings import ReviewSettings, read_review_settings
from beredt.indicators.review.station_times import Place, StraightLines, distance_m, read_stations
from beredt.model.dictionary import load_fields
from tests.indicators.made_store import at, make_store

HOUR = 60.0


def mission(call: float, **more: Any) -> dict[str, Any]:
    """An acute mission: alerted after 1 minute, rolling after 2, at the scene after 8, free after an hour."""
    stamps = {"alerted_t": 1, "rolling_t": 2, "scene_t": 8, "leave_t": 30, "dest_t": 40, "free_t": 60}
    given = {"urgency": "A", "unit": "A1", "municipality": "Town", "organisation": "own"}
    return given | {"call_t": call} | {name: call + after for name, after in stamps.items()} | more


def seen(path: Path, rows: list[dict[str, Any]], **more: Any) -> LookedAt:
    return look_at(make_store(path / "store", rows), **more)


def flags(looked_at: LookedAt, rule: str) -> list[tuple[int, float | None, str]]:
    return find_flags(looked_at, [rule]).select("incident", "value", "detail").rows()


def test_every_rule_has_words_in_both_languages_and_runs_on_nothing(tmp_path: Path) -> None:
    nothing = seen(tmp_path, [])
    for rule in load_review_rules().values():
        assert all(rule.title[language] and rule.look[language].endswith(".") for language in ("en", "nb", "nn"))
        assert find_flags(nothing, [rule.id]).is_empty()


def test_late_depends_on_the_target_of_the_municipality(tmp_path: Path) -> None:
    rows = [mission(0, scene_t=18), mission(1, scene_t=19, municipality="Hill"), mission(2, scene_t=34)]
    rows += [mission(3, scene_t=60, urgency="V"), mission(4, scene_t=None)]
    known = seen(tmp_path, rows, urban={"Town": True, "Hill": False})
    assert flags(known, "late") == [(0, 1080.0, ""), (2, 1920.0, "")]
    assert [flag[0] for flag in flags(look_at(make_store(tmp_path / "b", rows)), "late")] == [2]


def test_a_responder_at_the_scene_is_somebody(tmp_path: Path) -> None:
    rows = [
        mission(0, incident=0, scene_t=50),
        mission(0, incident=0, unit="R1", unit_kind="single_responder", scene_t=6),
    ]
    assert flags(seen(tmp_path, rows), "late") == []


def test_not_reached(tmp_path: Path) -> None:
    rows = [mission(0, scene_t=None), mission(1, scene_t=None, cancelled=True), mission(2)]
    assert flags(seen(tmp_path, rows), "not_reached") == [(0, 1.0, "")]


@pytest.mark.parametrize(
    ("rule", "stamps", "value"),
    [
        ("slow_handling", {"alerted_t": 6}, 360.0),
        ("slow_mobilisation", {"rolling_t": 7}, 360.0),
        ("long_on_scene", {"leave_t": 100, "dest_t": 110, "free_t": 120}, 92 * 60.0),
        ("long_handover", {"free_t": 140}, 6000.0),
    ],
)
def test_what_took_too_long(tmp_path: Path, rule: str, stamps: dict[str, float], value: float) -> None:
    detail = "" if rule == "slow_handling" else "A1"
    assert flags(seen(tmp_path, [mission(0), mission(0, **stamps)]), rule) == [(1, value, detail)]


def test_marks_of_cleaning_are_named(tmp_path: Path) -> None:
    rows = [mission(0, marks=(1 << 8) | (1 << 21)), mission(1, marks=1 << 21), mission(2, marks=1 << 1)]
    assert flags(seen(tmp_path, rows), "wrongly_timed") == [(0, 1.0, "stamp_order")]


def test_an_impossible_stamp_is_no_stamp(tmp_path: Path) -> None:
    impossible_scene = 1 << (48 + 4)
    assert flags(seen(tmp_path, [mission(0, marks=impossible_scene)]), "not_reached") == [(0, 1.0, "")]


def test_urgency_raised(tmp_path: Path) -> None:
    rows = [mission(0, urgency_first="V"), mission(1, urgency_first="H"), mission(2), mission(3, urgency_first="")]
    assert flags(seen(tmp_path, rows), "urgency_raised") == [(0, 2.0, "V → A"), (1, 1.0, "H → A")]


def handed_over() -> list[dict[str, Any]]:
    return [
        mission(9e3, incident=900, organisation="next", unit="N1", cancelled=True, scene_t=None),
        mission(9e3, incident=900, alerted_t=9e3 + 4, unit="A1"),
    ]


def test_misrouted_by_a_study_or_by_the_habit_of_the_log(tmp_path: Path) -> None:
    told = seen(tmp_path / "study", handed_over(), responsible={"Town": "own"})
    assert flags(told, "misrouted") == [(900, 180.0, "next → own")]
    assert flags(seen(tmp_path / "few", handed_over()), "misrouted") == []
    habit = [mission(100.0 * n) for n in range(50)]
    assert flags(seen(tmp_path / "many", [*habit, *handed_over()]), "misrouted") == [(900, 180.0, "next → own")]


def test_called_again_by_patient_or_by_place_and_age(tmp_path: Path) -> None:
    left = {"dest_t": None, "urgency": "V", "lat": 59.9, "lon": 10.5}
    near, far = {"lat": 59.90009, "lon": 10.5}, {"lat": 59.91, "lon": 10.5}
    rows = [
        mission(0, patient="p", **left),
        mission(5 * HOUR, patient="p", **far),
        mission(0, age=80, **left),
        mission(6 * HOUR, age=80, **near),
        mission(0, age=81, **left),
        mission(6 * HOUR, age=81, **far),
        mission(0, **left),
        mission(6 * HOUR, **near),
        mission(0, age=82, **left),
        mission(30 * HOUR, age=82, **near),
        mission(0, age=83, **{**left, "dest_t": 40}),
        mission(6 * HOUR, age=83, **near),
    ]
    assert flags(seen(tmp_path, rows), "called_again") == [(0, 5.0, "patient"), (2, 6.0, "place and age")]


STATIONS = StraightLines({"West": Place(59.90, 10.40), "East": Place(59.90, 10.60)})


def stood_by(**free: Any) -> list[dict[str, Any]]:
    """A unit from the west drives 20 minutes to a scene beside the station in the east, whose own unit may stand
    there."""
    place = {"lat": 59.90, "lon": 10.60}
    east = {"unit": "E1", "station": "East", **place}
    return [
        mission(200, incident=9, unit="W1", station="West", rolling_t=202, scene_t=222, free_t=260, **place),
        mission(100, incident=1, **(east | {"free_t": 140} | free)),
        mission(300, incident=2, **east),
    ]


def test_a_nearer_unit_that_stood_at_its_station_is_named(tmp_path: Path) -> None:
    ((incident, gain_s, detail),) = flags(seen(tmp_path, stood_by(), station_times=STATIONS), "nearest_not_sent")
    assert (incident, detail) == (9, "E1 (East)")
    assert gain_s == pytest.approx(1200.0)


@pytest.mark.parametrize(
    "story",
    [
        pytest.param(stood_by(free_t=190), id="free for too short a time to be at the station"),
        pytest.param(stood_by(free_t=230), id="busy"),
        pytest.param(stood_by(free_t=None), id="nobody knows when it was free"),
        pytest.param([row | ({"unit_kind": "boat"} if row["unit"] == "E1" else {}) for row in stood_by()], id="a boat"),
        pytest.param(stood_by()[:2], id="not seen afterwards: perhaps off duty"),
        pytest.param([stood_by()[0], stood_by()[2]], id="not seen before"),
        pytest.param(
            [*stood_by(), mission(201, incident=9, unit="E1", station="East")], id="sent as well, a bit later"
        ),
        pytest.param([row | {"station": "Unheard of"} for row in stood_by()], id="nobody knows where the station is"),
    ],
)
def test_no_unit_is_named_of_which_nobody_can_know(tmp_path: Path, story: list[dict[str, Any]]) -> None:
    assert flags(seen(tmp_path, story, station_times=STATIONS), "nearest_not_sent") == []


def test_without_places_of_stations_the_rule_says_what_it_needs(tmp_path: Path) -> None:
    looked_at = seen(tmp_path, stood_by())
    assert find_flags(looked_at, ["nearest_not_sent"]).is_empty()
    assert "stations" in list_unused(looked_at, choose_rules())["nearest_not_sent"]


def slow_nearest(rows: pl.DataFrame, limits: ReviewSettings) -> dict[int, float]:
    """For every acute incident look at every unit, as one would on paper. Times in minutes after the start."""
    found = {}
    ambulances = [row for row in rows.iter_rows(named=True) if row["unit_kind"] == "ambulance"]
    for incident in {row["incident"] for row in ambulances if row["urgency"] == "A"}:
        own = [row for row in ambulances if row["incident"] == incident]
        first = min(own, key=lambda row: (row["scene_t"], row["row_id"]))
        t, driven = first["alerted_t"], (first["scene_t"] - first["rolling_t"]).total_seconds()
        best = np.inf
        for unit in {row["unit"] for row in ambulances}:
            work = sorted(
                (row for row in ambulances if row["unit"] == unit), key=lambda r: (r["alerted_t"], r["row_id"])
            )
            before = [row for row in work if row["alerted_t"] <= t]
            after = [row for row in work if row["alerted_t"] > t]
            if not before or not after or after[0]["incident"] == incident:
                continue
            free = max(row["free_t"] for row in before)
            rested, waits = (t - free).total_seconds(), (after[0]["alerted_t"] - t).total_seconds()
            if limits.at_station_after_s <= rested <= limits.seen_within_s and waits <= limits.seen_within_s:
                place = {"West": (59.90, 10.40), "East": (59.90, 10.60)}[work[-1]["station"]]
                metres = distance_m(*(np.array([x]) for x in (*place, first["lat"], first["lon"])))[0]
                best = min(best, float(metres) * 1.3 / (60 / 3.6))
        if best < driven - limits.nearer_by_s and best < driven * limits.nearer_ratio:
            found[incident] = driven - best
    return found


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 3), st.integers(1, 30), st.integers(0, 90)), max_size=14)
)
def test_nearer_units_agree_with_a_slow_twin(
    tmp_path_factory: pytest.TempPathFactory, missions: list[tuple[int, int, int, int]]
) -> None:
    rows = [
        mission(
            call, incident=n // 2, unit=f"U{unit}", station=("West", "East")[unit % 2], scene_t=call + 2 + drive,
            free_t=call + 2 + drive + work, lat=59.9, lon=10.4 + 0.2 * (n % 3) / 2,
        )
        for n, (call, unit, drive, work) in enumerate(missions)
    ]  # fmt: skip
    store = make_store(tmp_path_factory.mktemp("twin") / "store", rows)
    looked_at = look_at(store, station_times=STATIONS)
    found = {incident: value for incident, value, _ in flags(looked_at, "nearest_not_sent")}
    assert found == pytest.approx(slow_nearest(store.missions().collect(), ReviewSettings()))


def test_only_a_stretch_is_looked_at_but_units_are_known_from_around_it(tmp_path: Path) -> None:
    looked_at = seen(tmp_path, stood_by(), since=at(150), until=at(250), station_times=STATIONS)
    assert looked_at.incidents["incident"].to_list() == [9]
    assert [flag[0] for flag in flags(looked_at, "nearest_not_sent")] == [9]


def test_limits_come_from_a_file_and_faults_are_issues(tmp_path: Path) -> None:
    path = tmp_path / "limits.toml"
    path.write_text("late_by_s = 0.0\n", encoding="utf-8")
    assert read_review_settings(path).late_by_s == 0.0
    for text, said in (("late_by = 1.0", "did you mean late_by_s"), ("handling_s = -1.0", "handling_s"), ("x", "TOML")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DefinitionError, match=said):
            read_review_settings(path)


def test_the_dictionary_has_every_limit_with_its_default() -> None:
    fields = {field.name: field for field in load_fields("review")}
    assert list(fields) == list(ReviewSettings.model_fields)
    for name, field in fields.items():
        if field.default is not None:
            assert float(field.default) == getattr(ReviewSettings(), name)


def test_stations_come_from_a_file_and_faults_are_issues(tmp_path: Path) -> None:
    path = tmp_path / "stations.csv"
    path.write_text("name,lat,lon\n12,59.9,10.4\n", encoding="utf-8")
    assert read_stations(path).names == ("12",)
    path.write_text("name,lat\nWest,59.9\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="name,lat,lon"):
        read_stations(path)


def test_rules_are_chosen_by_name() -> None:
    assert choose_rules(["misrouted", "late"]) == ("late", "misrouted")
    assert "late" not in choose_rules(without=["late"])
    with pytest.raises(UnknownIdError, match="did you mean 'late'"):
        choose_rules(["lat"])
