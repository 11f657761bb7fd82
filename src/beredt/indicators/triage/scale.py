"""Scales of on-scene triage: their levels, what logs write for them, and the telephone urgency each answers to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import polars as pl
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from beredt.errors import DefinitionError, UnknownIdError
from beredt.model.issue import Issue
from beredt.model.reading.toml_file import parse_toml
from beredt.model.reading.toml_issues import toml_issues
from beredt.model.settings_base import FromList, LocalText, Section, Slug, Text
from beredt.model.urgency import URGENCIES, Urgency


class TriageLevel(Section):
    """One level of a scale.

    `urgency` is the telephone urgency it answers to; `codes` are what logs write for it, in lower case; `from_score` is
    the smallest score that belongs to it, of a scale that is a number, up to the next level's.
    """

    model_config = ConfigDict(populate_by_name=True)

    id: Annotated[str, Field(min_length=1, max_length=40)]
    urgency: Urgency
    title: LocalText
    codes: Annotated[tuple[Annotated[str, AfterValidator(str.lower)], ...], FromList] = ()
    from_score: Annotated[float | None, Field(alias="from")] = None


class TriageScale(Section):
    """One scale: its levels from the most urgent down, either all with codes or all with scores."""

    title: LocalText
    source: Text
    levels: Annotated[tuple[TriageLevel, ...], FromList, Field(min_length=2)]

    @model_validator(mode="after")
    def _is_one_scale(self) -> TriageScale:
        ids = [level.id for level in self.levels]
        codes = [code for level in self.levels for code in level.codes]
        for what, names in (("level", ids), ("code", codes)):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"the {what} {twice[0]} stands twice")
        ranks = [URGENCIES.index(level.urgency) for level in self.levels]
        if ranks != sorted(ranks):
            raise ValueError("the levels do not stand from the most urgent down")
        scores = [level.from_score for level in self.levels]
        if any(score is not None for score in scores):
            known = [score for score in scores if score is not None]
            if codes or len(known) < len(scores) or known != sorted(set(known), reverse=True):
                raise ValueError("a scale of scores gives `from` in every level, falling, and no codes")
        elif not all(level.codes for level in self.levels):
            raise ValueError("every level needs codes, or every level a `from`")
        return self

    @property
    def of_scores(self) -> bool:
        """Whether logs write a number rather than a word."""
        return self.levels[0].from_score is not None

    @property
    def level_urgency(self) -> tuple[int, ...]:
        """Urgency code 0, 1, 2 that each level answers to."""
        return tuple(URGENCIES.index(level.urgency) for level in self.levels)


@dataclass(frozen=True, slots=True)
class Guess:
    """A scale that may be the one of a log: `recognised` is the share of its rows, 0 to 1, that it can read."""

    scale: str
    recognised: float


_SCALES: TypeAdapter[dict[Slug, TriageScale]] = TypeAdapter(dict[Slug, TriageScale])


@cache
def load_scales() -> Mapping[str, TriageScale]:
    """The scales that come with the program, by id."""
    return _parsed("scales.toml", files("beredt.indicators.triage").joinpath("scales.toml").read_bytes())


def read_scales(path: Path) -> Mapping[str, TriageScale]:
    """The scales of somebody's own file, by id. Raises DefinitionError with every issue."""
    return _parsed(path.name, path.read_bytes())


def get_scale(scales: Mapping[str, TriageScale], name: str) -> TriageScale:
    """The scale of this id. Raises UnknownIdError."""
    if name not in scales:
        raise UnknownIdError("triage scale", name, scales)
    return scales[name]


def level_of(scale: TriageScale, column: str = "triage") -> pl.Expr:
    """Place of the level (0 the most urgent) that a column of text or numbers tells; null where it tells none."""
    if scale.of_scores:
        score = pl.col(column).cast(pl.String).str.strip_chars().str.replace(",", ".").cast(pl.Float64, strict=False)
        level = pl.lit(None, pl.Int8)
        for place, one in reversed(list(enumerate(scale.levels))):
            level = pl.when(score >= one.from_score).then(pl.lit(place, pl.Int8)).otherwise(level)
        return pl.when(score.is_finite()).then(level)
    codes = {code: place for place, level in enumerate(scale.levels) for code in level.codes}
    word = pl.col(column).cast(pl.String).str.strip_chars().str.to_lowercase()
    return word.replace_strict(codes, default=None, return_dtype=pl.Int8)


def guess_scale(values: pl.DataFrame, scales: Mapping[str, TriageScale]) -> tuple[Guess, ...]:
    """How much of a column each scale can read, the best first.

    Args:
        values: Columns `triage` and `n`: each value of the log and how often it stands there.
        scales: Candidates; of equals the one named first wins.
    """
    total = max(int(values["n"].sum() or 0), 1)
    shares = {
        name: float(values.select(pl.col("n").filter(level_of(scale).is_not_null()).sum()).item() or 0) / total
        for name, scale in scales.items()
    }
    return tuple(Guess(name, share) for name, share in sorted(shares.items(), key=lambda one: -one[1]))


def _parsed(file: str, content: bytes) -> Mapping[str, TriageScale]:
    document, text, issues = parse_toml(file, content)
    if document is not None:
        try:
            return MappingProxyType(_SCALES.validate_python(document))
        except ValidationError as error:
            issues = toml_issues(file, text, (), error.errors(include_url=False))
    raise DefinitionError("triage scales", _sorted(issues))


def _sorted(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    return tuple(sorted(issues, key=lambda issue: (issue.row or 0, issue.field or "")))
