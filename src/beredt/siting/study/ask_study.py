"""A study asked for the best sites: the problem made of it, locked, solved, and what else was wanted of the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from beredt.model.edits.service_of import service_of
from beredt.model.road_change import road_state
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.graph.build import say_nothing
from beredt.simulation.study_roads import StudyRoads, TableRoads, load_or_build_roads, study_roads
from beredt.siting.ask import ask
from beredt.siting.from_study import StudyProblem, study_problem
from beredt.siting.locks import with_locks
from beredt.siting.placement import Purse
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop
from beredt.siting.settings_given import SettingsGiven, model_settings
from beredt.siting.sited import Sited
from beredt.siting.study.question import StudyQuestion, wish_of
from beredt.siting.study.sites import with_candidates
from beredt.siting.study_groups import study_groups

OnStage = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Siting:
    """A call of a model of siting on a study.

    `model`: its name. `question`: what the problem is made of. `given`: settings of the model. `stations`, `units`: the
    most of them, None for no limit. `locks`: see :func:`beredt.siting.locks.with_locks`. `k`: how many of the best
    answers, 1 or more. `within`: share of the best objective that counts as near it, None to leave it out. `criteria`:
    two to trade against each other. `limits`: for each of these questions.
    """

    model: str
    question: StudyQuestion
    given: SettingsGiven = field(default_factory=SettingsGiven)
    stations: int | None = None
    units: int | None = None
    locks: tuple[str, ...] = ()
    k: int = 1
    within: float | None = None
    criteria: tuple[str, str] | None = None
    limits: Limits = NO_LIMITS


@dataclass(frozen=True, slots=True, eq=False)
class AskedStudy:
    """A study asked about: as it was read, the service of its alternative, and the siting problem."""

    study: Study
    service: Service
    asked: StudyProblem


def problem_of_study(study: Study, question: StudyQuestion, on_stage: OnStage | None = None) -> AskedStudy:
    """Make the problem of a study; roads to new places are laid first.

    Args:
        study: checked.
        question: what is asked about.
        on_stage: told how far the roads have come.

    Raises:
        OptionError: an option says what cannot be.
        DefinitionError: the file of candidates is at fault.
        SitingError: incidents of the study are a trace.
    """
    service = service_of(study, question.alternative)
    wish = wish_of(question, service, study.settings.study.region)
    reached = with_candidates(study, wish.candidates)
    if reached is not study and study.roads is None:
        from beredt.roads.build import build_network

        # Not kept on disk: every other file of candidates would make another network.
        state = road_state(service.road_changes, study.settings.study.year)
        roads: StudyRoads = TableRoads(build_network(reached, state), state=state)
    else:
        found = load_or_build_roads(study, progress=on_stage or say_nothing, services=[service])
        roads = study_roads(study, found, service)
    return AskedStudy(study, service, study_problem(study, service, roads, wish))


def site_study(
    study: Study,
    siting: Siting,
    *,
    progress: Progress | None = None,
    stop: Stop | None = None,
    on_stage: OnStage | None = None,
) -> Sited:
    """Ask a model for the best sites of a study.

    Args:
        study: checked.
        siting: the call.
        progress, stop: see :func:`beredt.siting.program.solve`.
        on_stage: told how far the roads have come.

    Raises:
        OptionError: an option says what cannot be, or nobody reads it.
        UnknownIdError: no such alternative, site or curve.
        DefinitionError: the file of candidates is at fault.
        SitingError: there is no answer.
    """
    posed = problem_of_study(study, siting.question, on_stage)
    problem = with_locks(posed.asked.problem, siting.locks)
    fair = study_groups(problem, posed.service.areas, siting.given.groups or "area")
    asked = ask(
        siting.model,
        problem,
        Purse(units=siting.units, sites=siting.stations, periods=posed.asked.periods),
        model_settings(siting.given, fair, siting.model),
        k=siting.k,
        within=siting.within,
        criteria=siting.criteria,
        limits=siting.limits,
        progress=progress,
        stop=stop,
    )
    return Sited(study, posed.service, siting.question.alternative, problem, posed.asked, asked)
