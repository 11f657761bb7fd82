"""Tables about staff and cost that contradict themselves end as issues with their rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.model.read import read_study
from tests.tiny_study import write_tiny_study

FIGURE = "figure,low,likely,high,basis,source\n"
DESK = "id,alternative,organisation,work,positions,weekdays,start,end,fte,basis,source\n"
AGE = "organisation,age_from,age_to,fte,source\n"


@pytest.mark.parametrize(
    ("table", "text", "field", "row"),
    [
        ("staff_figures", FIGURE + "net_hours,1500,1460,1400,assumed,x\n", "likely", 2),
        ("staff_figures", FIGURE + "net_hours,0,1460,1500,assumed,x\n", "low", 2),
        ("staff_figures", FIGURE + "turnover_share,0,0.1,5,assumed,x\n", "high", 2),
        ("staff_figures", FIGURE + "intake,-3,4,5,assumed,x\n", "low", 2),
        ("staff_figures", FIGURE + "coffee,1,2,3,assumed,x\n", "figure", 2),
        ("cost_figures", FIGURE + "nok_per_km,1,2,3,assumed,x\noverrun_p50,0,1,2,assumed,x\n", "low", 3),
        ("climate_figures", FIGURE + "charge_kw,0,11,22,assumed,x\n", "low", 2),
        ("desks", DESK + "a,2,trust-east,centre,,,,,,assumed,x\n", "positions", 2),
        ("desks", DESK + "a,2,trust-east,centre,2,,,,8,assumed,x\n", "positions", 2),
        ("desks", DESK + "a,9,trust-east,centre,2,,,,,assumed,x\n", "alternative", 2),
        ("staff_ages", AGE + "trust-east,40,30,3,x\n", "age_to", 2),
        ("staff_ages", AGE + "trust-east,30,40,3,x\ntrust-east,40,50,3,x\n", "age_from", 3),
        ("crews", "kind,people,basis,source\nballoon,2,assumed,x\n", "kind", 2),
    ],
)
def test_a_faulty_row_is_an_issue(tmp_path: Path, table: str, text: str, field: str, row: int) -> None:
    study, issues = read_study(write_tiny_study(tmp_path, **{table: text}))
    assert study is None
    assert (f"{table}.csv", row, field) in [(one.file, one.row, one.field) for one in issues]


def test_demand_may_shrink_and_ages_of_others_may_overlap(tmp_path: Path) -> None:
    figures = FIGURE + "demand_growth_share,-0.02,0,0.01,assumed,x\n"
    ages = AGE + "trust-east,30,40,3,x\ntrust-west,35,45,3,x\n"
    study, issues = read_study(write_tiny_study(tmp_path, staff_figures=figures, staff_ages=ages))
    assert study is not None, issues
