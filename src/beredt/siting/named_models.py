"""The models of availability by their names, as the command line asks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from beredt.errors import OptionError
from beredt.siting import bacop, bernoulli_nash, dsm, equity, malp, maximum_survival, mexclp, q_malp, worst_share
from beredt.siting.agreed_mexclp import solve_agreed_mexclp
from beredt.siting.answer import SitingAnswer
from beredt.siting.covering_model import CoveringModel
from beredt.siting.k_best import Solver
from beredt.siting.model_settings import ModelSettings
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.program import F8, NO_LIMITS, Limits, Progress, Stop, solve

NAMED_MODELS = {
    "mexclp": "expected cover by units that are busy a share of the time (Daskin 1983)",
    "mexclp-hypercube": "the same, with busy fractions that the hypercube agrees with",
    "bacop1": "everybody once, as many as possible twice (Hogan and ReVelle 1986)",
    "bacop2": "cover weighed against backup (Hogan and ReVelle 1986)",
    "dsm": "double standard: two times, and as many as possible twice (Gendreau, Laporte and Semet 1997)",
    "malp1": "covered with a reliability, all units equally busy (ReVelle and Hogan 1989)",
    "malp2": "covered with a reliability, busy by the work around (ReVelle and Hogan 1989)",
    "q-malp": "covered with a reliability, units as a queue (Marianov and ReVelle 1996)",
    "survival": "expected survivors (Erkut, Ingolfsson and Erdoğan 2008)",
    "worst-share": "the worst-off group first (Rawls 1971)",
    "bernoulli-nash": "the product of shares (Jagtenberg and Mason 2020)",
    "equity": "as much as possible with a limit on differences (Chanta, Mayorga and McLay 2014)",
}
"""What each model looks for, with its source."""


OTHER_ORDER = ("worst-share", "mexclp-hypercube")
"""Models whose further answers are put in order by something else than their objective, see :func:`several_of`."""


def several_of(
    name: str,
    problem: SitingProblem,
    purse: Purse,
    settings: ModelSettings,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> tuple[CoveringModel, Solver]:
    """One programme from which more answers than the best can be had, and what solves it.

    Most models are such a programme. Of the others, `worst-share` lists who serves most among the fair, `mexclp-
    hypercube` what is best with the busy fractions that its rounds ended with, and `bernoulli-nash` needs a solver that
    adds tangents.

    Args:
        name: of `NAMED_MODELS`.
        problem: the problem.
        purse: what limits units and sites.
        settings: of the model.
        limits, progress, stop: of what must be solved first, see :func:`beredt.siting.program.solve`.

    Raises:
        OptionError: there is no such model.
        OutOfRangeError: a setting is outside its range.
        SitingError: nothing limits the units, or there is no answer.
    """
    busy, watched = settings.busy_of(problem, purse), (limits, progress, stop)
    if name == "bernoulli-nash":
        return bernoulli_nash.several(problem, busy, purse, settings.groups, settings.nothing)
    makers: dict[str, Callable[[], CoveringModel]] = {
        "worst-share": lambda: worst_share.several(problem, busy, purse, settings.groups, *watched, give=settings.give),
        "mexclp-hypercube": lambda: replace(
            mexclp.build(problem, solve_agreed_mexclp(problem, settings.mission_s, purse, *watched).busy, purse),
            name=name,
        ),
        "mexclp": lambda: mexclp.build(problem, busy, purse),
        "bacop1": lambda: bacop.build_bacop1(problem, purse, excuse=settings.excuse),
        "bacop2": lambda: bacop.build_bacop2(problem, purse, settings.first_weight),
        "dsm": lambda: dsm.build(
            problem, purse, _outer(problem, settings), settings.inner_share, excuse=settings.excuse
        ),
        "malp1": lambda: malp.build_malp1(problem, purse, busy, settings.reliability),
        "malp2": lambda: malp.build_malp2(problem, purse, settings.mission_s, settings.reliability),
        "q-malp": lambda: q_malp.build_q_malp(problem, purse, settings.mission_s, settings.reliability),
        "survival": lambda: maximum_survival.build(
            problem,
            settings.survival_curve(),
            purse,
            before_s=settings.before_s,
            busy=busy,
            step_s=settings.step_s,
        ),
        "equity": lambda: equity.build(
            problem,
            busy,
            purse,
            settings.groups_of(problem),
            most_gap=settings.most_gap,
            least_share=settings.least_share,
        )[0],
    }
    if name in makers:
        return makers[name](), solve
    raise OptionError("--model", name, "there is no such model", f"give one of {', '.join(NAMED_MODELS)}")


def solve_named(
    name: str,
    problem: SitingProblem,
    purse: Purse,
    settings: ModelSettings,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SitingAnswer:
    """The answer of a model.

    Args:
        name: of `NAMED_MODELS`.
        problem: the problem.
        purse: what limits units and sites.
        settings: of the model.
        limits, progress, stop: see :func:`beredt.siting.program.solve`.

    Raises:
        OptionError: there is no such model.
        OutOfRangeError: a setting is outside its range.
        SitingError: there is no answer.
    """
    busy = settings.busy_of(problem, purse)
    watched = (limits, progress, stop)
    solvers: dict[str, Callable[[], SitingAnswer]] = {
        "mexclp": lambda: mexclp.solve_mexclp(problem, busy, purse, *watched),
        "mexclp-hypercube": lambda: solve_agreed_mexclp(problem, settings.mission_s, purse, *watched).answer,
        "bacop1": lambda: bacop.solve_bacop1(problem, purse, *watched, excuse=settings.excuse),
        "bacop2": lambda: bacop.solve_bacop2(problem, purse, settings.first_weight, *watched),
        "dsm": lambda: dsm.solve_dsm(
            problem, purse, _outer(problem, settings), settings.inner_share, *watched, excuse=settings.excuse
        ),
        "malp1": lambda: malp.solve_malp1(problem, purse, busy, settings.reliability, *watched),
        "malp2": lambda: malp.solve_malp2(problem, purse, settings.mission_s, settings.reliability, *watched),
        "q-malp": lambda: q_malp.solve_q_malp(problem, purse, settings.mission_s, settings.reliability, *watched),
        "survival": lambda: maximum_survival.solve_maximum_survival(
            problem,
            settings.survival_curve(),
            purse,
            *watched,
            before_s=settings.before_s,
            busy=busy,
            step_s=settings.step_s,
        ),
        "worst-share": lambda: worst_share.solve_worst_share(
            problem, busy, purse, settings.groups, *watched, give=settings.give
        ),
        "bernoulli-nash": lambda: bernoulli_nash.solve_bernoulli_nash(
            problem, busy, purse, settings.groups, settings.nothing, *watched
        ),
        "equity": lambda: equity.solve_equity(
            problem,
            busy,
            purse,
            settings.groups_of(problem),
            *watched,
            most_gap=settings.most_gap,
            least_share=settings.least_share,
        ),
    }
    if name in solvers:
        return solvers[name]()
    raise OptionError("--model", name, "there is no such model", f"give one of {', '.join(NAMED_MODELS)}")


def _outer(problem: SitingProblem, settings: ModelSettings) -> F8 | float:
    return 2.0 * problem.target_s if settings.outer_s is None else settings.outer_s
