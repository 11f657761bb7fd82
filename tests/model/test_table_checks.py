"""Every check of tables: a small story that plants one fault and reads what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.model.spoil import appended, issues_of, messages, only, replaced
from tests.tiny_study import tiny_files

EAST = "st-east,Øst,59.902,10.645,trust-east,centre-east,published"


def test_unknown_column_with_a_suggestion(tmp_path: Path) -> None:
    issues = issues_of(tmp_path, replaced("centres.csv", "reserve_units", "reserve_unit"))
    unknown = next(issue for issue in issues if issue.message == "no such column")
    assert (unknown.field, unknown.row) == ("reserve_unit", 1)
    assert "reserve_units" in unknown.remedy
    assert any(issue.message == "the column is missing" and issue.field == "reserve_units" for issue in issues)


def test_an_optional_column_may_be_missing(tmp_path: Path) -> None:
    text = tiny_files()["areas.csv"].replace(",size_m", "").replace(",1000,", ",")
    assert issues_of(tmp_path, {"areas.csv": text}) == ()


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("59.902", "", "lat", "the cell is empty"),
        ("59.902", "north", "lat", "not a number"),
        ("59.902", "NaN", "lat", "not a finite number"),
        ("59.902", "-inf", "lat", "not a finite number"),
        ("59.902", "1e999", "lat", "not a number"),
        ("59.902", "95", "lat", "out of range: too large"),
        ("59.902", '"59,902"', "lat", "a decimal comma"),
        ("59.902", "60.902", "lat", "the place lies outside the region (59.8–59.95 north, 10.4–10.75 east)"),
        ("59.902,10.645", "10.645,59.902", "lat", "lat and lon are swapped"),
        ("st-east,Øst", "St East,Øst", "id", "not an id"),
        ("published", "guessed", "basis", "not one of the values"),
        ("trust-east", "trust-north", "organisation", "there is no 'trust-north' in organisations.id"),
        ("Øst", "", "name", "the cell is empty"),
        ("Øst", "Ø\tst", "name", "a control character, or longer than 4000 characters"),
    ],
)
def test_a_cell_of_a_station(tmp_path: Path, old: str, new: str, field: str, message: str) -> None:
    issues = issues_of(tmp_path, replaced("stations.csv", EAST, EAST.replace(old, new)))
    issue = next(issue for issue in issues if issue.file == "stations.csv")
    assert (issue.field, issue.message, issue.row, issue.count) == (field, message, 2, 1), messages(issues)


def test_an_issue_shows_the_place_on_the_map(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, replaced("stations.csv", "published", "guessed")), "stations.csv")
    assert (issue.value, issue.lat, issue.lon) == ("guessed", 59.902, 10.645)


def test_the_same_fault_in_many_rows_is_one_issue(tmp_path: Path) -> None:
    text = tiny_files()["areas.csv"].replace("10.658,1000", "10.658,ten")
    issue = only(issues_of(tmp_path, {"areas.csv": text}), "areas.csv")
    assert (issue.field, issue.row, issue.count, issue.value) == ("size_m", 5, 3, "ten")
    assert "row 5 and 2 more" in issue.text()


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "message"),
    [
        ("population.csv", "e1,2026,4000.0", "e1,2026,-4000.0", "people", "out of range: too small"),
        ("population.csv", "e1,2026,4000.0", "e1,2026,4e9", "people", "out of range: too large"),
        ("population.csv", "e1,2026,4000.0", "e1,2026.5,4000.0", "year", "not a whole number"),
        ("areas.csv", "ost-by,1,", "ost-by,2,", "urban", "neither 0 nor 1"),
        ("rosters.csv", "08:00,20:00", "8:00,20:00", "start", "not a clock time"),
        ("rosters.csv", "08:00,20:00", "24:00,20:00", "start", "out of range: too large"),
        ("rosters.csv", "08:00,20:00", "08:00,24:30", "end", "not a clock time"),
        ("rosters.csv", "mon-fri,08:00", "man-fre,08:00", "weekdays",
         "not a list of different weekdays: the roster never starts"),
        ("rosters.csv", "mon-fri,08:00", "mon;mon-fri,08:00", "weekdays",
         "not a list of different weekdays: the roster never starts"),
        ("rosters.csv", "mon-fri,08:00", ",08:00", "weekdays", "the roster never starts: no weekday is named"),
        ("standby_points.csv", "st-east;st-west", "st-east;st-east", "home_stations",
         "not a list of different ids separated by semicolons"),
        ("standby_points.csv", "st-east;st-west", "st-east;st-wets", "home_stations",
         "there is no 'st-wets' in stations.id"),
        ("age_shares.csv", "ost-by,2022,0-9", "ost-by,2022,0-8", "age_band", "not one of the values"),
        ("age_shares.csv", "sor,2022,0-9", "nord,2022,0-9", "region",
         "there is no 'nord' in districts.id or municipalities.id"),
    ],
)  # fmt: skip
def test_cells_of_other_tables(tmp_path: Path, file: str, old: str, new: str, field: str, message: str) -> None:
    issues = issues_of(tmp_path, replaced(file, old, new))
    found = [(issue.field, issue.message) for issue in issues if issue.file == file]
    assert (field, message) in found, messages(issues)


def test_a_reference_is_told_once_for_each_id_with_a_suggestion(tmp_path: Path) -> None:
    text = tiny_files()["areas.csv"].replace("trust-east", "trust-esat")
    issue = only(issues_of(tmp_path, {"areas.csv": text}), "areas.csv")
    assert (issue.count, issue.row, issue.value) == (10, 2, "trust-esat")
    assert "trust-east" in issue.remedy


def test_a_repeated_row_and_a_duplicate_key_are_told_apart(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, appended("units.csv", "w-1,st-west,ambulance,all-day,published")), "units.csv")
    assert (issue.message, issue.row, issue.value) == ("the row is repeated (first in row 5)", 7, "w-1")
    issue = only(issues_of(tmp_path, appended("units.csv", "w-1,st-east,ambulance,all-day,published")), "units.csv")
    assert (issue.message, issue.row) == ("duplicate key: another row has the same id (first in row 5)", 7)


def test_a_key_of_several_columns_is_compared_by_value(tmp_path: Path) -> None:
    """`2026.0` is the year 2026, and the same hospitals in another order are the same hospitals."""
    issue = only(issues_of(tmp_path, appended("population.csv", "e1,2026.0,12")), "population.csv")
    assert (issue.field, issue.value) == ("area", "e1, 2026")
    issues = issues_of(tmp_path, appended("hospital_choice.csv", "zone-east,A,hosp-east;hosp-west,0"))
    assert any("duplicate key" in issue.message for issue in issues), messages(issues)


def test_places_of_all_tables_are_looked_at(tmp_path: Path) -> None:
    changes = replaced("water.csv", "59.88,10.57", "10.57,59.88") | replaced("places.csv", "59.852", "49.852")
    changes |= replaced("hospitals.csv", "10.65", "11.65") | replaced("areas.csv", "59.9,10.64,", "10.64,59.9,")
    found = {(issue.file, issue.message.partition(" (")[0]) for issue in issues_of(tmp_path, changes)}
    assert found == {
        ("water.csv", "lat and lon are swapped"),
        ("areas.csv", "lat and lon are swapped"),
        ("places.csv", "the place lies outside the region"),
        ("hospitals.csv", "the place lies outside the region"),
    }


def test_shares_that_do_not_sum_to_1(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, replaced("age_shares.csv", "vest,2026,0-9,0.1", "vest,2026,0-9,0.2")),
                 "age_shares.csv")  # fmt: skip
    assert issue.message == "the shares of vest, 2026 sum to 1.1, not to 1"
    issue = only(issues_of(tmp_path, replaced("hospital_choice.csv", "hosp-west,1", "hosp-west,0.5")),
                 "hospital_choice.csv")  # fmt: skip
    assert issue.message == "the shares of zone-west, A sum to 0.5, not to 1"


def test_shares_may_be_rounded(tmp_path: Path) -> None:
    assert issues_of(tmp_path, replaced("age_shares.csv", "vest,2026,0-9,0.1", "vest,2026,0-9,0.1005")) == ()


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("needs.csv", "H,0.75,0.0,0.05", "no row for urgency H"),
        ("speeds.csv", "transport,0.9", "no row for purpose transport"),
        ("age_rates.csv", "90+,5.0", "no row for age_band 90+"),
        ("intervals.csv", "handover,V,751,0.5", "no row for interval handover, urgency V"),
        ("intervals.csv", "second_on_scene,A,1440,0.5", "no row for interval second_on_scene, urgency A"),
        ("profile.csv", "V,7,23,1.0", "no row for urgency V, weekday 7, hour 23"),
        ("rates.csv", "land,V,9.7", "no row for rate_region land, urgency V"),
        ("population.csv", "s2,2026,300.0", "no row for area s2, year 2026"),
        ("border_rules.csv", "centre-west,centre-east,V,own_first,60,90,stale,300",
         "no row for asking_centre centre-west, owning_centre centre-east, urgency V"),
    ],
)  # fmt: skip
def test_a_combination_is_missing(tmp_path: Path, file: str, line: str, message: str) -> None:
    issue = only(issues_of(tmp_path, replaced(file, line + "\n", "")), file)
    assert issue.message == message


def test_a_second_unit_interval_is_only_asked_for_where_second_units_are(tmp_path: Path) -> None:
    assert issues_of(tmp_path, replaced("intervals.csv", "second_on_scene,V,1440,0.5\n", "")) == ()


def test_many_missing_combinations_are_one_issue(tmp_path: Path) -> None:
    text = "".join(line for line in tiny_files()["profile.csv"].splitlines(keepends=True) if not line.startswith("V"))
    issue = only(issues_of(tmp_path, {"profile.csv": text}), "profile.csv")
    assert issue.count == 168
    assert issue.message == "no row for urgency V, weekday 1, hour 0 and 167 more"


def test_the_year_of_the_study_must_be_in_population_and_age_shares(tmp_path: Path) -> None:
    issues = issues_of(tmp_path, replaced("study.toml", "year = 2026", "year = 2027"))
    assert {issue.file for issue in issues} == {"population.csv", "age_shares.csv"}, messages(issues)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("border_rules.csv", "centre-east,centre-west,H", "centre-east,centre-east,H", "no border with itself"),
        ("border_rules.csv", "stale,300", "stale,0", "a stale view needs an age above 0"),
        ("links.csv", "p-west,p-east", "p-west,p-west", "the link ends where it begins"),
        ("areas.csv", "vest,,1,", "vest,ost-by,1,", "the district lies in ost, the area in vest"),
        ("rosters.csv", "16:00,23:00", "14:00,23:00", "shifts of roster split overlap"),
        ("rosters.csv", "sat-sun,08:00,24:00", "fri-sun,08:00,24:00", "shifts of roster split overlap"),
    ],
)
def test_rows_that_contradict(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    issues = issues_of(tmp_path, replaced(file, old, new))
    assert any(message in issue.message and issue.severity == "error" for issue in issues), messages(issues)


def test_a_night_shift_may_not_run_into_its_own_next_day(tmp_path: Path) -> None:
    changes = replaced("rosters.csv", "weekend-night,sat;sun,18:00,04:00", "weekend-night,mon-sun,18:00,17:00")
    assert issues_of(tmp_path, changes) == ()
    changes = replaced("rosters.csv", "sat-sun,08:00,24:00", "sat-sun,08:00,07:30")
    issues = issues_of(tmp_path, changes)
    assert any("overlap" in issue.message for issue in issues), messages(issues)


def test_a_shift_without_length_never_starts(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, replaced("rosters.csv", "00:00,24:00", "07:00,07:00")), "rosters.csv")
    assert (issue.severity, issue.field) == ("error", "end")
    split = replaced("rosters.csv", "all-day,mon-sun,00:00,24:00", "all-day,mon-sun,07:00,24:00")
    text = str(split["rosters.csv"]) + "all-day,mon-sun,00:00,07:00\n"
    assert issues_of(tmp_path, {"rosters.csv": text}) == ()


def test_a_district_with_the_id_of_a_municipality(tmp_path: Path) -> None:
    changes = {name: tiny_files()[name].replace("ost-skog", "vest") for name in ("districts.csv", "areas.csv")}
    issues = issues_of(tmp_path, changes)
    assert ("districts.csv", "a municipality has the same id") in {(one.file, one.message) for one in issues}


def test_a_road_that_no_car_drives_is_a_warning(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, replaced("links.csv", "6.5,4.9", "65,4.9")), "links.csv")
    assert (issue.severity, issue.row) == ("warning", 2)


def test_one_point_makes_no_line(tmp_path: Path) -> None:
    issue = only(issues_of(tmp_path, appended("water.csv", "lake,1,59.85,10.6")), "water.csv")
    assert (issue.value, issue.row) == ("lake", 5)


def test_nothing_would_happen(tmp_path: Path) -> None:
    text = tiny_files()["profile.csv"]
    rows = [
        line.rpartition(",")[0] + ",0\n" if line.startswith("H") else line for line in text.splitlines(keepends=True)
    ]
    assert "urgency H" in only(issues_of(tmp_path, {"profile.csv": "".join(rows)}), "profile.csv").message
    lines = tiny_files()["population.csv"].splitlines(keepends=True)
    nobody = "".join(line.rpartition(",")[0] + ",0\n" if ",2026," in line else line for line in lines)
    assert "nobody lives" in only(issues_of(tmp_path, {"population.csv": nobody}), "population.csv").message


def test_a_unit_that_is_never_on_duty_in_the_simulated_days(tmp_path: Path) -> None:
    """1 January 2026 is a Thursday: one day, with a day before and after it, holds no weekend."""
    issue = only(issues_of(tmp_path, replaced("study.toml", "days = 28", "days = 1")), "units.csv")
    assert (issue.severity, issue.row, issue.value) == ("warning", 4, "weekend-night")
    assert issues_of(tmp_path, replaced("study.toml", "days = 28", "days = 2")) == ()


def test_a_station_without_units_is_a_warning(tmp_path: Path) -> None:
    changes = appended("stations.csv", "st-new,Ny,59.9,10.6,trust-east,centre-east,assumed")
    issue = only(issues_of(tmp_path, changes), "stations.csv")
    assert (issue.severity, issue.row, issue.value) == ("warning", 5, "st-new")


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ("ambulance,ambulance,ambulanse,0,1,1,1,0", {"transports"}),
        ("ambulance,ambulance,ambulanse,1,1,0,1,0", {"primary", "transports", "id"}),
        ("ambulance,ambulance,ambulanse,1,0,1,1,0", {"stops_clock"}),
        ("ambulance,ambulance,ambulanse,1,1,1,0,0", {"second"}),
    ],
)
def test_what_no_unit_can_do(tmp_path: Path, row: str, fields: set[str]) -> None:
    changes = replaced("unit_kinds.csv", "ambulance,ambulance,ambulanse,1,1,1,1,0", row)
    text = str(changes["unit_kinds.csv"]).replace("enredder,0,1,", "enredder,0,0,")
    issues = issues_of(tmp_path, {"unit_kinds.csv": text})
    assert {issue.field for issue in issues} >= fields, messages(issues)
    assert {issue.severity for issue in issues if issue.field == "second"} <= {"warning"}


def test_a_centre_with_areas_must_have_somebody_to_send(tmp_path: Path) -> None:
    alone = "".join(
        line.replace("own_first", "own_only") if line.startswith("centre-west") else line
        for line in tiny_files()["border_rules.csv"].splitlines(keepends=True)
    )
    moved = replaced("stations.csv", "trust-west,centre-west,assumed", "trust-west,centre-east,assumed")
    assert issues_of(tmp_path, moved) == ()
    issue = only(issues_of(tmp_path, moved | {"border_rules.csv": alone}), "centres.csv")
    assert issue.message == "centre centre-west has areas but can send nobody for urgency H, V"


def test_the_whole_list_is_told_not_the_first(tmp_path: Path) -> None:
    changes = (
        replaced("areas.csv", "59.9,10.64,", "north,10.64,")
        | replaced("units.csv", "w-1,st-west", "w-1,st-wset")
        | replaced("study.toml", "seed = 11", "sed = 11")
        | replaced("alternatives/2.toml", 'station = "st-west"', 'station = "st-wset"')
        | {"needs.csv": None, "water.csv": b"\xff\xfe"}
    )
    found = {issue.file for issue in issues_of(tmp_path, changes)}
    assert found >= {"areas.csv", "units.csv", "study.toml", "needs.csv", "water.csv"}
    changes["needs.csv"] = tiny_files()["needs.csv"]
    found = {issue.file for issue in issues_of(tmp_path, changes)}
    assert "alternatives/2.toml" in found, "edits are judged even while other tables are faulty"


def test_tables_that_do_not_belong_together_are_one_issue(tmp_path: Path) -> None:
    lines = tiny_files()["population.csv"].replace("\ne", "\nold-e").replace("\nw", "\nold-w").replace("\ns", "\nold-s")
    issues = issues_of(tmp_path, {"population.csv": lines})
    issue = next(issue for issue in issues if issue.field == "area")
    assert (issue.count, issue.row) == (24, 2)
    assert "12 different ids" in issue.message
