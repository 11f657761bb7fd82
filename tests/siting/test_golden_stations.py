"""The bundled study asked where stations and units should be: figures that change only on purpose.

Rounded to what a reader would see, so that another processor or solver does not move them; of sets of sites only what
is proved to be in every good answer. To change them, print `figures()` and look at what moved and why.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from beredt.cli.checked_study import load_checked_study
from beredt.simulation.study_roads import load_or_build_roads, study_roads
from beredt.siting.ask import ask
from beredt.siting.ask_model import Asked
from beredt.siting.core_models import CORE_MODELS
from beredt.siting.from_study import StudyProblem, Wish, study_problem
from beredt.siting.locks import with_locks
from beredt.siting.model_settings import ModelSettings
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.program import Limits
from beredt.siting.study.week_parts import parse_week_parts

pytestmark = pytest.mark.slow

LATTICE_KM = 6.0
STATIONS = 15


@pytest.fixture(scope="module")
def posed() -> Mapping[str, StudyProblem]:
    """The study as one week, and with the parts of the day."""
    study = load_checked_study("asker-baerum")
    roads = study_roads(study, load_or_build_roads(study))
    wishes = {
        "week": Wish(lattice_km=LATTICE_KM),
        "parts": Wish(parts=parse_week_parts("day-evening-night"), borders=0.8, capacity=4),
    }
    return {name: study_problem(study, study.service, roads, wish) for name, wish in wishes.items()}


def _asked(name: str, problem: SitingProblem) -> Asked:
    sites = None if name == "lscp" else STATIONS
    return ask(name, problem, Purse(sites=sites), ModelSettings())


# What each model finds with all of them free; then with the stations of today kept.
FREE = {"lscp": 61, "mclp": 45_832, "pmedian": 336, "pcentre": 1_586}
KEPT = {"mclp": 42_621, "pmedian": 364, "pcentre": 1_904}


def _shown(name: str, asked: Asked, problem: SitingProblem) -> int:
    """Stations; calls a year in time; mean seconds of driving; longest seconds of driving."""
    value = asked.answer.objective
    return round(value / float(problem.demand.sum()) if name == "pmedian" else value)


@pytest.mark.parametrize("name", CORE_MODELS)
def test_stations_where_they_may_be_anywhere(posed: Mapping[str, StudyProblem], name: str) -> None:
    problem = posed["week"].problem
    assert problem.sites == 112
    asked = _asked(name, problem)
    assert (asked.answer.status, asked.answer.gap) == ("proved", 0.0)
    assert _shown(name, asked, problem) == FREE[name]


@pytest.mark.parametrize("name", KEPT)
def test_two_stations_more_than_today(posed: Mapping[str, StudyProblem], name: str) -> None:
    problem = with_locks(posed["week"].problem, ["existing"])
    asked = _asked(name, problem)
    assert asked.answer.status == "proved"
    assert _shown(name, asked, problem) == KEPT[name]
    assert len(asked.answer.chosen) == STATIONS


def test_units_by_part_of_the_day(posed: Mapping[str, StudyProblem]) -> None:
    parts = posed["parts"]
    purse = Purse(units=30, periods=parts.periods)
    asked = ask("mexclp", parts.problem, purse, ModelSettings(busy=0.3), limits=Limits(gap=1e-4))
    assert round(asked.answer.objective, -1) == 42_600
    assert {name: sum(units.values()) for name, units in asked.answer.by_period.items()} == {
        "day": 30, "evening": 30, "night": 30,
    }  # fmt: skip
