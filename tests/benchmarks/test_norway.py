"""The generator of a whole country's service, held to its promises on one county; how fast it is, no test asks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.norway.areas import merge_cells
from benchmarks.norway.generate import generate_study
from benchmarks.norway.grid import Cells, read_cells
from benchmarks.norway.measure import measure
from benchmarks.norway.regions import CENTRES, centre_of
from benchmarks.norway.sites import choose_sites
from benchmarks.norway.sizes import Sizes
from beredt.cli.checked_study import check_study
from beredt.model.issue import has_errors

COUNTY = "42"
SMALL = Sizes(areas=400, stations=12, units=20, responders=2, standby_points=3, hospitals=2, missions=20_000)

pytestmark = pytest.mark.reference


def cells_of(people: list[float]) -> Cells:
    """A row of cells, west to east, of one municipality."""
    east = np.arange(len(people)) * 1000.0 + 500.0
    return Cells(
        np.column_stack([east, np.full(len(people), 500.0)]), np.array(people), np.array(["4201"] * len(people))
    )


@pytest.fixture(scope="session")
def source(reference_data: Path) -> Path:
    return reference_data / "norway"


def test_areas_keep_all_people_and_are_coarse_where_few_live() -> None:
    cells = cells_of([900.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 5.0])
    areas = merge_cells(cells, 5)
    assert areas.people.sum() == cells.people.sum()
    assert areas.side_km.tolist() == [1, 1, 2, 4, 1]
    assert areas.people.tolist() == [900.0, 1.0, 2.0, 4.0, 5.0]


def test_sites_come_where_they_shorten_most_ways() -> None:
    xy_m = np.array([[0.0, 0.0], [1.0, 0.0], [50.0, 0.0], [200.0, 0.0]]) * 1000
    people = np.array([100.0, 90.0, 30.0, 4.0])
    assert choose_sites(xy_m, people, 3, far_km=30.0).tolist() == [0, 2, 3]


def test_every_municipality_has_one_centre(source: Path) -> None:
    numbers = np.unique(read_cells(source).municipality).tolist()
    assert len(numbers) == 357
    assert {centre_of(number).id for number in numbers} == {centre.id for centre in CENTRES}


def test_a_county_is_an_ordinary_study(source: Path, tmp_path: Path) -> None:
    folder = generate_study(source, tmp_path / "study", SMALL, COUNTY)
    study, issues = check_study(folder)
    assert not has_errors(issues)
    assert study is not None
    service = study.service
    assert (len(service.stations), len(service.units), len(service.hospitals)) == (12, 20, 2)
    assert len(service.areas) <= SMALL.areas
    assert all(station.name.startswith("Generated") for station in service.stations)
    assert study.population["people"].sum() == pytest.approx(read_cells(source, COUNTY).people.sum(), rel=1e-4)


@pytest.mark.soak
def test_every_stage_of_a_county_is_timed(source: Path, tmp_path: Path) -> None:
    measured = measure(source, tmp_path / "study", tmp_path / "cache", "420", rounds=1)
    assert measured.missions >= measured.incidents * 0.9 > 0
    assert all(stage.runs == 1 and stage.wall_s > 0 for stage in measured.stages)
