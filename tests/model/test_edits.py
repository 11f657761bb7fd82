"""Every edit: what it changes, that it changes nothing else, and what it objects to."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from beredt.errors import EditError
from beredt.model.edits.add_roster import AddRoster
from beredt.model.edits.add_unit import AddUnit
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.assign_areas import AssignAreas
from beredt.model.edits.close_standby_point import CloseStandbyPoint
from beredt.model.edits.close_station import CloseStation
from beredt.model.edits.complaint import Complaint
from beredt.model.edits.edit import Edit
from beredt.model.edits.move_standby_point import MoveStandbyPoint
from beredt.model.edits.move_station import MoveStation
from beredt.model.edits.move_unit import MoveUnit
from beredt.model.edits.open_standby_point import OpenStandbyPoint
from beredt.model.edits.open_station import OpenStation
from beredt.model.edits.parse import parse_edits
from beredt.model.edits.remove_unit import RemoveUnit
from beredt.model.edits.reroster_unit import RerosterUnit
from beredt.model.edits.scale_interval import ScaleInterval
from beredt.model.edits.scale_rate import ScaleRate
from beredt.model.edits.scale_speed import ScaleSpeed
from beredt.model.edits.set_border_policy import SetBorderPolicy
from beredt.model.edits.set_dispatch import SetDispatch
from beredt.model.edits.set_interval import SetInterval
from beredt.model.edits.set_misrouting import SetMisrouting
from beredt.model.edits.set_reserve import SetReserve
from beredt.model.edits.set_roster_hours import SetRosterHours
from beredt.model.edits.set_speed import SetSpeed
from beredt.model.edits.transfer_station import TransferStation
from beredt.model.read import load_study
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service
from tests.tiny_study import write_tiny_study

OPEN = OpenStation(
    id="st-mid", name="Midt", lat=59.9, lon=10.6, organisation="trust-west", centre="centre-west", basis="assumed"
)
POINT = OpenStandbyPoint(
    id="sb-two", name="To", lat=59.9, lon=10.6, centre="centre-east", home_stations=("st-east",), max_drive_min=10.0
)
WEEK = AddRoster(id="long-week", shifts=("mon-fri 08:00-20:00", "sat;sun 20:00-08:00"))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny"))).service


def changes(before: Service, after: Service) -> dict[str, dict[Any, Any]]:
    """What differs: table → position → changed attributes (the whole row where it is new, None where it is gone)."""
    found: dict[str, dict[Any, Any]] = {}
    for field in dataclasses.fields(Service):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        if not isinstance(old, tuple):
            found[field.name] = {"": new}
        elif len(old) != len(new):
            found[field.name] = {row: row not in old for row in {*old, *new} if (row in old) != (row in new)}
        else:
            found[field.name] = {n: _attributes(a, b) for n, (a, b) in enumerate(zip(old, new, strict=True)) if a != b}
    return found


def _attributes(old: Any, new: Any) -> dict[str, Any]:
    names = [field.name for field in dataclasses.fields(old)]
    return {name: getattr(new, name) for name in names if getattr(old, name) != getattr(new, name)}


STORIES: list[tuple[Edit, dict[str, dict[Any, Any]]]] = [
    (
        MoveStation(station="st-east", lat=59.91, lon=10.65),
        {"stations": {0: {"lat": 59.91, "lon": 10.65}}},
    ),
    (
        TransferStation(station="st-west", centre="centre-west"),
        {"stations": {1: {"centre": "centre-west"}}},
    ),
    (
        TransferStation(station="st-west", organisation="trust-west", centre="centre-west"),
        {"stations": {1: {"organisation": "trust-west", "centre": "centre-west"}}},
    ),
    (MoveUnit(unit="e-2", station="st-south"), {"units": {1: {"station": "st-south"}}}),
    (RerosterUnit(unit="e-2", roster="all-day"), {"units": {1: {"roster": "all-day"}}}),
    (
        SetRosterHours(roster="day-shift", start="08:00", end="16:00"),
        {"rosters": {1: {"end_s": 16 * 3600}}},
    ),
    (
        MoveStandbyPoint(standby_point="sb-mid", lat=59.91, lon=10.65),
        {"standby_points": {0: {"lat": 59.91, "lon": 10.65}}},
    ),
    (
        WEEK,
        {
            "rosters": {
                RosterRow("long-week", (1, 2, 3, 4, 5), 8 * 3600, 20 * 3600): True,
                RosterRow("long-week", (6, 7), 20 * 3600, 8 * 3600): True,
            }
        },
    ),
    (
        AssignAreas(municipalities=("sor",), organisation="trust-east"),
        {"areas": {10: {"organisation": "trust-east"}, 11: {"organisation": "trust-east"}}},
    ),
    (
        AssignAreas(districts=("ost-skog",), areas=("w1",), centre="centre-west"),
        {"areas": {n: {"centre": "centre-west"} for n in (3, 4, 5, 6)}},
    ),
    (
        AssignAreas(areas=("e1",), hospital_zone="zone-west"),
        {"areas": {0: {"hospital_zone": "zone-west"}}},
    ),
    (
        SetBorderPolicy(asking_centre="centre-east", owning_centre="*", urgency="H", ask_s=120.0),
        {"border_rules": {1: {"ask_s": 120.0}}},
    ),
    (
        SetBorderPolicy(asking_centre="*", owning_centre="*", urgency="*", policy="own_only"),
        {"border_rules": {n: {"policy": "own_only"} for n in range(6)}},
    ),
    (ScaleRate(urgency="H", factor=2.0), {"rates": {1: {"per_1000": 89.8}, 4: {"per_1000": 76.8}}}),
    (
        ScaleRate(urgency="*", factor=2.0, rate_regions=("land",)),
        {"rates": {3: {"per_1000": 67.8}, 4: {"per_1000": 76.8}, 5: {"per_1000": 19.4}}},
    ),
    (
        ScaleRate(urgency="*", factor=0.8, municipalities=("sor",), districts=("ost-by",)),
        {"areas": {n: {"need_factor": 0.8} for n in (0, 1, 2, 10, 11)}},
    ),
    (
        SetInterval(interval="on_scene", urgency="A", median_s=1200.0),
        {"intervals": {9: {"median_s": 1200.0}}},
    ),
    (
        SetInterval(interval="handover", urgency="*", sigma=0.4),
        {"intervals": {n: {"sigma": 0.4} for n in (15, 16, 17)}},
    ),
    (
        ScaleInterval(interval="handling", urgency="*", factor=2.0),
        {"intervals": {0: {"median_s": 250.0}, 1: {"median_s": 730.0}, 2: {"median_s": 1800.0}}},
    ),
    (SetSpeed(purpose="A", factor=0.75), {"speeds": {0: {"factor": 0.75}}}),
    (ScaleSpeed(purpose="return", factor=1.5), {"speeds": {4: {"factor": 1.5}}}),
    (SetReserve(centre="centre-east", reserve_units=4), {"centres": {0: {"reserve_units": 4}}}),
]


@pytest.mark.parametrize(("edit", "expected"), STORIES, ids=[f"{n}-{edit.kind}" for n, (edit, _) in enumerate(STORIES)])
def test_what_an_edit_changes(service: Service, edit: Edit, expected: dict[str, dict[Any, Any]]) -> None:
    before = service.checksum()
    assert changes(service, apply_edits(service, [edit])) == expected
    assert service.checksum() == before


def test_opening_closing_adding_and_removing(service: Service) -> None:
    add = AddUnit(id="m-1", station="st-mid", unit_kind="ambulance", roster="all-day")
    opened = apply_edits(service, [OPEN, POINT, add])
    assert opened.stations[-1].name == "Midt"
    assert opened.standby_points[-1].keep_home == 0
    assert (opened.units[-1].id, opened.units[-1].basis) == ("m-1", "assumed")
    close = [RemoveUnit(unit="m-1"), CloseStandbyPoint(standby_point="sb-two"), CloseStation(station="st-mid")]
    assert apply_edits(opened, close) == service


def test_a_unit_on_a_roster_that_was_just_made(service: Service) -> None:
    edited = apply_edits(service, [WEEK, RerosterUnit(unit="e-2", roster="long-week")])
    assert edited.units[1].roster == "long-week"
    hours = sum(row.length_s * len(row.weekdays) for row in edited.rosters if row.id == "long-week") / 3600
    assert hours == 5 * 12 + 2 * 12


@pytest.mark.parametrize(
    "shift",
    ["mon-fri 08:00", "mon-mon 24:00-08:00", "mon 08:00-08:00", "mon;mon 08:00-16:00", "day 08:00-16:00", "", 8],
)
def test_what_is_no_shift(shift: object) -> None:
    (issue,) = parse_edits("x.toml", "", [{"edit": "add_roster", "id": "x", "shifts": [shift]}]).issues
    assert issue.field == "edits[1].shifts"
    assert "mon-fri 08:00-20:00" in issue.remedy
    assert parse_edits("x.toml", "", [{"edit": "add_roster", "id": "x", "shifts": []}]).issues


def test_a_closed_station_is_no_home_for_standby_any_more(service: Service) -> None:
    moved = apply_edits(service, [MoveUnit(unit="w-1", station="st-east"), CloseStation(station="st-west")])
    assert moved.standby_points[0].home_stations == ("st-east",)


def test_rules_of_dispatch_and_misrouting(service: Service) -> None:
    after = apply_edits(service, [SetDispatch(divert=()), SetMisrouting(share=0.0), SetDispatch(divert_margin_s=60.0)])
    assert after.dispatch.divert == ()
    assert after.dispatch.divert_margin_s == 60.0
    assert after.dispatch.responder_release_s == service.dispatch.responder_release_s
    assert after.misrouting == dataclasses.replace(service.misrouting, share=0.0)


OBJECTIONS: list[tuple[list[Edit], int, str, str]] = [
    ([MoveStation(station="st-eats", lat=59.9, lon=10.6)], 1, "station", "there is no 'st-eats' in stations.id"),
    ([OPEN, OPEN], 2, "id", "stations already has 'st-mid'"),
    ([CloseStation(station="st-west")], 1, "station", "1 units are still based at st-west: w-1"),
    (
        [POINT, MoveUnit(unit="e-1", station="st-west"), MoveUnit(unit="e-2", station="st-west"),
         MoveUnit(unit="e-3", station="st-west"), CloseStation(station="st-east")],
        5, "station", "standby point sb-two would be left without a home station",
    ),
    ([RemoveUnit(unit="w-1"), MoveUnit(unit="w-1", station="st-east")], 2, "unit", "there is no 'w-1' in units.id"),
    ([TransferStation(station="st-west")], 1, "organisation",
     "nothing would change: none of organisation, centre is given"),
    ([SetRosterHours(roster="split", start="08:00", end="16:00")], 1, "roster",
     "shifts of roster split would overlap when all begin at 08:00 and end at 16:00"),
    ([SetRosterHours(roster="split", start="08:00", end="08:00")], 1, "end",
     "a shift from 08:00 to 08:00 never starts"),
    ([WEEK, WEEK], 2, "id", "rosters already has 'long-week'"),
    ([AddRoster(id="all-day", shifts=("mon 08:00-16:00",))], 1, "id", "rosters already has 'all-day'"),
    ([AddRoster(id="twice", shifts=("mon-fri 22:00-08:00", "sat;sun 07:00-12:00"))], 1, "shifts",
     "shift sat;sun 07:00-12:00 would begin while mon-fri 22:00-08:00 still runs"),
    ([MoveStandbyPoint(standby_point="sb-2", lat=59.9, lon=10.6)], 1, "standby_point",
     "there is no 'sb-2' in standby_points.id"),
    ([AssignAreas(centre="centre-west")], 1, "municipalities",
     "nothing would change: none of municipalities, districts, areas is given"),
    ([AssignAreas(areas=("e1",))], 1, "centre",
     "nothing would change: none of centre, organisation, hospital_zone is given"),
    ([AssignAreas(areas=("e1", "x1"), centre="centre-west")], 1, "areas", "there is no 'x1' in areas.id"),
    ([AssignAreas(areas=("e1",), hospital_zone="zone-north")], 1, "hospital_zone",
     "there is no 'zone-north' in hospital_choice.hospital_zone"),
    ([SetBorderPolicy(asking_centre="centre-east", owning_centre="centre-east", urgency="*", ask_s=1.0)], 1,
     "owning_centre", "there is no border from centre-east to centre-east"),
    ([SetBorderPolicy(asking_centre="*", owning_centre="*", urgency="A", view="stale")], 1, "view_age_s",
     "a stale view needs an age above 0"),
    ([SetBorderPolicy(asking_centre="*", owning_centre="*", urgency="A")], 1, "policy",
     "nothing would change: none of policy, margin_s, ask_s, view, view_age_s is given"),
    ([ScaleRate(urgency="A", factor=2.0, municipalities=("ost",))], 1, "urgency",
     "A alone cannot be scaled in municipalities or districts"),
    ([ScaleRate(urgency="*", factor=2.0, municipalities=("ost",), rate_regions=("city",))], 1, "rate_regions",
     "stands beside municipalities or districts"),
    ([ScaleRate(urgency="*", factor=90.0), ScaleRate(urgency="*", factor=90.0)], 2, "factor",
     "times 90 gives over 5,000 incidents per 1,000 people"),
    ([SetInterval(interval="handling", urgency="A")], 1, "median_s",
     "nothing would change: none of median_s, sigma is given"),
    ([ScaleInterval(interval="*", urgency="*", factor=99.0)], 1, "factor",
     "times 99 makes a median longer than a day"),
    ([ScaleSpeed(purpose="*", factor=9.0)], 1, "factor", "times 9 makes the factor for A 7.2"),
    ([SetMisrouting(delay_min_s=100.0)], 1, "delay_min_s",
     "the shortest delay 100 s would exceed the longest 90 s"),
    ([SetMisrouting()], 1, "band_km",
     "nothing would change: none of band_km, share, delay_min_s, delay_max_s, effect is given"),
    ([SetDispatch(divert=("V>A",))], 1, "divert", "'V>A' is not a pair of a more urgent and a less urgent incident"),
    ([SetDispatch()], 1, "divert",
     "nothing would change: none of divert, divert_margin_s, responder_release_s, rule, busy_fraction, "
     "least_loss_for, rebook_gain_s is given"),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "number", "key", "message"), OBJECTIONS)
def test_what_an_edit_objects_to(service: Service, edits: list[Edit], number: int, key: str, message: str) -> None:
    with pytest.raises(EditError) as caught:
        apply_edits(service, edits, "alternatives/x.toml")
    complaint = caught.value.complaints[0]
    assert isinstance(complaint, Complaint)
    assert (complaint.file, complaint.number, complaint.kind) == ("alternatives/x.toml", number, edits[number - 1].kind)
    assert (complaint.key, complaint.message) == (key, message)
    assert message in str(caught.value)


def test_every_complaint_is_gathered_and_nothing_is_applied(service: Service) -> None:
    before = service.checksum()
    edits: list[Edit] = [
        MoveUnit(unit="nobody", station="nowhere"),
        dataclasses.replace(OPEN, organisation="trust-north"),
        AddUnit(id="m-1", station="st-mid", unit_kind="ambulance", roster="all-day"),
        MoveUnit(unit="m-1", station="st-east"),
        RemoveUnit(unit="e-1"),
        SetReserve(centre="centre-north", reserve_units=2),
    ]
    with pytest.raises(EditError) as caught:
        apply_edits(service, edits)
    told = [(one.number, one.key) for one in caught.value.complaints if isinstance(one, Complaint)]
    assert told == [(1, "unit"), (1, "station"), (2, "organisation"), (6, "centre")]
    assert service.checksum() == before
