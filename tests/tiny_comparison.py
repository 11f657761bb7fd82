"""Criteria and uncertain numbers for the tiny study. Nothing here is real."""

from __future__ import annotations

from pathlib import Path

CRITERIA = """\
id,position,gate,name_en,name_nb,name_nn
acute,1,1,Acute help,Akutthjelp,Akutthjelp
wheels,2,0,Use of cars,Bruk av biler,
people,3,0,Those who work,De som arbeider,
quiet,4,0,What nothing is known of,Det ingen vet noe om,
"""

MEASURES = """\
id,criterion,source_table,where,column,better,form,swing,name_en,name_nb,name_nn
within,acute,indicators,measure=share_within_target;urgency=A;group=all,value,more,percent,,Within target,Innen målet,
km,wheels,indicators,measure=km;group=all,value,less,kilometres,1000,Kilometres,Kilometer,
duty,wheels,indicators,measure=duty_h;group=all,value,less,hours,1000,Hours on duty,Timer på vakt,
overtime,people,indicators,measure=overtime_h;group=all,value,less,hours,50,Overtime,Overtid,
unheard,people,indicators,measure=km;group=nowhere,value,less,number,1,Nowhere,Ingensteds,
"""

UNCERTAIN = """
[probabilistic]
draws = 8

[[probabilistic.uncertain]]
id = "scene"
name = { en = "Time at the scene", nb = "Tid på stedet" }
low = 0.8
mode = 1.0
high = 1.4
edits = [{ edit = "scale_interval", interval = "on_scene", urgency = "*", factor = "?" }]

[[probabilistic.uncertain]]
id = "handover"
name = { en = "Time at the hospital", nb = "Tid på sykehuset" }
low = 0.5
mode = 1.0
high = 2.0
edits = [{ edit = "scale_interval", interval = "handover", urgency = "*", factor = "?" }]
"""


def write_comparison(folder: Path) -> Path:
    """Add what the comparison asks for to the study in `folder`, which is returned."""
    (folder / "criteria.csv").write_text(CRITERIA, encoding="utf-8")
    (folder / "criterion_measures.csv").write_text(MEASURES, encoding="utf-8")
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write(UNCERTAIN)
    return folder
