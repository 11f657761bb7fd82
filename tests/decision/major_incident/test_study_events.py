"""Events of a study's table and of the command line: read as they stand, and every fault told."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.decision.major_incident.find_scene import find_scene
from beredt.decision.major_incident.major_incident import When
from beredt.decision.major_incident.parse_options import (
    parse_call_in,
    parse_capacity,
    parse_event,
    parse_patients,
    parse_per_unit,
    parse_when,
)
from beredt.decision.major_incident.study_events import capacity_of_study, event_of_study
from beredt.errors import OptionError, StudyError, UnknownIdError
from beredt.model.issue import Issue
from beredt.model.read import load_study, read_study
from beredt.model.study import Study
from tests.tiny_study import write_tiny_study

HEAD = "event,id,place,after_min,red,yellow,green,weekday,clock\n"
ROWS = HEAD + "bus,b,59.851|10.505,20,1,0,0,fri,17:00\nbus,a,Øst sykehus,0,2,3,4,fri,17:00\nfire,x,e2,0,0,0,7,any,\n"
CAPACITY = "hospital,red,yellow,green,basis,source\nhosp-west,1,2,3,assumed,\n"


def with_rows(folder: Path, rows: str) -> Path:
    return write_tiny_study(folder / "study", major_incidents=rows.replace("59.851|10.505", '"59.851,10.505"'))


def test_the_table_gives_events_in_the_order_of_their_alarms(tmp_path: Path) -> None:
    folder = with_rows(tmp_path, ROWS)
    (folder / "major_capacity.csv").write_text(CAPACITY, encoding="utf-8")
    study = load_study(folder)
    bus = event_of_study(study, "bus")
    assert [(one.id, one.scene.area_id, one.after_min, one.patients) for one in bus.incidents] == [
        ("a", "e5", 0.0, (2, 3, 4)),
        ("b", "s1", 20.0, (1, 0, 0)),
    ]
    assert bus.when == When(5, 17 * 3600)
    assert event_of_study(study, "fire").when == When()
    assert capacity_of_study(study) == {"hosp-west": (1, 2, 3)}
    with pytest.raises(OptionError, match="bus, fire"):
        event_of_study(study, None)
    with pytest.raises(UnknownIdError, match="did you mean 'fire'"):
        event_of_study(study, "fires")


def test_every_fault_of_the_table_is_told(tmp_path: Path) -> None:
    rows = (
        HEAD
        + "a,1,e1,0,0,0,0,any,\nb,1,e1,5,1,0,0,any,\nc,1,e1,0,1,0,0,mon,\nc,2,e1,0,1,0,0,tue,\nd,1,e1,0,-1,0,0,any,\n"
    )
    _, issues = read_study(with_rows(tmp_path, rows))
    told = " / ".join(issue.text() for issue in issues if issue.file.startswith("major_incidents"))
    for part in ("nobody is hurt", "no row of the event is the first", "the event happens at two times", "-1"):
        assert part in told


def test_a_place_that_is_not_found_is_an_issue_with_its_row(tmp_path: Path) -> None:
    study = load_study(
        with_rows(
            tmp_path,
            HEAD + "a,1,nowhere,0,1,0,0,any,\na,2,58.0|10.0,0,1,0,0,any,\n".replace("58.0|10.0", '"58.0,10.0"'),
        )
    )
    with pytest.raises(StudyError) as fault:
        event_of_study(study, None)
    issues = [issue for issue in fault.value.issues if isinstance(issue, Issue)]
    assert [(issue.row, issue.field) for issue in issues] == [(1, "place"), (2, "place")]
    assert "km away" in issues[1].message


def test_a_study_without_the_table_says_what_to_do(tiny: Study) -> None:
    with pytest.raises(OptionError, match="--at"):
        event_of_study(tiny, None)


def test_places_are_degrees_areas_and_names(tiny: Study) -> None:
    assert find_scene(tiny, "e5").area_id == "e5"
    assert find_scene(tiny, "59.9, 10.53").area_id == "w1"
    assert find_scene(tiny, "østkrysset").name == "Østkrysset"
    assert find_scene(tiny, "st-south").area_id == "s1"
    with pytest.raises(UnknownIdError, match="østkrysse"):
        find_scene(tiny, "østkrysse")


def test_the_command_line_gives_several_places_at_once(tiny: Study) -> None:
    event = parse_event(tiny, ["w1", "e1"], ["1,2,3", "4,0,0"], ["30", "0"])
    assert [(one.scene.area_id, one.after_min, one.patients) for one in event.incidents] == [
        ("e1", 0.0, (4, 0, 0)),
        ("w1", 30.0, (1, 2, 3)),
    ]
    assert parse_event(tiny, ["w1", "e1"], [], []).incidents[1].patients == (5, 10, 15)
    for places, patients, after in ((["w1"], ["1,2,3"] * 2, []), (["w1"], [], ["5"]), (["w1"], [], ["x"])):
        with pytest.raises(OptionError):
            parse_event(tiny, places, patients, after)


def test_options_are_read_or_refused() -> None:
    assert parse_when("any") == When()
    assert parse_when("Fri") == When(5, None)
    assert parse_when("17:05") == When(None, 61_500)
    assert parse_when("sun-00:00") == When(7, 0)
    assert parse_call_in("25,60") == (0.25, 60.0)
    assert parse_capacity(["h=1,2,3"]) == {"h": (1, 2, 3)}
    for call in (
        lambda: parse_when("friday"),
        lambda: parse_when("24:00"),
        lambda: parse_call_in("101,5"),
        lambda: parse_call_in("nan,5"),
        lambda: parse_capacity(["h"]),
        lambda: parse_per_unit("0,1,1"),
        lambda: parse_patients("--patients", "1,-2,3"),
    ):
        with pytest.raises(OptionError):
            call()
