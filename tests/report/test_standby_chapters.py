"""Chapters on tasks that can be carried and on rules for free units: there where a run has them, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.decision.estimated import Estimated
from beredt.decision.moving.compare_rules import Compared
from beredt.decision.moving.policies_table import policies_table
from beredt.decision.standby.capacity_table import capacity_table
from beredt.decision.standby.study_tables import standby_time_tables
from beredt.decision.standby.task_capacity import Capacity, Carried
from beredt.model.alternative import TODAY
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.set_relocation import SetRelocation
from beredt.model.read import load_study
from beredt.report.standby.capacity import capacity_chapters
from beredt.report.standby.policies import policies_chapters
from beredt.report.standby.write_pages import standby_context
from beredt.report.words import list_languages
from beredt.roads.networks import load_networks
from beredt.simulation.run import Simulator
from tests.tiny_study import write_tiny_study

VISITS = (
    "id,kinds,per_day,municipalities,window_s,stay_s,start,end,drops\nvisits,ambulance,2,vest,3600,1800,09:00,15:00,A\n"
)


def figure(value: float, reach: float = 0.1) -> Estimated:
    return Estimated(value, value - reach, value + reach)


def carried(per_day: float, change_pp: float, *, holds: bool) -> Carried:
    return Carried(per_day, figure(0.9), figure(0.05), figure(change_pp), figure(1.5), holds)


def compared(rule: str, change_pp: float, reach: float) -> Compared:
    change = Estimated(0.0, 0.0, 0.0) if change_pp == 0.0 else figure(change_pp, reach)
    rest = [figure(one) for one in (0.5, 0.125, 12.0, 0.6)]
    return Compared(rule, figure(80.0), change, figure(600.0), figure(-5.0), "vest", figure(70.0), *rest)


@pytest.mark.parametrize("language", list_languages())
def test_the_greatest_number_that_holds_with_all_smaller_ones_is_told(tmp_path: Path, language: str) -> None:
    study = load_study(write_tiny_study(tmp_path))
    rows = (carried(7, -0.1, holds=True), carried(14, -0.9, holds=False), carried(28, -0.3, holds=True))
    ctx = standby_context(
        study, {"task_capacity": capacity_table([(TODAY, Capacity("visits", "all", 0.5, rows, 7))])}, language
    )
    (chapter,) = capacity_chapters(ctx)
    assert "7" in chapter.finding
    assert "28" not in chapter.finding
    assert policies_chapters(ctx) == ()


def test_a_rule_gains_only_where_its_interval_says_so(tmp_path: Path) -> None:
    study = load_study(write_tiny_study(tmp_path))

    def finding(reach: float) -> str:
        rules = (compared("home", 0.0, 0.0), compared("dmexclp:0.4", 2.0, reach))
        (chapter,) = policies_chapters(standby_context(study, {"policies": policies_table(TODAY, rules)}, "en"))
        return chapter.finding

    assert "+2.00" in finding(0.5)
    assert "None of the rules" in finding(2.5)


def test_a_run_tries_tasks_that_alternatives_have_and_rules_that_they_follow(tmp_path: Path) -> None:
    folder = write_tiny_study(tmp_path)
    (folder / "planned_tasks.csv").write_text(VISITS, encoding="utf-8")
    study = load_study(folder)
    services = {TODAY: study.service, "2": apply_edits(study.service, (SetRelocation(rule="dmexclp"),))}
    with Simulator(study, load_networks(study, services.values()), 1) as simulator:
        tables = standby_time_tables(services, simulator, 2, lambda *_: None)
        none = standby_time_tables(services, simulator, 1, lambda *_: None)
    tried = tables["task_capacity"]
    assert tried["alternative"].to_list() == [TODAY] * 3 + ["2"] * 3
    assert tried["per_day"].to_list() == [1.0, 2.0, 4.0] * 2
    assert tables["policies"]["rule"].to_list() == ["standby", "dmexclp:0.3"]
    assert tables["policies"]["share_change_pp"][0] == 0.0
    assert all(table.is_empty() for table in none.values())
