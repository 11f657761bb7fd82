"""The rules of review: what each flags, and what to look at. `rules.csv` holds them in the order of a list."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from beredt.errors import UnknownIdError


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """One rule: `unit` of the values it gives, and in en, nb and nn its `title` and what to `look` at."""

    id: str
    unit: str
    title: Mapping[str, str]
    look: Mapping[str, str]


@cache
def load_review_rules() -> Mapping[str, ReviewRule]:
    """All rules by id."""
    text = files("beredt.indicators.review").joinpath("rules.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["rule"]: _rule(row) for row in csv.DictReader(text.splitlines())})


def choose_rules(only: Iterable[str] = (), without: Iterable[str] = ()) -> tuple[str, ...]:
    """Rules to run, in their order: those named, or all, less those named out. Raises UnknownIdError."""
    rules = load_review_rules()
    wanted, unwanted = list(only), set(without)
    for name in (*wanted, *unwanted):
        if name not in rules:
            raise UnknownIdError("review rule", name, rules)
    return tuple(name for name in rules if name not in unwanted and (not wanted or name in wanted))


def _rule(row: Mapping[str, str]) -> ReviewRule:
    return ReviewRule(
        id=row["rule"],
        unit=row["unit"],
        title=_in_all_languages(row, "title"),
        look=_in_all_languages(row, "look"),
    )


def _in_all_languages(row: Mapping[str, str], column: str) -> Mapping[str, str]:
    return MappingProxyType({language: row[f"{column}_{language}"] for language in ("en", "nb", "nn")})
