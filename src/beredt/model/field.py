"""One entry of the field dictionary: a column of a table, a key of `study.toml`, or a key of an edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]*$"
CLOCK_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"


@dataclass(frozen=True, slots=True)
class Field:
    """What a field holds, and what it means.

    `type` is one of id, ids (several), any_id (an id or `*`), text, int, float, bool, clock, weekdays, date, a
    `choice:a|b|c`, shifts (several, each days and hours), time (UTC) in stores of missions, or, in `study.toml`, texts,
    floats, localtext (text by language) and section; `unit` is empty for pure numbers; `minimum` and `maximum` are
    inclusive and written as the field's own values; `default` stands in for an empty cell or a missing key where the
    field is not `required`; `key` marks parts of the unique key; `refers_to` lists (table, field) pairs, one of which
    must hold the value; `description` maps en and nb to text.
    """

    name: str
    type: str
    unit: str
    minimum: str | None
    maximum: str | None
    default: str | None
    required: bool
    key: bool
    refers_to: tuple[tuple[str, str], ...]
    description: Mapping[str, str]

    @property
    def base_type(self) -> str:
        """The type without its choices."""
        return self.type.partition(":")[0]

    @property
    def choices(self) -> tuple[str, ...]:
        """Allowed values of a choice, empty for other types."""
        base, _, choices = self.type.partition(":")
        return tuple(choices.split("|")) if base == "choice" else ()

    def bounds(self) -> tuple[float | None, float | None]:
        """Inclusive limits as numbers: of a clock, seconds after midnight. None where there is no limit."""
        return _as_number(self.minimum), _as_number(self.maximum)

    def range_text(self) -> str:
        """What the field accepts, for a remedy: `a float from 0 to 2 (s)`."""
        article = {"int": "a whole number", "float": "a number", "bool": "1 or 0", "clock": "a clock time HH:MM"}
        text = article.get(self.base_type) or _OTHER_TYPES.get(self.base_type, self.base_type)
        if self.choices:
            text = "one of " + ", ".join(self.choices)
        if self.minimum is not None and self.maximum is not None:
            text += f" from {self.minimum} to {self.maximum}"
        return text + (f" ({self.unit})" if self.unit else "")


_OTHER_TYPES = {
    "id": "an id of lower-case letters a–z, digits, - and _",
    "any_id": "an id, or * for all",
    "ids": "one or more ids",
    "text": "text",
    "weekdays": "days such as mon-fri or sat;sun",
    "time": "a point in time such as 2026-01-31T07:30:00Z",
    "date": "a date such as 2026-01-31",
    "texts": "a list of texts",
    "shifts": 'a list of shifts such as ["mon-fri 08:00-20:00", "sat;sun 20:00-08:00"], a whole day 00:00-24:00',
    "floats": "a list of numbers",
    "localtext": 'text by language, such as { en = "…", nb = "…" }',
    "section": "a table with its keys",
}


def _as_number(limit: str | None) -> float | None:
    if limit is None:
        return None
    return float(clock_seconds(limit)) if ":" in limit else float(limit)


def clock_seconds(text: str) -> int:
    """Seconds after midnight of `HH:MM`; 24:00 is 86,400. Raises ValueError for anything else."""
    if not re.fullmatch(CLOCK_PATTERN, text):
        raise ValueError(f"{text!r} is not a clock time HH:MM")
    return int(text[:2]) * 3600 + int(text[3:]) * 60
