"""Answers of siting as edits: what is open in the answer is what is staffed after the edits, and nothing objects."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.model.edits.apply import apply_edits
from beredt.model.edits.edit import Edit
from beredt.model.read import load_study
from beredt.model.service import Service
from beredt.siting.plans.hours_on_duty import shifts_of, slots_of
from beredt.siting.plans.site_edits import site_edits
from beredt.siting.study.sites import StudySite
from beredt.siting.study.week_parts import parse_week_parts
from tests.tiny_study import write_tiny_study

PLACES = ("st-east", "st-west", "st-south", "area:e5", "standby:sb-mid", "far")
PARTS = parse_week_parts("day-evening-night")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny"))).service


def sites_of(service: Service) -> list[StudySite]:
    """Today's stations, and three places more: near the one in the east, near that in the south, and far away."""
    there = [
        StudySite(one.id, one.name, one.lat, one.lon, one.centre, one.organisation, existing=True)
        for one in service.stations
    ]
    east, south = ("centre-east", "trust-east"), ("centre-west", "trust-west")
    return [
        *there,
        StudySite("area:e5", "e5", 59.909, 10.658, *east),
        StudySite("standby:sb-mid", "Midtveis", 59.900, 10.600, *east),
        StudySite("far", "Far", 59.700, 10.500, *south),
    ]


def ask(service: Service, *chosen: str) -> tuple[tuple[Edit, ...], Service]:
    edits = site_edits(service, sites_of(service), dict.fromkeys(chosen, 1))
    return edits, apply_edits(service, edits)


def test_a_station_moves_to_the_new_place_nearest_to_it(service: Service) -> None:
    edits, after = ask(service, "st-west", "st-south", "area:e5")
    assert [edit.kind for edit in edits] == ["move_station"]
    assert next((one.lat, one.lon) for one in after.stations if one.id == "st-east") == (59.909, 10.658)


def test_a_new_place_that_nobody_moves_to_is_opened_with_a_unit_round_the_clock(service: Service) -> None:
    edits, after = ask(service, "st-east", "st-west", "st-south", "standby:sb-mid")
    assert [edit.kind for edit in edits] == ["open_station", "add_unit"]
    assert [(one.station, one.kind, one.roster) for one in after.units][-1] == ("sb-mid", "ambulance", "all-day")


def test_a_station_too_far_from_any_new_place_is_closed_and_its_units_go_on_elsewhere(service: Service) -> None:
    edits, after = ask(service, "st-east", "st-west", "far")
    assert [edit.kind for edit in edits] == ["open_station", "move_unit", "close_station", "add_unit"]
    assert len(after.units) == len(service.units) + 1
    assert next(one.station for one in after.units if one.id == "s-1") == "st-west"


def test_nothing_changes_where_the_answer_is_today(service: Service) -> None:
    assert site_edits(service, sites_of(service), {"st-east": 2, "st-west": 1, "st-south": 1}) == ()


@settings(max_examples=60, deadline=None)
@given(
    chosen=st.sets(st.sampled_from(["st-east", "st-west", "st-south", "area:e5", "standby:sb-mid", "far"]), min_size=1)
)
def test_what_is_open_is_what_is_staffed(service: Service, chosen: set[str]) -> None:
    sites = sites_of(service)
    after = apply_edits(service, site_edits(service, sites, dict.fromkeys(sorted(chosen), 1)))
    staffed = {
        (round(one.lat, 6), round(one.lon, 6))
        for one in after.stations
        if any(u.station == one.id for u in after.units)
    }
    assert staffed == {(one.lat, one.lon) for one in sites if one.id in chosen}


@settings(max_examples=60, deadline=None)
@given(
    counts=st.dictionaries(
        st.sampled_from(["st-east", "st-west", "st-south", "area:e5", "far"]),
        st.tuples(*[st.integers(0, 3)] * 3).filter(any),
        min_size=1,
    )
)
def test_models_of_units_get_their_units_in_every_part_of_the_week(
    service: Service, counts: dict[str, tuple[int, int, int]]
) -> None:
    by_part = {part.id: {site: row[n] for site, row in counts.items()} for n, part in enumerate(PARTS)}
    chosen = {site: max(row) for site, row in counts.items()}
    sites = sites_of(service)
    after = apply_edits(service, site_edits(service, sites, chosen, by_part=by_part, parts=PARTS))
    rosters = {row.id: slots_of(shifts_of(one for one in after.rosters if one.id == row.id)) for row in after.rosters}
    for site, row in counts.items():
        place = next((one.lat, one.lon) for one in sites if one.id == site)
        station = next(one.id for one in after.stations if (one.lat, one.lon) == place)
        units = [unit for unit in after.units if unit.station == station and unit.kind == "ambulance"]
        for part, count in zip(PARTS, row, strict=True):
            slots = {hour * 12 for hour in part.hours}
            assert [slots <= rosters[unit.roster] for unit in units].count(True) == count
