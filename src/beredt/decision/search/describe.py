"""What an answer says of itself, in the languages of its study: title and description of the alternative."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from beredt.decision.search.held_out import HeldOut
from beredt.decision.search.objective import Objective


class Told(NamedTuple):
    """Texts by language code."""

    title: dict[str, str]
    description: dict[str, str]


def describe(languages: Iterable[str], number: int, objective: Objective, held_out: HeldOut | None) -> Told:
    """Title and description of an answer.

    Args:
        languages: of the study.
        number: of the search.
        objective: of the search.
        held_out: the test of the answer; None when it has not been run.
    """
    title, description = {}, {}
    for language in languages:
        words = _words()[language]
        title[language] = words["title"].format(number=number)
        values = {
            "measure": words[objective.measure],
            "urgency": objective.urgency,
            "groups": ", ".join(objective.groups),
        }
        if held_out is None:
            description[language] = words["untested"].format(**values)
            continue
        gain = words[f"gain_{objective.measure}"].format(value=_number(words, held_out.difference.difference))
        description[language] = words["tested"].format(
            **values,
            periods=held_out.replications,
            gain=gain,
            low=_number(words, held_out.difference.low),
            high=_number(words, held_out.difference.high),
        )
    return Told(title, description)


def _number(words: Mapping[str, str], value: float) -> str:
    return f"{value:+.2f}".replace(".", words["decimal"])


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("beredt.decision.search").joinpath("words.toml").read_text(encoding="utf-8")
    words: dict[str, dict[str, str]] = tomllib.loads(text)
    return words
