"""Rules of relocation and dispatch: how a study says them, what is wrong with them, and how edits change them."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from pathlib import Path

import pytest

from beredt.errors import EditError, OptionError
from beredt.model.compliance_row import ComplianceRow
from beredt.model.dispatch_rules import DispatchRules
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.close_station import CloseStation
from beredt.model.edits.edit import Edit
from beredt.model.edits.move_unit import MoveUnit
from beredt.model.edits.open_standby_point import OpenStandbyPoint
from beredt.model.edits.set_cutoff import SetCutoff
from beredt.model.edits.set_dispatch import SetDispatch
from beredt.model.edits.set_relocation import SetRelocation
from beredt.model.edits.set_unit_price import SetUnitPrice
from beredt.model.issue import Issue
from beredt.model.read import load_study, read_study
from beredt.model.relocation_option import relocation_from_option
from beredt.model.relocation_rules import STANDBY_RULES, RelocationRules
from beredt.model.relocation_tables import configurations, find_followed, list_tables, ranked_stations
from beredt.model.service import Service
from beredt.model.travel_hour import TravelHour
from beredt.model.unit_price import UnitPrice
from tests.model.policy_study import COMPLIANCE, PRIORITY, write_policy_study
from tests.model.spoil import messages
from tests.tiny_study import tiny_files, write_tiny_study

DISPATCH = """
[dispatch]
divert = ["A>H"]
rule = "least_loss"
busy_fraction = 0.4
least_loss_for = ["H", "V"]
cutoff_s = { V = 2700, H = 86400 }
cutoff_wait_s = { V = 900 }
rebook_gain_s = 180
"""

RELOCATION = """
[relocation]
rule = "compliance"
table = "small"
most_moves = 3
most_move_min = 20
most_move_km = 15.5
quiet_start = "23:00"
quiet_end = "06:30"
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return load_study(write_policy_study(tmp_path_factory.mktemp("policy"))).service


def issues_of(folder: Path, **changed: str) -> tuple[Issue, ...]:
    return read_study(write_policy_study(folder, **changed))[1]


def test_a_study_that_says_nothing_keeps_todays_rules(tmp_path: Path) -> None:
    service = load_study(write_tiny_study(tmp_path)).service
    assert service.relocation == STANDBY_RULES == RelocationRules()
    assert service.dispatch == DispatchRules((("A", "H"), ("A", "V")), 120.0, 300.0)
    assert (service.compliance, service.priority_list, service.unit_prices, service.travel_hours) == ((), (), (), ())
    point = service.standby_points[0]
    assert (point.weekdays, point.start_s, point.end_s) == ((1, 2, 3, 4, 5, 6, 7), 0, 86_400)


def test_tables_are_read(service: Service) -> None:
    assert service.compliance[0] == ComplianceRow("small", 1, 1, "st-west", 1)
    assert service.unit_prices == (
        UnitPrice("single_responder", "V", None),
        UnitPrice("single_responder", "H", 300.0),
    )
    assert service.travel_hours == (TravelHour(7, 1.4, 1.2), TravelHour(8, 1.5, 1.0))
    assert list_tables(service, "compliance") == ("small", "several")
    assert list_tables(service, "priority_list") == ("day",)
    assert list_tables(service, "dmexclp") == ()
    assert ranked_stations(service, "day") == ("st-east", "st-west", "st-east")
    assert configurations(service, "small") == {
        1: (("st-west",),),
        2: (("st-east", "st-west"),),
        4: (("st-east", "st-east", "st-west"),),
    }
    assert configurations(service, "several") == {1: (("st-west",), ("st-south",))}


def test_settings_are_read(tmp_path: Path) -> None:
    files = tiny_files()["study.toml"]
    text = files.replace(files[files.index("[dispatch]") : files.index("[misrouting]")], DISPATCH + RELOCATION + "\n")
    folder = write_policy_study(tmp_path)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    service = load_study(folder).service
    assert service.dispatch == DispatchRules(
        divert=(("A", "H"),),
        divert_margin_s=120.0,
        responder_release_s=300.0,
        rule="least_loss",
        busy_fraction=0.4,
        least_loss_for=("H", "V"),
        cutoff_s=(inf, inf, 2700.0),
        cutoff_wait_s=(0.0, 0.0, 900.0),
        rebook_gain_s=180.0,
    )
    assert service.relocation == RelocationRules(
        rule="compliance",
        table="small",
        most_moves=3.0,
        most_move_s=1200.0,
        most_move_km=15.5,
        quiet_start_s=23 * 3600,
        quiet_end_s=6 * 3600 + 1800,
    )
    assert find_followed(service) == "small"


@pytest.mark.parametrize(
    ("settings", "field", "message"),
    [
        ('[relocation]\nrule = "compliance"', "relocation.rule", "compliance holds 2 tables, and none is named"),
        ('[relocation]\nrule = "compliance"\ntable = "day"', "relocation.table",
         "there is no table 'day' in compliance"),
        ('[relocation]\nrule = "home"\ntable = "day"', "relocation.table", "the rule home follows no table"),
        ('[relocation]\nrule = "nearest"', "relocation.rule",
         "the value should be 'standby', 'home', 'stay', 'priority_list', 'compliance', 'dmexclp' or 'zhang'"),
        ('[relocation]\nbusy_fraction = 1.0', "relocation.busy_fraction",
         "the value should be less than or equal to 0.99"),
        ('[relocation]\nquiet_start = "24:00"', "relocation.quiet_start",
         "not an id, or not in the form that is asked for"),
        ('[relocation]\nonly_centre = "centre-esat"', "relocation.only_centre",
         "there is no 'centre-esat' in centres"),
        ('[relocation]\nmost_mvoes = 3', "relocation.most_mvoes", "no such key"),
    ],
)  # fmt: skip
def test_faulty_settings(tmp_path: Path, settings: str, field: str, message: str) -> None:
    issues = issues_of(tmp_path, settings=settings)
    assert [(issue.file, issue.field, issue.message) for issue in issues] == [("study.toml", field, message)]
    assert issues[0].row is not None
    assert issues[0].row <= 3


def test_a_rule_without_its_table(tmp_path: Path) -> None:
    folder = write_policy_study(tmp_path, settings='[relocation]\nrule = "priority_list"')
    (folder / "priority_list.csv").unlink()
    issues = read_study(folder)[1]
    assert [issue.message for issue in issues] == [
        "the rule priority_list needs the table priority_list, which has no rows"
    ]


@pytest.mark.parametrize(
    ("table", "text", "field", "message", "severity"),
    [
        ("compliance", COMPLIANCE.replace("small,2,1,st-east,1", "small,2,1,st-east,2"), "units",
         "table small wants 3 units out when 2 are free", "error"),
        ("compliance", COMPLIANCE.replace("small,4", "small,5") + "small,3,1,st-east,3\n", "free_units",
         "table small is not nested: its 2 free units are no part of its 3", "warning"),
        ("compliance", COMPLIANCE + "small,3,1,st-esat,3\n", "station",
         "there is no 'st-esat' in stations.id", "error"),
        ("compliance", COMPLIANCE + "small,1,1,st-west,1\n", "table",
         "the row is repeated (first in row 2)", "error"),
        ("priority_list", PRIORITY + "day,10,st-south\n", "table",
         "duplicate key: another row has the same table, rank (first in row 3)", "error"),
        ("unit_prices", "kind,urgency,price_s\nambulance,A,\nsingle_responder,A,60\n", "price_s",
         "no kind of unit may be sent as the main unit for urgency A", "error"),
        ("travel_hours", "hour_of_week,true_factor,believed_factor\n168,1,1\n", "hour_of_week",
         "out of range: too large", "error"),
        ("standby_points",
         tiny_files()["standby_points.csv"].replace("max_drive_min", "max_drive_min,start,end").replace(
             "0,15", "0,15,08:00,08:00"),
         "end", "the point is never open: its hours end when they begin", "error"),
    ],
)  # fmt: skip
def test_faulty_tables(tmp_path: Path, table: str, text: str, field: str, message: str, severity: str) -> None:
    issues = issues_of(tmp_path, **{table: text})
    found = [(issue.file, issue.field, issue.message, issue.severity) for issue in issues]
    assert found == [(f"{table}.csv", field, message, severity)], messages(issues)


def test_a_list_that_names_stations_of_another_centre(tmp_path: Path) -> None:
    settings = '[relocation]\nrule = "compliance"\ntable = "several"\nonly_centre = "centre-east"'
    issues = issues_of(tmp_path, settings=settings)
    assert [(issue.file, issue.message) for issue in issues] == [
        # Alternative 2 gives st-west away.
        (
            "alternatives/2.toml",
            "after all edits table several names stations of other centres than centre-east: st-south, st-west",
        ),
        ("compliance.csv", "table several names stations of other centres than centre-east: st-south"),
    ]


def test_standby_points_with_hours(tmp_path: Path) -> None:
    head, row = tiny_files()["standby_points.csv"].splitlines()
    text = f"{head},weekdays,start,end\n{row},fri-sun,22:00,06:00\n"
    point = load_study(write_policy_study(tmp_path, standby_points=text)).service.standby_points[0]
    assert (point.weekdays, point.start_s, point.end_s) == ((5, 6, 7), 22 * 3600, 6 * 3600)


def test_edits_of_relocation(service: Service) -> None:
    edits: list[Edit] = [
        SetRelocation(rule="compliance", table="small", most_moves=2, quiet_start="22:00", quiet_end="06:00"),
        SetRelocation(only_centre="centre-east", most_move_min=15.0, most_move_km=9.0, most_shift_km=60.0),
    ]
    after = apply_edits(service, edits).relocation
    assert after == RelocationRules(
        "compliance", 0.3, "small", "centre-east", 2.0, 900.0, 9.0, 60.0, 22 * 3600, 6 * 3600
    )
    again = apply_edits(service, [*edits, SetRelocation(rule="dmexclp", busy_fraction=0.5, only_centre="*")])
    assert again.relocation == replace(after, rule="dmexclp", busy_fraction=0.5, table="", only_centre="")
    assert service.relocation == STANDBY_RULES


def test_edits_of_dispatch(service: Service) -> None:
    edits: list[Edit] = [
        SetDispatch(rule="least_loss", busy_fraction=0.4, least_loss_for=("V",), rebook_gain_s=120.0),
        SetCutoff(urgency="*", cutoff_s=1800.0),
        SetCutoff(urgency="A", cutoff_s=86_400.0),
        SetCutoff(urgency="V", cutoff_wait_s=600.0),
    ]
    after = apply_edits(service, edits).dispatch
    assert (after.rule, after.busy_fraction, after.least_loss_for, after.rebook_gain_s) == (
        "least_loss", 0.4, ("V",), 120.0,
    )  # fmt: skip
    assert after.cutoff_s == (inf, 1800.0, 1800.0)
    assert after.cutoff_wait_s == (0.0, 0.0, 600.0)
    assert apply_edits(service, [*edits, SetDispatch(rebook_gain_s=86_400.0)]).dispatch.rebook_gain_s == inf


def test_edits_of_unit_prices(service: Service) -> None:
    after = apply_edits(service, [SetUnitPrice(unit_kind="single_responder", urgency="*", price_s=60.0)])
    assert [(row.urgency, row.price_s) for row in after.unit_prices] == [("V", 60.0), ("H", 60.0), ("A", 60.0)]
    never = apply_edits(service, [SetUnitPrice(unit_kind="single_responder", urgency="H", price_s=86_400.0)])
    assert never.unit_prices[1] == UnitPrice("single_responder", "H", None)


def test_a_standby_point_with_hours_is_opened(service: Service) -> None:
    new = OpenStandbyPoint(
        id="sb-night", name="Natt", lat=59.9, lon=10.6, centre="centre-east", home_stations=("st-east",),
        max_drive_min=10.0, weekdays="sat-sun", start="20:00", end="04:00",
    )  # fmt: skip
    point = apply_edits(service, [new]).standby_points[-1]
    assert (point.weekdays, point.start_s, point.end_s) == ((6, 7), 20 * 3600, 4 * 3600)


def test_a_closed_station_leaves_lists_and_tables(service: Service) -> None:
    after = apply_edits(service, [MoveUnit(unit="w-1", station="st-east"), CloseStation(station="st-west")])
    assert ranked_stations(after, "day") == ("st-east", "st-east")
    assert configurations(after, "small") == {2: (("st-east",),), 4: (("st-east", "st-east"),)}


@pytest.mark.parametrize(
    ("edit", "key", "message"),
    [
        (SetRelocation(rule="compliance", table="day"), "table", "there is no table 'day' in compliance"),
        (SetRelocation(table="day"), "table", "there is no table 'day' for the rule standby"),
        (SetRelocation(only_centre="centre-north"), "only_centre", "there is no 'centre-north' in centres.id"),
        (SetDispatch(least_loss_for=("B",)), "least_loss_for", "'B' is not an urgency"),
        (SetCutoff(urgency="A"), "cutoff_s", "nothing would change: none of cutoff_s, cutoff_wait_s is given"),
        (SetUnitPrice(unit_kind="car", urgency="A", price_s=1.0), "unit_kind", "there is no 'car' in unit_kinds.id"),
    ],
)
def test_what_an_edit_objects_to(service: Service, edit: Edit, key: str, message: str) -> None:
    with pytest.raises(EditError) as caught:
        apply_edits(service, [edit])
    complaint = caught.value.complaints[0]
    assert (getattr(complaint, "key"), getattr(complaint, "message")) == (key, message)  # noqa: B009


def test_an_alternative_is_judged_after_all_its_edits(tmp_path: Path) -> None:
    text = tiny_files()["alternatives/2.toml"] + '\n[[edits]]\nedit = "set_relocation"\nrule = "compliance"\n'
    folder = write_policy_study(tmp_path)
    (folder / "alternatives" / "2.toml").write_text(text, encoding="utf-8")
    issues = read_study(folder)[1]
    assert [(issue.file, issue.message) for issue in issues] == [
        ("alternatives/2.toml", "after all edits compliance holds 2 tables, and none is named")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("none", RelocationRules("home")),
        ("home", RelocationRules("home")),
        ("stay", RelocationRules("stay")),
        ("standby", RelocationRules("standby")),
        ("dmexclp", RelocationRules("dmexclp", 0.3)),
        ("dmexclp:0.45", RelocationRules("dmexclp", 0.45)),
        (" dmexclp : 0 ", RelocationRules("dmexclp", 0.0)),
        ("compliance:small", RelocationRules("compliance", table="small")),
        ("priority_list", RelocationRules("priority_list")),
        ("priority_list:day", RelocationRules("priority_list", table="day")),
    ],
)
def test_the_option_of_the_command_line(service: Service, text: str, expected: RelocationRules) -> None:
    assert relocation_from_option(text, service) == expected
    limited = replace(service, relocation=RelocationRules("compliance", 0.3, "small", most_moves=2.0))
    assert relocation_from_option(text, limited) == replace(expected, most_moves=2.0)


OFFER = (
    "there are none or home, stay, standby, dmexclp[:BUSY_FRACTION], zhang[:BUSY_FRACTION], "
    "compliance[:TABLE] (tables: small, several), priority_list[:TABLE] (tables: day)"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dmexlp:0.3", f"there is no rule 'dmexlp'; did you mean dmexclp? {OFFER}"),
        ("", f"there is no rule ''; {OFFER}"),
        ("dmexclp:1", "'1' is no busy fraction; give a number from 0 to 0.99, such as dmexclp:0.4"),
        ("dmexclp:nan", "'nan' is no busy fraction; give a number from 0 to 0.99, such as dmexclp:0.4"),
        ("dmexclp:", "'' is no busy fraction; give a number from 0 to 0.99, such as dmexclp:0.4"),
        ("home:3", f"the rule home takes no parameter; {OFFER}"),
        ("compliance", f"compliance holds 2 tables, and none is named; {OFFER}"),
        ("compliance:day", f"there is no table 'day' in compliance; {OFFER}"),
    ],
)
def test_a_faulty_option_lists_what_there_is(service: Service, text: str, message: str) -> None:
    with pytest.raises(OptionError) as caught:
        relocation_from_option(text, service)
    assert str(caught.value) == f"--relocation {text}: {message}"
    assert caught.value.value == text


def test_an_option_for_a_study_without_tables(tmp_path: Path) -> None:
    service = load_study(write_tiny_study(tmp_path)).service
    with pytest.raises(OptionError, match=r"compliance\[:TABLE\] \(this study has no such table\)"):
        relocation_from_option("compliance", service)
