"""Tables about patient travel and income that contradict themselves end as issues; sound ones do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.model.read import read_study
from tests.tiny_study import write_tiny_study

FIGURE = "figure,age_band,low,likely,high,basis,source\n"
TRIP = "id,lat,lon,destination,day,appointment,visit_min,needs,companion\n"
LINE = "id,organisation,name_en,name_nb,direction,weekdays,seats,taken,wheelchairs,riders,basis,source\n"
COMPONENT = "id,position,name_en,name_nb,follows,amount_nok,basis,source\n"
CRITERION = "id,name_en,name_nb,counts,age_from,age_to\n"
WEIGHT = "component,criterion,weight,basis,source\n"
COMPONENTS = COMPONENT + "cars,1,Cars,Biler,organisation,1000000,example,x\n"
CRITERIA = CRITERION + "people,People,Folk,people,0,\nold,Old,Gamle,people,80,\n"


@pytest.mark.parametrize(
    ("table", "text", "field", "row"),
    [
        ("travel_figures", FIGURE + "roam_km,all,9,6,3,assumed,x\n", "likely", 2),
        ("travel_figures", FIGURE + "roam_km,all,0,6,9,assumed,x\n", "low", 2),
        ("travel_figures", FIGURE + "pool_seats,all,0,3,4,assumed,x\n", "low", 2),
        ("travel_figures", FIGURE + "pool_patients,all,2,3,5,assumed,x\n", "high", 2),
        ("travel_figures", FIGURE + "away_share,all,0,0.1,1.5,assumed,x\n", "high", 2),
        (
            "travel_figures",
            FIGURE + "away_share,all,0,0.1,0.2,assumed,x\nroam_km,80-89,1,2,3,assumed,x\n",
            "age_band",
            3,
        ),
        ("patient_trips", TRIP + "a,59.9,10.5,hosp-east,2026-02-30,10:00,60,seat,0\n", "day", 2),
        ("patient_trips", TRIP + "a,59.9,10.5,hosp-east,30.1.2026,10:00,60,seat,0\n", "day", 2),
        ("bus_lines", LINE + "n,trust-west,N,N,out,mon-fri,10,11,0,own,assumed,x\n", "taken", 2),
        ("income_criteria", CRITERION + "old,Old,Gamle,people,75,\n", "age_from", 2),
        ("income_criteria", CRITERION + "all,All,Alle,people,0,\nold,Old,Gamle,people,70,85\n", "age_from", 3),
    ],
)
def test_a_faulty_row_is_an_issue(tmp_path: Path, table: str, text: str, field: str, row: int) -> None:
    study, issues = read_study(write_tiny_study(tmp_path, **{table: text}))
    assert study is None
    assert (f"{table}.csv", row, field) in [(one.file, one.row, one.field) for one in issues]


def weights(*rows: tuple[str, float]) -> dict[str, str]:
    told = "".join(f"cars,{criterion},{weight},example,x\n" for criterion, weight in rows)
    return {"income_components": COMPONENTS, "income_criteria": CRITERIA, "income_weights": WEIGHT + told}


def test_weights_that_do_not_sum_to_one_are_told_with_their_sum(tmp_path: Path) -> None:
    study, issues = read_study(write_tiny_study(tmp_path, **weights(("people", 0.5), ("old", 0.4))))
    assert study is None
    found = next(one for one in issues if one.file == "income_weights.csv")
    assert (found.row, found.field, found.value) == (2, "weight", "0.9")
    assert "cars" in found.text()


def test_sound_tables_have_no_issue(tmp_path: Path) -> None:
    figures = FIGURE + "away_share,all,0,0.1,0.2,assumed,x\ntrips_per_1000,80-89,1,2,2,assumed,x\n"
    lines = LINE + "n,trust-west,N,N,out,mon-fri,10,10,0,own,assumed,x\n"
    study, issues = read_study(
        write_tiny_study(tmp_path, travel_figures=figures, bus_lines=lines, **weights(("people", 0.3), ("old", 0.7)))
    )
    assert study is not None, issues


def test_a_faulty_cell_is_told_once_and_not_as_a_faulty_sum(tmp_path: Path) -> None:
    tables = weights(("people", 0.5))
    tables["income_weights"] += "cars,old,half,example,x\n"
    study, issues = read_study(write_tiny_study(tmp_path, **tables))
    assert study is None
    assert [(one.row, one.field) for one in issues if one.file == "income_weights.csv"] == [(3, "weight")]
