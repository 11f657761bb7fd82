"""Full-time equivalents from hours, and what becomes of them: by hand, as a property, and the published plan."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.ranges import Range
from beredt.decision.staffing.changes import unit_changes
from beredt.decision.staffing.hours import StaffedUnit, fte_of, roster_hours
from beredt.decision.staffing.tables import staff_tables
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study
from beredt.model.roster_row import RosterRow
from beredt.model.study import Study

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
NET = Range(1460.0, 1460.0, 1460.0)


def test_a_two_person_car_round_the_clock_is_twelve() -> None:
    hours = roster_hours([RosterRow("all-day", EVERY_DAY, 0, 86_400)])
    assert hours == {"all-day": 8760.0}
    assert fte_of(2 * hours["all-day"], NET) == Range(12.0, 12.0, 12.0)


def test_part_day_cars_and_nights() -> None:
    hours = roster_hours(
        [
            RosterRow("ten", (1, 2, 3, 4, 5), 8 * 3600, 18 * 3600),
            RosterRow("night", (6, 7), 18 * 3600, 4 * 3600),
            RosterRow("split", (1,), 7 * 3600, 15 * 3600),
            RosterRow("split", (1,), 16 * 3600, 23 * 3600),
        ]
    )
    weeks = 365 / 7
    assert hours == pytest.approx({"ten": 50 * weeks, "night": 20 * weeks, "split": 15 * weeks})
    ten = fte_of(2 * hours["ten"], NET)
    assert ten is not None
    assert ten.likely == pytest.approx(3.6, abs=0.03), "printed for ten hours Monday to Friday"


def test_more_net_hours_are_fewer_people() -> None:
    assert fte_of(14_600.0, Range(1000.0, 1460.0, 2000.0)) == Range(7.3, 10.0, 14.6)
    assert fte_of(-14_600.0, Range(1000.0, 1460.0, 2000.0)) == Range(-14.6, -10.0, -7.3)
    assert fte_of(14_600.0, None) is None


UNITS = st.lists(
    st.builds(
        StaffedUnit,
        unit=st.sampled_from("abcdef"),
        station=st.sampled_from(("north", "south")),
        organisation=st.sampled_from(("one", "two")),
        kind=st.just("ambulance"),
        duty_h=st.just(0.0),
        person_h=st.floats(0.0, 20_000.0),
    ),
    unique_by=lambda unit: unit.unit,
)


@given(before=UNITS, after=UNITS)
def test_changes_add_up_to_the_difference_and_transfers_to_nothing(
    before: list[StaffedUnit], after: list[StaffedUnit]
) -> None:
    changes = list(unit_changes(before, after))
    for owner in ("one", "two"):
        was = sum(unit.person_h or 0.0 for unit in before if unit.organisation == owner)
        now = sum(unit.person_h or 0.0 for unit in after if unit.organisation == owner)
        found = sum(change.person_h for change in changes if change.organisation == owner)
        assert found == pytest.approx(now - was, abs=1e-6)
    moved = [change for change in changes if change.what.startswith(("transferred", "moved"))]
    assert sum(change.person_h for change in moved) == pytest.approx(0.0, abs=1e-6)
    assert all(change.other != change.organisation for change in moved)


@pytest.fixture(scope="module")
def published() -> dict[str, pl.DataFrame]:
    study = load_study("asker-baerum")
    services = {"today": study.service}
    for one in study.alternatives:
        services[one.id] = apply_edits(study.service, one.edits, one.id)
    return staff_tables(study, services)


def test_the_published_plan_comes_out_and_what_does_not_is_told(published: dict[str, pl.DataFrame]) -> None:
    rows = {row["id"]: row for row in published["staff_published"].iter_rows(named=True)}
    assert rows["vv-ambulances"]["computed"] == pytest.approx(24.0)
    assert rows["ous-ambulance"]["computed"] == pytest.approx(-12.0)
    assert rows["vv-people"]["computed"] == pytest.approx(0.838, abs=0.001), "85 % is printed"
    assert rows["ous-people"]["computed"] == pytest.approx(-0.128, abs=0.001), "13 % is printed"
    assert all(rows[one]["agrees"] for one in ("vv-ambulances", "ous-ambulance", "vv-people", "ous-people"))
    travel = rows["vv-travel"]
    assert (travel["computed"], travel["agrees"]) == (None, None), "put in as printed proves nothing"


def test_two_operators_round_the_clock_are_twelve_and_not_eight(published: dict[str, pl.DataFrame]) -> None:
    row = published["staff_published"].row(by_predicate=pl.col("id") == "vv-centre", named=True)
    assert (row["printed"], row["computed"], row["agrees"]) == (8.0, pytest.approx(12.0), False)
    assert row["net_hours_needed"] == pytest.approx(2 * 8760 / 8)
    assert row["hours_per_day_needed"] == pytest.approx(16.0)
    assert row["positions_needed"] == pytest.approx(4 / 3)


def test_staff_goes_along_with_its_station(published: dict[str, pl.DataFrame]) -> None:
    changes = published["staff_changes"].filter((pl.col("baseline") == "0+") & (pl.col("what") == "transferred_in"))
    found = {(row["alternative"], row["station"]): row for row in changes.iter_rows(named=True)}
    assert set(found) == {("1", "saetre"), ("2", "baerum"), ("2", "asker"), ("3", "asker")}
    assert found["1", "saetre"]["fte"] == pytest.approx(18.0)
    assert (found["2", "asker"]["other"], found["2", "asker"]["organisation"]) == ("ous", "vv")
    # Asker: 24 h every day, 24 h Monday to Friday, and one person at weekends by day.
    hours = 2 * 8760 + 2 * 24 * 5 * 365 / 7 + 12 * 2 * 365 / 7
    assert found["2", "asker"]["fte"] == pytest.approx(hours / 1460)


def test_each_service_has_its_own_people(published: dict[str, pl.DataFrame]) -> None:
    rows = published["people_served"].filter(pl.col("alternative") == "2").iter_rows(named=True)
    share = {(row["service"], row["owner"]): row["change_share"] for row in rows}
    assert share["centre", "drammen"] == pytest.approx(0.838, abs=0.001)
    assert share["ambulance", "vv"] == pytest.approx(0.638, abs=0.001), "VV runs Røyken and Hurum already"


def test_what_nobody_has_stated_is_listed(published: dict[str, pl.DataFrame]) -> None:
    rows = published["staff_unstated"].iter_rows(named=True)
    found = {(row["alternative"], row["service"], row["owner"]) for row in rows}
    assert ("2", "centre", "oslo") in found, "how much OUS could save is printed as uncertain"
    assert ("3", "centre", "drammen") in found
    assert ("2", "centre", "drammen") not in found, "two operators are stated"
    assert not any(alternative in ("today", "0+") for alternative, _, _ in found)


def test_without_crews_hours_are_known_and_people_are_not(tiny: Study) -> None:
    tables = staff_tables(tiny, {"today": tiny.service})
    assert tables["staff"]["duty_h"].sum() > 0
    assert tables["staff"]["fte"].null_count() == tables["staff"].height
    assert tables["staff_answering"].is_empty()
    assert tables["staff_years"].is_empty()


def test_a_unit_without_a_crew_leaves_its_station_unknown(tiny: Study) -> None:
    crews = pl.DataFrame({"kind": ["ambulance"], "people": [2.0]})
    figures = pl.DataFrame({"figure": ["net_hours"], "low": [1460.0], "likely": [1460.0], "high": [1460.0]})
    study = replace(tiny, decision={**tiny.decision, "crews": crews, "staff_figures": figures})
    staff = staff_tables(study, {"today": study.service})["staff"]
    unknown = staff.filter(pl.col("kind") == "single_responder")
    assert unknown["fte"].to_list() == [None]
    assert staff.filter(pl.col("kind") == "ambulance")["fte"].null_count() == 0
