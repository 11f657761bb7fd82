"""One readable line for every kind of edit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from beredt.model.edits.add_roster import AddRoster
from beredt.model.edits.edit import Edit
from beredt.model.edits.kinds import EDIT_KINDS
from beredt.model.edits.move_standby_point import MoveStandbyPoint
from beredt.model.edits.open_standby_point import OpenStandbyPoint
from beredt.model.edits.set_border_policy import SetBorderPolicy
from beredt.model.edits.set_cutoff import SetCutoff
from beredt.model.edits.set_dispatch import SetDispatch
from beredt.model.edits.set_planned_task import SetPlannedTask
from beredt.model.edits.set_relocation import SetRelocation
from beredt.model.edits.set_roster_hours import SetRosterHours
from beredt.model.edits.set_unit_price import SetUnitPrice
from beredt.report.context import ReportContext, make_context
from beredt.report.edit_lines import edit_line
from beredt.report.words import load_words


def line(ctx: ReportContext, edit: Edit) -> str:
    return edit_line(edit, ctx.words, ctx.numbers, ctx.names)


def test_the_alternative_of_the_tiny_study_in_english(english: ReportContext) -> None:
    edits = english.study.get_alternative("2").edits
    assert [line(english, edit) for edit in edits] == [
        "Vest: new centre AMK Vest and new organisation Vestre HF",
        "Station Vest with its units: new organisation Vestre HF and new centre AMK Vest",
        "Open station Midt for Vestre HF, coordinated by AMK Vest (at 59.8990, 10.6000)",
        "One more ambulance at Midt, round the clock every day",
        "At the border, when any centre looks for units of any other centre, urgency A: rule own units first, "
        "must be sooner by 0\u00a0s, asking takes 90\u00a0s, units are seen with a delay "
        "and refreshed every 300\u00a0s",
    ]


def test_the_same_in_norwegian(english: ReportContext) -> None:
    ctx = make_context(english.study, english.results, load_words("nb"))
    edits = ctx.study.get_alternative("2").edits
    assert line(ctx, edits[0]) == "Vest: ny sentral AMK Vest og nytt helseforetak Vestre HF"
    assert line(ctx, edits[3]) == "Én ambulanse til på Midt, hele døgnet alle dager"


def test_what_is_counted_is_whole(english: ReportContext) -> None:
    edit = SetPlannedTask(
        id="visit", wanted_kinds=(), per_day=8, municipalities=(), window_s=3600, stay_s=1800, from_age=70
    )
    said = line(english, edit)
    assert said.startswith("8 planned tasks a day")
    assert " 70" in said
    assert "70.00" not in said


def test_what_a_form_fills_in_as_it_would_be_anyway_is_not_listed(english: ReportContext) -> None:
    """A form of the screen gives every key its value; the line is that of a file that leaves them out."""
    bare = SetPlannedTask(
        id="visit", wanted_kinds=("ambulance",), per_day=8, municipalities=("ost",), window_s=3600, stay_s=1800
    )
    assert line(english, bare) == "8 planned tasks a day, visit, 1,800\u00a0s each, in Øst"
    filled = replace(bare, start="00:00", end="24:00", late_s=0.0, gives_way="AHV", max_drive_min=30.0)
    assert line(english, filled) == line(english, bare)
    assert line(english, replace(bare, keep_home=1)).endswith("in Øst: other units that stay 1")


def test_clocks_are_clocks(english: ReportContext) -> None:
    edit = SetRosterHours(roster="day-shift", start="08:00", end="16:00")
    assert line(english, edit) == "Shifts of roster 08:00–20:00 Mon–Fri last from 08:00 to 16:00"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "New roster: 08:00–20:00 Mon–Fri and round the clock Sat–Sun"),
        ("nb", "Ny vaktplan: 08:00–20:00 man–fre og hele døgnet lør–søn"),
        ("nn", "Ny vaktplan: 08:00–20:00 mån–fre og heile døgnet lau–søn"),
    ],
)
def test_a_new_roster_is_told_by_its_shifts(english: ReportContext, language: str, expected: str) -> None:
    ctx = make_context(english.study, english.results, load_words(language))
    edit = AddRoster(id="long-week", shifts=("mon-fri 08:00-20:00", "sat;sun 00:00-24:00"))
    assert line(ctx, edit) == expected


def test_a_standby_point_that_moves(english: ReportContext) -> None:
    edit = MoveStandbyPoint(standby_point="sb-mid", lat=59.91, lon=10.65)
    assert line(english, edit) == "Move standby point Midtveis to 59.9100, 10.6500"


def test_what_is_not_given_is_not_said(english: ReportContext) -> None:
    edit = SetBorderPolicy(asking_centre="centre-east", owning_centre="centre-west", urgency="*", ask_s=120.0)
    expected = "At the border, when AMK Øst looks for units of AMK Vest, urgency all: asking takes 120\u00a0s"
    assert line(english, edit) == expected


POLICIES: list[tuple[Edit, str]] = [
    (
        SetRelocation(rule="dmexclp", busy_fraction=0.4, only_centre="*", most_moves=2, most_move_min=15.0),
        "Where free units go: rule where expected coverage gains most, busy share of a unit 0.40, units of all, "
        "most moves in a shift 2 and longest drive of a move 15\u00a0min",
    ),
    (
        SetRelocation(only_centre="centre-east", quiet_start="23:00", quiet_end="06:00"),
        "Where free units go: units of AMK Øst, no moves from 23:00 and no moves until 06:00",
    ),
    (
        SetDispatch(rule="least_loss", least_loss_for=("H", "V")),
        "Rules of dispatch: rule the unit that leaves the least coverage behind and for urgency H and V",
    ),
    (
        SetCutoff(urgency="V", cutoff_s=2400.0, cutoff_wait_s=600.0),
        "Waiting for a nearer unit, urgency V: if the best is expected later than 2,400\u00a0s "
        "and waits at most 600\u00a0s",
    ),
    (
        SetUnitPrice(unit_kind="ambulance", urgency="*", price_s=120.0),
        "When ambulance is compared with others for urgency all, 120\u00a0s is added",
    ),
]


@pytest.mark.parametrize(("edit", "expected"), POLICIES, ids=lambda value: getattr(value, "kind", ""))
def test_policies_in_words(english: ReportContext, edit: Edit, expected: str) -> None:
    assert line(english, edit) == expected


def test_hours_of_a_standby_point_are_said_only_where_it_has_some(english: ReportContext) -> None:
    always = OpenStandbyPoint(
        id="sb-two", name="To", lat=59.9, lon=10.6, centre="centre-east", home_stations=("st-east",), max_drive_min=10.0
    )
    text = "Open standby point To for AMK Øst: units of Øst within 10\u00a0min, 0 others must stay home"
    assert line(english, always) == text
    hours = replace(always, weekdays="mon-fri", start="07:00", end="09:30")
    assert line(english, hours) == f"{text}; days mon-fri, from 07:00 and until 09:30"


@pytest.mark.parametrize("kind", EDIT_KINDS, ids=lambda kind: kind.kind)
def test_every_kind_has_a_text(context: ReportContext, kind: type[Edit]) -> None:
    assert context.words.has(f"edit.{kind.kind}")
