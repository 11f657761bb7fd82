"""A roster as planned and staffed: read, refused, laid out, summed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from beredt.errors import StudyError
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.fleet import Fleet
from beredt.indicators.observing.roster_file import RosterFile, duty_of_roster, read_roster
from beredt.indicators.observing.roster_hours import roster_hours_table
from beredt.model.dictionary import load_fields

FLEET = Fleet(("3-1", "3-2"), ("north", "south"), ("ambulance",) * 2, ("us",) * 2, (1, 1), 0, ())
DAYS = ServiceDays("Europe/Oslo", date(2024, 1, 30), 4)
H = 3600.0


def read(tmp_path: Path, *rows: str, header: str = "unit,on,off,staffed,reason") -> RosterFile:
    file = tmp_path / "roster.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return read_roster(file, FLEET)


def test_staffed_shifts_are_duty_and_others_are_not(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        "3-1,2024-01-30 07:30,2024-01-30 19:30,,",
        "3-1,2024-01-30T19:30,2024-01-31T07:30,1,",
        "3-1,2024-01-31 07:30,2024-01-31 19:30,0,vacant",
        "3-2,2024-01-29 20:00,2024-01-30 08:00,1,",
    )
    duty = duty_of_roster(roster, FLEET, DAYS)
    assert duty.basis == "roster"
    assert list(zip(duty.unit.tolist(), duty.on_s.tolist(), duty.off_s.tolist(), strict=True)) == [
        (0, 7.5 * H, 31.5 * H),  # two shifts that touch
        (1, 0.0, 8 * H),  # cut off at the beginning
    ]


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16", "utf-8-sig"])
def test_a_roster_as_a_spreadsheet_writes_it_is_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "roster.csv"
    text = 'unit;on;off;staffed;reason\r\n3-1;30.01.2024 07:30;30.01.2024 19:30;0;"Sykdom; påsken, føre"\r\n'
    file.write_bytes(text.encode(encoding))
    roster = read_roster(file, FLEET)
    assert roster.issues == ()
    assert roster.shifts.row(0) == (
        "3-1", datetime(2024, 1, 30, 7, 30), datetime(2024, 1, 30, 19, 30), False, "Sykdom; påsken, føre",
    )  # fmt: skip


def test_hours_are_summed_by_month_and_station(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        "3-1,2024-01-31 20:00,2024-02-01 08:00,1,",
        "3-2,2024-01-31 08:00,2024-01-31 20:00,0,vacant",
        "3-2,2024-02-01 08:00,2024-02-01 16:00,0,workshop",
    )
    table = roster_hours_table(roster, FLEET, DAYS)
    assert table.columns == [field.name for field in load_fields("missions_report/roster_hours")]
    rows = {(m, s): [*(round(h, 9) for h in hours), reasons] for m, s, *hours, reasons in table.iter_rows()}
    assert rows["2024-01", "north"] == [4.0, 4.0, 0.0, None]
    assert rows["2024-02", "north"] == [8.0, 8.0, 0.0, None]
    assert rows["2024-01", "south"] == [12.0, 0.0, 12.0, "vacant 12.0"]
    assert rows["", "south"] == [20.0, 0.0, 20.0, "vacant 12.0; workshop 8.0"]
    assert rows["", ""] == [32.0, 12.0, 20.0, "vacant 12.0; workshop 8.0"]


def test_units_are_found_by_how_they_read_and_others_are_told(tmp_path: Path) -> None:
    roster = read(tmp_path, "3 1,2024-01-30 07:30,2024-01-30 19:30,1,", "3-9,2024-01-30 07:30,2024-01-30 19:30,1,")
    assert roster.shifts["unit"].to_list() == ["3-1", "3-9"]
    (issue,) = roster.issues
    assert (issue.severity, issue.value, issue.row) == ("warning", "3-9", 3)
    assert "did you mean" in issue.remedy


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("3-1,yesterday,2024-01-30 19:30,1,", "no time of day on a date"),
        ("3-1,2024-01-30 07:30,2024-01-30 07:30,1,", "ends before it has begun"),
        ("3-1,2024-01-30 07:30,2024-03-30 07:30,1,", "longer than"),
        (",2024-01-30 07:30,2024-01-30 19:30,1,", "the cell is empty"),
        ("3-1,2024-01-30 07:30,2024-01-30 19:30,perhaps,", "row 2, staffed"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_place(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(StudyError, match=said):
        read(tmp_path, row)


def test_overlapping_shifts_of_a_unit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="another shift then"):
        read(tmp_path, "3-1,2024-01-30 07:30,2024-01-30 19:30,1,", "3-1,2024-01-30 19:00,2024-01-31 07:30,1,")


def test_columns_that_are_not_there_are_told_with_a_guess(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="did you mean staffed"):
        read(tmp_path, "3-1,2024-01-30 07:30,2024-01-30 19:30,1", header="unit,on,off,stafed")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="there is no such file"):
        read_roster(tmp_path / "none.csv", FLEET)
