"""The models of siting as a page offers them: what each looks for, its source, and the settings that it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from beredt.coverage.survival import DEFAULT_CURVE
from beredt.siting.all_models import all_models
from beredt.siting.core_models import CORE_MODELS
from beredt.siting.criteria import CRITERIA
from beredt.siting.model_settings import MISSION_S, ModelSettings
from beredt.siting.settings_given import READ
from beredt.siting.study_groups import GROUPINGS
from beredt.web.analyses.site_question import SiteQuestion
from beredt.web.words import LocalText, in_all_languages

_SOURCE = re.compile(r"\(([^()]*\d{4})\)$")
_DEFAULTS = ModelSettings()
WITHOUT_NUMBER = ("lscp",)
"""Models that find the number of stations themselves."""


class SettingOut(BaseModel):
    """A setting of a model. `unit` is empty for pure numbers; `default` null: worked out of the study."""

    id: str
    name: LocalText
    help: LocalText
    type: Literal["number", "share", "choice"]
    unit: str
    minimum: float | None
    maximum: float | None
    default: float | str | None
    choices: list[str]


class ModelOut(BaseModel):
    """A model. `counts`: whether it places stations or units; `needs_number`: whether somebody must say how many.

    `question` says what it looks for, `source` who published it, `settings` which settings it reads.
    """

    id: str
    name: LocalText
    question: LocalText
    source: str
    counts: Literal["stations", "units"]
    needs_number: bool
    settings: list[str]


class CriterionChoice(BaseModel):
    """A criterion that can be traded against another; `settings` are those that it reads."""

    id: str
    name: LocalText
    settings: list[str]


class ModelList(BaseModel):
    """What can be asked."""

    models: list[ModelOut]
    settings: list[SettingOut]
    criteria: list[CriterionChoice]


@dataclass(frozen=True, slots=True)
class _Setting:
    type: Literal["number", "share", "choice"]
    unit: str = ""
    default: float | str | None = None
    choices: tuple[str, ...] = ()


SETTINGS: Mapping[str, _Setting] = {
    "busy": _Setting("share"),
    "mission_min": _Setting("number", "min", MISSION_S / 60.0),
    "reliability": _Setting("share", "", _DEFAULTS.reliability),
    "first_weight": _Setting("share", "", _DEFAULTS.first_weight),
    "outer_min": _Setting("number", "min"),
    "inner_share": _Setting("share", "", _DEFAULTS.inner_share),
    "curve": _Setting("choice", "", DEFAULT_CURVE, ("de_maio", "valenzuela")),
    "before_s": _Setting("number", "s", _DEFAULTS.before_s),
    "groups": _Setting("choice", "", GROUPINGS[0], GROUPINGS),
    "most_gap": _Setting("share", "", _DEFAULTS.most_gap),
    "least_share": _Setting("share", "", _DEFAULTS.least_share),
}


def model_list() -> ModelList:
    """All models, settings and criteria."""
    return ModelList(
        models=[_model(name, looks_for) for name, looks_for in all_models().items()],
        settings=[_setting(name, one) for name, one in SETTINGS.items()],
        criteria=[
            CriterionChoice(
                id=name,
                name=in_all_languages(f"studio.siting.criterion.{name}"),
                settings=list(READ.get(name, ())),
            )
            for name in CRITERIA
        ],
    )


def _model(name: str, looks_for: str) -> ModelOut:
    source = _SOURCE.search(looks_for)
    return ModelOut(
        id=name,
        name=in_all_languages(f"site_page.model.{name}"),
        question=in_all_languages(f"studio.siting.does.{name}"),
        source=source.group(1) if source else "",
        counts="stations" if name in CORE_MODELS else "units",
        needs_number=name not in WITHOUT_NUMBER,
        settings=list(READ.get(name, ())),
    )


def _setting(name: str, one: _Setting) -> SettingOut:
    low, high = _bounds(name)
    return SettingOut(
        id=name,
        name=in_all_languages(f"studio.siting.field.{name}"),
        help=in_all_languages(f"studio.siting.help.{name}"),
        type=one.type,
        unit=one.unit,
        minimum=low,
        maximum=high,
        default=one.default,
        choices=list(one.choices),
    )


def _bounds(name: str) -> tuple[float | None, float | None]:
    """The range of a setting, as a question may hold it."""
    described: dict[str, Any] = SiteQuestion.model_json_schema()["properties"][name]
    for one in (described, *described.get("anyOf", [])):
        if "minimum" in one or "maximum" in one:
            return one.get("minimum"), one.get("maximum")
    return None, None
