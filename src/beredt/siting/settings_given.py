"""What the caller of a siting model set for it, checked against what the model reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from beredt.errors import OptionError

if TYPE_CHECKING:
    from beredt.siting.group_shares import Groups
    from beredt.siting.model_settings import ModelSettings


def two_criteria(text: str | None) -> tuple[str, str] | None:
    """The two names of a trade-off.

    Raises:
        OptionError: not two.
    """
    if text is None:
        return None
    names = [name.strip() for name in text.split(",")]
    if len(names) != 2:
        raise OptionError(
            "--trade-off", text, "it takes two criteria", "give two with a comma between, as covered,cost"
        )
    return names[0], names[1]


@dataclass(frozen=True, slots=True)
class SettingsGiven:
    """The options that some models read, as they were given; None for those that were not."""

    busy: float | None = None
    mission_min: float | None = None
    reliability: float | None = None
    first_weight: float | None = None
    outer_min: float | None = None
    inner_share: float | None = None
    curve: str | None = None
    before_s: float | None = None
    groups: str | None = None
    most_gap: float | None = None
    least_share: float | None = None


BUSY = ("busy", "mission_min")
READ: Mapping[str, tuple[str, ...]] = {
    "mexclp": BUSY,
    "mexclp-hypercube": ("mission_min",),
    "bacop2": ("first_weight",),
    "dsm": ("outer_min", "inner_share"),
    "malp1": (*BUSY, "reliability"),
    "malp2": ("mission_min", "reliability"),
    "q-malp": ("mission_min", "reliability"),
    "survival": (*BUSY, "curve", "before_s"),
    "worst-share": (*BUSY, "groups"),
    "bernoulli-nash": (*BUSY, "groups"),
    "equity": (*BUSY, "groups", "most_gap", "least_share"),
    # criteria of a trade-off
    "expected": BUSY,
    "worst": (*BUSY, "groups"),
}
"""Which options a model or a criterion reads; those that are not here read none."""


def check_settings(given: SettingsGiven, model: str, criteria: tuple[str, str] | None) -> None:
    """Refuse an option that nothing asked for reads: it would change no answer.

    Raises:
        OptionError: with the models that do read it.
    """
    asked = [model, *(name.partition(":")[0] for name in criteria or ())]
    for each in fields(given):
        if getattr(given, each.name) is None or any(each.name in READ.get(name, ()) for name in asked):
            continue
        readers = ", ".join(name for name, read in READ.items() if each.name in read)
        option = f"--{each.name.replace('_', '-')}"
        raise OptionError(
            option, str(getattr(given, each.name)), f"{model} does not know what to do with it",
            f"leave it out, or ask a model or criterion that does: {readers}",
        )  # fmt: skip


def model_settings(given: SettingsGiven, groups: Groups | None, model: str) -> ModelSettings:
    """Settings of the models from the options of the call.

    Args:
        given: the options.
        groups: of areas, for fairness; None for each area by itself.
        model: its name.

    Raises:
        OptionError: equity without any limit.
        UnknownIdError: there is no such survival curve.
        OutOfRangeError: a file holds no curve.
    """
    from beredt.coverage.survival import get_curve
    from beredt.siting.model_settings import MISSION_S, ModelSettings

    most_gap, least_share = _or(given.most_gap, 1.0), _or(given.least_share, 0.0)
    if model == "equity" and most_gap >= 1.0 and least_share <= 0.0:
        raise OptionError("--model", model, "it has no limit to keep", "give --least-share, or --most-gap below 1")
    return ModelSettings(
        busy=given.busy,
        mission_s=MISSION_S if given.mission_min is None else 60.0 * given.mission_min,
        reliability=_or(given.reliability, 0.8),
        first_weight=_or(given.first_weight, 0.5),
        outer_s=None if given.outer_min is None else 60.0 * given.outer_min,
        inner_share=_or(given.inner_share, 0.8),
        curve=None if given.curve is None else get_curve(given.curve),
        before_s=_or(given.before_s, 0.0),
        groups=groups,
        most_gap=most_gap,
        least_share=least_share,
    )


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
