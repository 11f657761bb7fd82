"""Published covering instances: models that contain maximal covering must find its proved optima."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from beredt.coverage.survival import TableCurve
from beredt.siting.bacop import solve_bacop2
from beredt.siting.criteria import build_criteria
from beredt.siting.malp import solve_malp1
from beredt.siting.maximum_survival import solve_maximum_survival
from beredt.siting.mexclp import solve_mexclp
from beredt.siting.model_settings import ModelSettings
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem, make_problem
from beredt.siting.trade_off import trade_off

pytestmark = pytest.mark.reference

MOST_SITES = 3
"""The first few are the hard ones, and enough: with more sites nearly everybody is covered."""


def known_values(folder: Path) -> dict[tuple[str, float], dict[int, int]]:
    """By instance and radius, covered demand by number of sites."""
    found: dict[tuple[str, float], dict[int, int]] = defaultdict(dict)
    with (folder / "known_values.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["instance"], float(row["radius"])][int(row["p"])] = int(row["optimal_covered_demand"])
    return dict(found)


def instance(folder: Path, name: str, radius: float) -> SitingProblem:
    """Every point is a site and an area; the distance is Euclid's."""
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()[1:]
    points = np.array([[float(part) for part in line.split()[:3]] for line in lines if line.split()])
    # Whole metres squared are exact: a point at just the radius is covered.
    away = ((points[:, None, :2] - points[None, :, :2]) ** 2).sum(axis=2)
    return make_problem(away, points[:, 2], radius**2, capacity=1)


def folder_of(reference_data: Path) -> Path:
    return reference_data / "siting" / "mclp"


@pytest.mark.slow
def test_mexclp_without_busy_units_finds_every_known_optimum(reference_data: Path) -> None:
    folder = folder_of(reference_data)
    for (name, radius), values in known_values(folder).items():
        problem = instance(folder, name, radius)
        for sites, covered in list(values.items())[:MOST_SITES]:
            answer = solve_mexclp(problem, 0.0, Purse(units=sites))
            assert (round(answer.objective), answer.status, answer.gap) == (covered, "proved", 0.0), (name, sites)


def test_their_other_extremes_do_as_well(reference_data: Path) -> None:
    """No reliability asked for, no weight on backup, survival like a cliff."""
    folder = folder_of(reference_data)
    problem = instance(folder, "SJC324", 800.0)
    cliff = TableCurve("cliff", (800.0**2, 800.0**2 + 1.0), (1.0, 0.0))
    sites, covered = 2, known_values(folder)["SJC324", 800.0][2]
    purse = Purse(units=sites)
    assert solve_malp1(problem, purse, 0.5, 0.0).objective == covered
    assert solve_bacop2(problem, purse, 1.0).objective == covered
    assert solve_maximum_survival(problem, cliff, purse).objective == pytest.approx(covered)


@pytest.mark.slow
def test_the_trade_off_of_cover_against_sites_holds_them_all(reference_data: Path) -> None:
    folder = folder_of(reference_data)
    problem = instance(folder, "SJC324", 800.0)
    values = known_values(folder)["SJC324", 800.0]
    model = build_criteria(problem, Purse(units=MOST_SITES), ModelSettings(), ("covered", "sites"))
    front = trade_off(model.program, *model.criteria)
    assert front.exact
    assert {round(point.second): round(point.first) for point in front.points} == {
        sites: covered for sites, covered in (values | {0: 0}).items() if sites <= MOST_SITES
    }
