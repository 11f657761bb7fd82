"""What is wrong in tables of pathways, triage, closed departments and conditions is told with its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.model.read import read_study
from beredt.model.week_hours import week_hours
from tests.tiny_study import write_tiny_study

PATHWAY = "id,name,stage,urgency,share,start,end,operator_min,deliver_to,origin\n"
CLOSED = "hospital,urgency,weekdays,start,end,instead\n"
CONDITION = "id,name,urgency,share,measure,curve,class_min\n"
TRIAGE = "true_urgency,given_urgency,share\n"
SOUND = {
    "pathways": PATHWAY + "p,P,call,V,0.2,22:00,07:00,5,,\nq,Q,delivery,*,0.1,,,,hosp-west,any\n",
    "triage": TRIAGE + "A,A,0.9\nA,H,0.1\nH,A,0.3\nH,H,0.7\nV,V,1\n",
    "closed_departments": CLOSED + "hosp-east,A,mon-sun,00:00,24:00,\nhosp-west,H,sat-sun,20:00,08:00,hosp-east\n",
    "conditions": CONDITION + "a,A,A,0.1,survival,larsen,\ns,S,A,0.1,delay,,60;90\n",
}


def test_sound_tables_have_no_issue(tmp_path: Path) -> None:
    study, issues = read_study(write_tiny_study(tmp_path / "tiny", **SOUND))
    assert [issue.text() for issue in issues] == []
    assert study is not None
    first, second = study.service.pathways
    assert (first.start_s, first.end_s, first.deliver_to, first.origin) == (79_200, 25_200, (), "ordinary")
    assert (second.deliver_to, second.again_h, second.on_scene_factor) == (("hosp-west",), 4.0, 1.0)
    assert study.service.closed_departments[0].instead == ()


@pytest.mark.parametrize(
    ("table", "text", "field", "said"),
    [
        ("pathways", PATHWAY + "p,P,call,V,0.2,07:30,,,,\n", "start", "not a whole hour"),
        ("pathways", PATHWAY + "p,P,call,V,0.2,07:00,07:00,,,\n", "end", "no hour at all"),
        ("pathways", PATHWAY + "p,P,scene,V,0.2,,,5,,\n", "operator_min", "at the call only"),
        ("pathways", PATHWAY + "p,P,scene,V,0.2,,,,hosp-west,\n", "deliver_to", "at the delivery only"),
        ("pathways", PATHWAY + "p,P,scene,V,0.2,,,,,transfer\n", "origin", "transfers are not left at the scene"),
        ("pathways", PATHWAY + "p,P,delivery,V,0.2,,,,nowhere,\n", "deliver_to", "there is no 'nowhere'"),
        ("triage", TRIAGE + "A,A,0.9\nH,H,1\nV,V,1\n", "share", "true urgency A add up to 0.9"),
        ("triage", TRIAGE + "A,A,1\nH,A,0.6\nH,H,0.4\nV,V,1\n", "share", "would have a rate below 0"),
        ("closed_departments", CLOSED + "hosp-east,A,mon-sun,00:00,24:00,hosp-east\n", "instead", "for itself"),
        (
            "closed_departments",
            CLOSED + "hosp-east,A,mon,00:00,24:00,\nhosp-west,*,mon-sun,20:00,22:00,\n",
            "instead",
            "in 2 hours of the week nobody takes patients of hosp-east, urgency A",
        ),
        ("conditions", CONDITION + "a,A,A,0.1,survival,,\n", "curve", "survival needs a curve"),
        ("conditions", CONDITION + "a,A,A,0.1,delay,,\n", "class_min", "delay needs classes"),
        ("conditions", CONDITION + "a,A,A,0.1,delay,,90;60\n", "class_min", "not rising minutes"),
        ("conditions", CONDITION + "a,A,A,0.6,delay,,60\nb,B,A,0.6,delay,,60\n", "share", "more than all"),
    ],
)
def test_what_is_wrong_is_told_where(tmp_path: Path, table: str, text: str, field: str, said: str) -> None:
    study, issues = read_study(write_tiny_study(tmp_path / "tiny", **{table: text}))
    assert study is None
    assert any(issue.field == field and said in issue.message for issue in issues), [i.text() for i in issues]


def test_hours_over_midnight_belong_to_the_day_on_which_they_begin() -> None:
    assert week_hours((7,), 22 * 3600, 2 * 3600) == (0, 1, 166, 167)
    assert len(week_hours((1, 2, 3, 4, 5, 6, 7), 0, 86_400)) == 168
