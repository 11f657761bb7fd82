"""The rule of dimensioning as data: what must hold, in which hours, and what a unit costs.

What each key means stands in `model/fields/dimension/rule.csv`; `rule.toml` says which of its values are published and
which are assumptions.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError, field_validator

from beredt.errors import DefinitionError
from beredt.model.dictionary import load_fields
from beredt.model.reading.toml_file import parse_toml
from beredt.model.reading.toml_issues import toml_issues
from beredt.model.settings_base import FromList, Section, Slug

DAY_H = 24

WholeHour = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-4]):00$")]
Share = Annotated[float, Field(gt=0, lt=1)]
NearestMeans = Literal["held", "free", "answered"]


class Band(Section):
    """Hours of the day with the same units on duty; an end at or before the start is on the next day."""

    id: Slug
    start: WholeHour
    end: WholeHour

    @property
    def hours(self) -> tuple[int, ...]:
        """Clock hours of the band, in order."""
        start, end = int(self.start[:2]) % DAY_H, int(self.end[:2])
        return tuple(hour % DAY_H for hour in range(start, end if end > start else end + DAY_H))


class DimensionRule(Section):
    """What a fleet must keep; see the dictionary for every key."""

    nearest_share: Share = 0.8
    nearest_means: NearestMeans = "held"
    target_share: Share = 0.9
    target_spare: Annotated[float, Field(ge=0, lt=1)] = 0.01
    least_units: Annotated[int, Field(ge=1, le=20)] = 1
    ample_blocking: Share = 0.01
    net_hours_per_fte: Annotated[int, Field(ge=1, le=8784)] = 1460
    crew: Annotated[int, Field(ge=1, le=10)] = 2
    bands: Annotated[tuple[Band, ...], FromList, Field(min_length=1, max_length=8)]

    @field_validator("bands")
    @classmethod
    def _a_whole_day(cls, value: tuple[Band, ...]) -> tuple[Band, ...]:
        hours = sorted(hour for band in value for hour in band.hours)
        if hours != list(range(DAY_H)):
            raise ValueError("do not fill the day: every hour must lie in one band and in no other")
        names = [band.id for band in value]
        if len(set(names)) < len(names):
            raise ValueError("have the same id twice; give each its own")
        return value

    @property
    def band_hours(self) -> tuple[int, ...]:
        """Hours of a day in each band."""
        return tuple(len(band.hours) for band in self.bands)


def read_dimension_rule(path: Path | None) -> DimensionRule:
    """The rule of a file, or the one that Beredt brings where `path` is None.

    Raises:
        DefinitionError: with every fault of the file.
        OSError: the file cannot be read.
    """
    if path is None:
        return parse_dimension_rule("rule.toml", files("beredt.siting.dimensioning").joinpath("rule.toml").read_bytes())
    return parse_dimension_rule(path.name, path.read_bytes())


def parse_dimension_rule(name: str, content: bytes) -> DimensionRule:
    """The rule of a file's content. Raises DefinitionError with every fault."""
    document, text, issues = parse_toml(name, content)
    if document is not None:
        try:
            return DimensionRule.model_validate(document)
        except ValidationError as error:
            issues = toml_issues(name, text, load_fields("dimension/rule"), error.errors(include_url=False))
    raise DefinitionError("rule of dimensioning", issues)
