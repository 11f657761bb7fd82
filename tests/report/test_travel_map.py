"""The map of health buses: alternatives that share a timetable share a map, and what is new there is told in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.chapters.travel_map import bus_map
from beredt.report.context import make_context
from beredt.report.figures.atlas import make_atlas
from beredt.report.page.blocks import Figure
from beredt.report.results import read_results
from beredt.report.words import list_languages, load_words
from tests.report.whole_study import STOPS, write_whole_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_whole_study(tmp_path_factory.mktemp("buses")))


def maps(study: Study, results_dir: Path, language: str = "en") -> list[Figure]:
    ctx = make_context(study, read_results(results_dir), load_words(language))
    return [block for block in bus_map(ctx, make_atlas(study).whole) if isinstance(block, Figure)]


@pytest.mark.parametrize("language", list_languages())
def test_each_timetable_is_told_once_and_its_new_stop_by_name(study: Study, results_dir: Path, language: str) -> None:
    (figure,) = maps(study, results_dir, language)
    words = load_words(language)
    now, then = (figure.alt.split(". ") if ". " in figure.alt else [figure.alt, ""])[:2]
    assert "West" not in now
    assert "West" in then
    assert figure.alt.count("South") == 2, "today and 0+ have the same stops and share a map"
    assert words("alternative.today").lower() in figure.alt.lower()


def test_a_stop_beyond_the_map_is_named_at_its_edge(tmp_path: Path, results_dir: Path) -> None:
    far = STOPS.replace("in,today,10,South,59.850,10.510", "in,today,10,Far away,59.949,10.745")
    (figure,) = maps(load_study(write_whole_study(tmp_path, bus_stops=far)), results_dir)
    assert "→ Far away" in figure.svg


def test_without_buses_there_is_no_map(tiny: Study, results_dir: Path) -> None:
    assert maps(tiny, results_dir) == []
