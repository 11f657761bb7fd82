"""Limits of the rules of review. A file of one's own gives some of them; what each means stands in
`model/fields/review.csv`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from beredt.errors import DefinitionError
from beredt.model.dictionary import load_fields
from beredt.model.reading.toml_file import parse_toml
from beredt.model.reading.toml_issues import toml_issues
from beredt.model.settings_base import FromList, Section

Seconds = Annotated[float, Field(gt=0, le=86_400)]


class ReviewSettings(Section):
    """Limits in seconds unless their name says otherwise; the rules that use each stand in the dictionary."""

    urban_target_s: Seconds = 720.0
    rural_target_s: Seconds = 1_500.0
    late_by_s: Annotated[float, Field(ge=0, le=86_400)] = 300.0
    handling_s: Seconds = 300.0
    mobilisation_s: Seconds = 300.0
    on_scene_s: Seconds = 5_400.0
    handover_s: Seconds = 5_400.0
    nearer_by_s: Seconds = 180.0
    nearer_ratio: Annotated[float, Field(gt=0, le=1)] = 0.7
    at_station_after_s: Seconds = 1_800.0
    seen_within_s: Seconds = 21_600.0
    serves_share: Annotated[float, Field(gt=0.5, le=1)] = 0.8
    serves_incidents: Annotated[int, Field(ge=1)] = 50
    called_again_h: Annotated[float, Field(gt=0, le=720)] = 24.0
    same_place_m: Annotated[float, Field(gt=0, le=1_000)] = 50.0
    timing_rules: Annotated[tuple[str, ...], FromList] = (
        *("stamp_order", "long_interval", "future_stamp", "early_stamp", "overlapping_missions"),
    )


def read_review_settings(path: Path) -> ReviewSettings:
    """Limits of a TOML file; those that it does not give keep their defaults. Raises DefinitionError."""
    document, text, issues = parse_toml(path.name, path.read_bytes())
    if document is not None:
        try:
            return ReviewSettings.model_validate(document)
        except ValidationError as error:
            issues = toml_issues(path.name, text, load_fields("review"), error.errors(include_url=False))
    raise DefinitionError("limits of review", issues)
