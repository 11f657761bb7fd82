"""Any model by its name asked for its best answer, the k best, what all good ones share, and a trade-off."""

from __future__ import annotations

from beredt.siting.ask_core import ask_core
from beredt.siting.ask_model import Asked, ask_model
from beredt.siting.core_models import CORE_MODELS
from beredt.siting.model_settings import ModelSettings
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop


def ask(
    name: str,
    problem: SitingProblem,
    purse: Purse,
    settings: ModelSettings,
    *,
    k: int = 1,
    within: float | None = None,
    criteria: tuple[str, str] | None = None,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Asked:
    """Ask a model of stations (`core_models.CORE_MODELS`) or of units (`named_models.NAMED_MODELS`).

    Arguments, answers and errors are those of :func:`beredt.siting.ask_core.ask_core` and
    :func:`beredt.siting.ask_model.ask_model`.
    """
    asking = ask_core if name in CORE_MODELS else ask_model
    return asking(
        name, problem, purse, settings,
        k=k, within=within, criteria=criteria, limits=limits, progress=progress, stop=stop,
    )  # fmt: skip
