"""What there is to choose from when a mission log is read and reviewed: profiles, rules, statuses."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from beredt.web.words import LocalText, in_all_languages


class ProfileOut(BaseModel):
    """A profile that comes with the program."""

    id: str
    title: LocalText
    description: LocalText


class RuleOut(BaseModel):
    """A rule of cleaning: what it looks for, what can be done, and whether it can be switched off."""

    id: str
    action: Literal["mark", "correct"]
    optional: bool
    what: LocalText
    remedy: LocalText


class ReviewRuleOut(BaseModel):
    """A rule of review: `unit` of its values, its title, and what to look at."""

    id: str
    unit: str
    title: LocalText
    look: LocalText


class StatusOut(BaseModel):
    """A status of a case; `done` ones are given with a word why."""

    id: str
    title: LocalText
    done: bool


class LogForms(BaseModel):
    """What there is to choose from: profiles, rules, statuses.

    `least_count` is the least threshold below which counts are left out of indicators, `largest_bytes` the most that an
    upload may have, `endings` of names that are read; `fields` are names of what a column may hold.
    """

    profiles: list[ProfileOut]
    rules: list[RuleOut]
    review_rules: list[ReviewRuleOut]
    statuses: list[StatusOut]
    fields: dict[str, LocalText]
    least_count: int
    largest_bytes: int
    endings: list[str]


def log_forms(largest_bytes: int) -> LogForms:
    """What there is to choose from."""
    from beredt.indicators.review.queued import DONE, STATUSES
    from beredt.indicators.review.rules import load_review_rules
    from beredt.indicators.suppress import THRESHOLD
    from beredt.missions.checks.rule import load_rules
    from beredt.missions.find_profile import load_shipped_profiles
    from beredt.missions.read.open_log import SHEETS, TEXT

    profiles = [(name, loaded.profile) for name, loaded in load_shipped_profiles().items()]
    return LogForms(
        profiles=[ProfileOut(id=name, title=dict(one.title), description=dict(one.description))
                  for name, one in profiles],
        rules=[RuleOut(id=name, action=one.action, optional=one.cleans, what=dict(one.what), remedy=dict(one.remedy))
               for name, one in load_rules().items()],
        review_rules=[ReviewRuleOut(id=name, unit=one.unit, title=dict(one.title), look=dict(one.look))
                      for name, one in load_review_rules().items()],
        statuses=[StatusOut(id=one, title=in_all_languages(f"log.review.{one}"), done=one in DONE)
                  for one in STATUSES],
        fields=_field_names(),
        least_count=THRESHOLD,
        largest_bytes=largest_bytes,
        endings=[*TEXT, *(f"{one}.gz" for one in TEXT), *SHEETS, ".parquet"],
    )  # fmt: skip


def _field_names() -> dict[str, LocalText]:
    from beredt.missions.profile import Columns
    from beredt.report.words import load_words

    words = load_words("en")
    keys = {name: f"log.field.{name}" for name in (*Columns.model_fields, "incident")}
    return {
        name: in_all_languages(key if words.has(key) else f"studio.logs.field.{name}")
        for name, key in keys.items()
        if words.has(key) or words.has(f"studio.logs.field.{name}")
    }
