"""The rules by which mission logs are cleaned: what each looks for, and what it does to a row that has it.

`rules.csv` has one row per rule. A rule *marks* a row, or *corrects* a value and marks the row; no rule ever drops
one. The number of a rule is the number of its bit in `marks` (see `beredt.missions.marks`): it never changes, and a
new rule takes the next free number. Rules from 40 on belong to reading, the others to cleaning.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast

from beredt.errors import UnknownIdError
from beredt.missions.marks import READING_RULES_FROM, rule_mask


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `what` and `remedy` map en, nb and nn to a sentence each.

    `by_value` says that findings are kept apart by the value found, such as a code; otherwise a finding shows the
    value of its example row.
    """

    number: int
    name: str
    action: Literal["mark", "correct"]
    by_value: bool
    what: Mapping[str, str]
    remedy: Mapping[str, str]

    @property
    def mask(self) -> int:
        """Its bit in `marks`."""
        return rule_mask(self.number)

    @property
    def cleans(self) -> bool:
        """Whether it belongs to cleaning, and can be switched off; otherwise to reading."""
        return self.number < READING_RULES_FROM


@cache
def load_rules() -> Mapping[str, Rule]:
    """All rules by name, in order of their numbers."""
    text = files("beredt.missions.checks").joinpath("rules.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["name"]: _rule(row) for row in csv.DictReader(text.splitlines())})


def get_rule(name: str) -> Rule:
    """The rule with this name. Raises UnknownIdError."""
    rules = load_rules()
    if name not in rules:
        raise UnknownIdError("rule", name, rules)
    return rules[name]


def marks_of(*names: str) -> int:
    """The bits of these rules together. Raises UnknownIdError."""
    mask = 0
    for name in names:
        mask |= get_rule(name).mask
    return mask


def rules_in(marks: int) -> tuple[str, ...]:
    """Names of the rules whose bits are set, in order of their numbers."""
    return tuple(rule.name for rule in load_rules().values() if marks & rule.mask)


def _rule(row: Mapping[str, str]) -> Rule:
    return Rule(
        number=int(row["number"]),
        name=row["name"],
        action=cast(Literal["mark", "correct"], row["action"]),
        by_value=row["by_value"] == "yes",
        what=_in_all_languages(row, "what"),
        remedy=_in_all_languages(row, "remedy"),
    )


def _in_all_languages(row: Mapping[str, str], column: str) -> Mapping[str, str]:
    return MappingProxyType({language: row[f"{column}_{language}"] for language in ("en", "nb", "nn")})
