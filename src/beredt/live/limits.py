"""When something that a feed says is late, old, silent or out of place: the numbers, which a file may change."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from beredt.errors import DefinitionError
from beredt.model.issue import Issue


class LiveLimits(BaseModel):
    """Limits of the rules in docs/explanation/live.md. Seconds are above 0, but for `rest_s`, where 0 is no rest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    late_s: float = Field(default=60.0, gt=0, description="an event that arrives so long after it happened is late")
    ahead_s: float = Field(
        default=30.0, gt=0, description="an event so far ahead of the server's clock is not believed: it is set aside"
    )
    horizon_s: float = Field(
        default=86_400.0,
        ge=3_600,
        description="an event so long before the newest one is set aside, and what is closed so long is forgotten",
    )
    silent_s: float = Field(default=120.0, gt=0, description="a source that says nothing for so long is silent")
    position_s: float = Field(default=120.0, gt=0, description="a driving unit's position is stale after so long")
    rest_s: float = Field(
        default=1_800.0, ge=0, description="a unit that was moved is not advised to move again for so long"
    )
    off_road_m: float = Field(default=1_500.0, gt=0, description="farther from the roads than this is off the road")


def read_limits(path: Path | None) -> LiveLimits:
    """The limits of a TOML file, or those that hold without one. Raises DefinitionError with everything wrong in it."""
    if path is None:
        return LiveLimits()
    try:
        return LiveLimits.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        issue = Issue(path.name, None, None, None, 1, f"it cannot be read: {error}", "give a TOML file")
        raise DefinitionError("file of limits", [issue]) from error
    except ValidationError as error:
        raise DefinitionError("file of limits", toml_issues(path.name, error)) from error


def toml_issues(name: str, error: ValidationError) -> list[Issue]:
    """Everything wrong in a TOML file as issues."""
    return [
        Issue(
            name,
            None,
            ".".join(str(part) for part in one["loc"]) or None,
            str(one.get("input", ""))[:60],
            1,
            str(one["msg"]).removeprefix("Value error, "),
            "see the page Live events of the reference for what may stand here",
        )
        for one in error.errors()
    ]
