"""A need of a file: read with every fault told, and met with the fewest paid hours."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.errors import DefinitionError
from beredt.siting.need_rosters import run_need_rosters
from beredt.siting.rosters.need_file import parse_need
from beredt.siting.rosters.rules import parse_roster_rules
from tests.tiny_study import write_tiny_study

RULES = """
net_hours_per_fte = 1460
least_units = 0
[[forms]]
id = "all"
first = "00:00"
last = "00:00"
length_h = 24
weekdays = ["mon-sun"]
[[forms]]
id = "half"
first = "08:00"
last = "08:00"
length_h = 12
weekdays = ["mon-sun"]
"""


def _file(day: int, night: int, station: str = "") -> str:
    head = "station,weekday,hour,units\n" if station else "weekday,hour,units\n"
    rows = (f"mon-sun,{hour},{day if 8 <= hour < 20 else night}" for hour in range(24))
    return head + "".join(f"{station},{row}\n" if station else f"{row}\n" for row in rows)


def test_days_and_hours_are_read_by_hand() -> None:
    need = parse_need("need.csv", _file(3, 1).encode())
    week = need["station"]
    assert week.shape == (168,)
    assert (week[8], week[7], week[6 * 24 + 19], week[167]) == (3, 1, 3, 1)


def test_every_fault_is_told() -> None:
    text = "station,weekday,hour,units\na,mon-fri,24,1\na,mon,8,\na,someday,9,1\na,tue,10,-1\n"
    with pytest.raises(DefinitionError) as caught:
        parse_need("need.csv", text.encode())
    assert {(issue.field, issue.row) for issue in caught.value.issues} == {  # type: ignore[attr-defined]
        ("hour", 2), ("units", 3), ("weekday", 4), ("units", 5),
    }  # fmt: skip
    with pytest.raises(DefinitionError, match="12 of 168 hours of a have no need, first mon 00:00"):
        parse_need("need.csv", (_file(1, 1, "a").replace("a,mon-sun,0,1\n", "") + "a,mon-fri,0,1\n").replace(
            "a,mon-fri,0,1\n", "").replace("a,mon-sun,1,1\n", "a,fri;sat,1,1\n").encode())  # fmt: skip
    with pytest.raises(DefinitionError, match="there twice"):
        parse_need("need.csv", (_file(1, 1) + "wed,3,1\n").encode())


@settings(max_examples=25)
@given(day=st.integers(0, 4), night=st.integers(0, 4))
def test_the_fewest_paid_hours_of_all_rosters(day: int, night: int) -> None:
    rules = parse_roster_rules("rules.toml", RULES.encode())
    answer = run_need_rosters(parse_need("need.csv", _file(day, night).encode()), rules)
    (one,) = answer.stations
    every = [
        7 * 2 * (24 * whole + 12 * half)
        for whole, half in product(range(9), repeat=2)
        if whole >= night and whole + half >= day
    ]
    assert one.plan.paid_h == min(every)
    assert one.plan.status == "proved"
    assert one.fte == pytest.approx(min(every) * 365 / 7 / 1460)
    assert (one.plan.on_duty >= one.need).all()


def test_the_command_needs_no_study_and_takes_one(tmp_path: Path) -> None:
    need, rules = tmp_path / "need.csv", tmp_path / "rules.toml"
    need.write_text(_file(2, 1, "st-east"), encoding="utf-8")
    rules.write_text(RULES, encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(build_app(), ["roster", *arguments])
        return done.exit_code, done.stdout if done.exit_code == 0 else done.output

    out = tmp_path / "out"
    code, text = call("--need", str(need), "--rules", str(rules), "--out", str(out), "--json")
    assert code == 0, text
    answer = json.loads(text)
    assert answer["stations"][0]["paid_h"] == 7 * 2 * 36.0
    assert answer["stations"][0]["today"] is None
    assert [Path(page).name for page in answer["pages"]] == ["roster.html", "roster.nb.html", "roster.nn.html"]
    assert "<svg" in (out / "roster.html").read_text(encoding="utf-8")

    folder = str(write_tiny_study(tmp_path / "study"))
    code, text = call(folder, "--need", str(need), "--rules", str(rules), "--json")
    assert code == 0, text
    beside = json.loads(text)["stations"][0]
    assert beside["short_h"] == int((np.array(beside["today"]) < np.array(beside["need"])).sum())

    assert call()[0] == 2
    assert call("--need", str(tmp_path / "none.csv"))[0] == 1
    assert call("--need", str(need), "--station", "elsewhere")[0] == 2
    assert call("--need", str(need), "--replications", "3")[0] == 2
    need.write_text(_file(2, 1, "nowhere"), encoding="utf-8")
    code, text = call(folder, "--need", str(need), "--rules", str(rules))
    assert code == 2
    assert "no station 'nowhere'" in text
