"""Counting ways and outcomes: a whole small study against counting one patient after the other."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beredt.coverage.larsen import larsen_curve
from beredt.decision.pathways.tables import pathway_tables
from beredt.demand.generate import generate_calls
from beredt.indicators.observed import Frame, Year
from beredt.indicators.paths.tally_paths import IN_TARGET, PATIENTS, REACHED, RESPONSE_MS, tally_paths
from beredt.indicators.tally import tally, tally_with_paths
from beredt.model.alternative import TODAY
from beredt.model.edits.add_pathway import AddPathway
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.close_department import CloseDepartment
from beredt.model.edits.scale_triage import ScaleTriage
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.simulation.case import observe_case, prepare_case
from beredt.simulation.study_roads import study_roads
from tests.tiny_study import write_tiny_study

TRIAGE = "true_urgency,given_urgency,share\nA,A,0.9\nA,H,0.1\nH,A,0.3\nH,H,0.6\nH,V,0.1\nV,H,0.2\nV,V,0.8\n"
CONDITIONS = (
    "id,name,urgency,share,measure,curve,until,class_min\n"
    "arrest,Cardiac arrest,A,0.1,survival,larsen,,\n"
    "stroke,Stroke,A,0.1,delay,,delivery,45;60\n"
    "trauma,Trauma,H,0.1,delay,,scene,8;15;30\n"
)
ARREST, STROKE, TRAUMA = range(3)
EDITS = (
    AddPathway(id="hear", name="Hear", stage="call", urgency="V", share=0.5, again_share=0.5, operator_min=7.0),
    AddPathway(id="see", name="See", stage="scene", urgency="H", share=0.4, on_scene_factor=1.3),
    ScaleTriage(direction="over", factor=0.5),
    CloseDepartment(hospital="hosp-east", urgency="A", share=0.5),
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("paths") / "tiny"
    return load_study(write_tiny_study(folder, triage=TRIAGE, conditions=CONDITIONS))


@pytest.fixture(scope="module")
def years(study: Study) -> dict[str, tuple[Frame, Year]]:
    """Replication 0 of today and of the edited service, held to the laws of the simulation."""
    roads = study_roads(study, build_network(study))
    found = {}
    for name, service in {TODAY: study.service, "edited": apply_edits(study.service, EDITS)}.items():
        case = prepare_case(study, roads, service)
        calls = generate_calls(case.generated.demand, 3, 0)
        found[name] = case.frame, observe_case(case, calls, check_laws=True).year
    return found


def first_scene_s(frame: Frame, year: Year) -> dict[int, float]:
    """By incident, when the first unit that stops the clock is there."""
    found: dict[int, float] = {}
    m = year.missions
    for row in range(len(m.incident)):
        if not m.diverted[row] and frame.unit_stops_clock[m.unit[row]] and np.isfinite(m.scene_t[row]):
            i = int(m.incident[row])
            found[i] = min(found.get(i, np.inf), float(m.scene_t[row]))
    return found


@pytest.mark.parametrize("name", [TODAY, "edited"])
def test_patients_are_counted_as_one_would_one_by_one(years: dict[str, tuple[Frame, Year]], name: str) -> None:
    frame, year = years[name]
    paths, found = year.paths, tally_paths(frame, year)
    assert paths is not None
    scene = first_scene_s(frame, year)
    rows: list[list[int]] = [[] for _ in paths.patient]
    for row, patient in enumerate(paths.patient):
        rows[int(patient)].append(row)
    needs: Counter[tuple[int, int, int]] = Counter()
    delays: Counter[int] = Counter()
    taken: Counter[int] = Counter()
    survivors = 0.0
    for row in range(len(paths.patient)):
        if paths.patient[row] != row or not frame.start_s <= paths.call_t[row] < frame.end_s:
            continue
        cell = int(paths.true[row]), int(paths.given[row])
        there = [scene[int(paths.incident[r])] for r in rows[row] if int(paths.incident[r]) in scene]
        needs[*cell, PATIENTS] += 1
        for r in rows[row]:
            for way in (paths.at_call[r], paths.at_scene[r], paths.at_delivery[r]):
                taken[int(way)] += way >= 0
        condition = int(paths.condition[row])
        if there:
            response_s = round((min(there) - float(paths.call_t[row])) * 1000) / 1000
            needs[*cell, REACHED] += 1
            needs[*cell, RESPONSE_MS] += round(response_s * 1000)
            needs[*cell, IN_TARGET] += response_s <= frame.area_target_s[paths.area[row], paths.true[row]] < np.inf
            if condition == ARREST:
                survivors += float(larsen_curve().share(response_s))
            if condition == TRAUMA:
                delays[sum(response_s > 60 * end for end in (8, 15, 30))] += 1
    for cell in np.ndindex(3, 3):
        for what in (PATIENTS, REACHED, RESPONSE_MS, IN_TARGET):
            assert found.needs[*cell, what] == needs[*cell, what], (cell, what)
    for pathway in range(paths.pathways):
        assert found.taken[pathway].sum() == taken[pathway]
    # The curve is looked up between whole seconds.
    assert found.outcomes.survivors[ARREST] == pytest.approx(survivors, rel=1e-6)
    assert found.outcomes.delays[TRAUMA, :4].tolist() == [delays[n] for n in range(4)]
    assert found.outcomes.delays[TRAUMA].sum() == found.outcomes.cases[TRAUMA]
    assert found.outcomes.delays[STROKE].sum() == found.outcomes.cases[STROKE] > 0


def test_the_same_patients_in_every_alternative(years: dict[str, tuple[Frame, Year]]) -> None:
    today, edited = (tally_paths(*years[name]) for name in (TODAY, "edited"))
    np.testing.assert_array_equal(today.needs[..., PATIENTS].sum(axis=1), edited.needs[..., PATIENTS].sum(axis=1))
    np.testing.assert_array_equal(today.outcomes.cases, edited.outcomes.cases)
    assert not today.taken.any()
    assert today.second_calls == 0
    assert edited.second_calls > 0
    # An hour of sums: who got seven minutes more at the centre.
    assert edited.taken[0].sum() > 0
    assert edited.delivered.sum() < today.delivered.sum()


def test_everything_else_is_counted_as_without_ways(years: dict[str, tuple[Frame, Year]]) -> None:
    frame, year = years["edited"]
    plain, with_paths = tally(frame, year), tally_with_paths(frame, year)
    assert plain.paths is None
    np.testing.assert_array_equal(plain.response.counts, with_paths.response.counts)
    np.testing.assert_array_equal(plain.units, with_paths.units)


def test_tables_pair_every_figure_with_today(study: Study, years: dict[str, tuple[Frame, Year]]) -> None:
    services = {TODAY: study.service, "edited": apply_edits(study.service, EDITS)}
    tallies = {name: [tally_with_paths(*pair)] * 2 for name, pair in years.items()}
    tables = pathway_tables(study, services, tallies)
    rows = {(r["alternative"], r["measure"], r["of"], r["group"]): r for r in tables["pathways"].iter_rows(named=True)}
    sent = rows["edited", "sent", "", "all"]
    found = [tallies[name][0].paths for name in (TODAY, "edited")]
    assert found[0] is not None
    assert found[1] is not None
    per_year = 365 / tallies[TODAY][0].days
    assert sent["value"] == pytest.approx(found[1].sent * per_year)
    assert sent["difference"] == pytest.approx((found[1].sent - found[0].sent) * per_year)
    assert rows["edited", "taken", "hear", "all"]["difference"] == rows["edited", "taken", "hear", "all"]["value"] > 0
    classes = tables["outcomes"].filter((pl.col("condition") == "trauma") & (pl.col("measure") == "delay"))
    assert classes["from_min"].unique(maintain_order=True).to_list() == [0.0, 8.0, 15.0, 30.0, -1.0]
    unused = pathway_tables(study, services, {name: [tally(*pair)] for name, pair in years.items()})
    assert all(table.is_empty() for table in unused.values())


def test_a_study_without_ways_is_run_as_ever(tmp_path: Path) -> None:
    from beredt.simulation.paths.path_rules import uses_paths

    plain = load_study(write_tiny_study(tmp_path / "plain"))
    assert not uses_paths(plain, plain.service)
    assert uses_paths(plain, apply_edits(plain.service, EDITS[:2]))
