"""What all parts of `study.toml` share: strictness, and a few types."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

Language = Literal["nb", "nn", "en"]


class Section(BaseModel):
    """A section of `study.toml`: frozen, no unknown keys, no silent conversion, no NaN or infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def _as_tuple(value: Any) -> Any:
    """TOML arrays arrive as lists; settings are frozen."""
    return tuple(value) if isinstance(value, list) else value


def _not_empty(text: dict[str, str]) -> dict[str, str]:
    if not text:
        raise ValueError("is empty; give at least one language")
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=80)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
AlternativeId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9+_.-]*$", max_length=40)]
LanguageCode = Annotated[str, StringConstraints(pattern="^(nb|nn|en)$")]
Texts = dict[LanguageCode, Text]
"""The same text by language code."""
LocalText = Annotated[Texts, AfterValidator(_not_empty)]
"""The same text in one language at least."""

FromList = BeforeValidator(_as_tuple)
"""Marks a tuple that is written as a TOML array."""

Slugs = Annotated[tuple[Slug, ...], FromList]
Edits = Annotated[tuple[dict[str, Any], ...], FromList]
"""Edits as written; `beredt.model.edits.parse` makes objects of them."""
