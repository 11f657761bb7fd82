"""A number that nobody knows, and the edits that put a value of it into a service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from beredt.model.edits.edit import Edit


@dataclass(frozen=True, slots=True)
class Uncertain:
    """An uncertain number with a triangular distribution.

    `name` maps language codes to text; `low` ≤ `mode` ≤ `high`, `low` < `high`, in the unit of what it stands for.
    `edits` hold the mode; `holes` are the (edit, attribute) pairs, edits counted from 0, where the number stands.
    """

    id: str
    name: Mapping[str, str]
    low: float
    mode: float
    high: float
    edits: tuple[Edit, ...]
    holes: tuple[tuple[int, str], ...]

    def edits_at(self, value: float) -> tuple[Edit, ...]:
        """The edits with another value in all holes."""
        changed = list(self.edits)
        for number, attribute in self.holes:
            filled: Any = {attribute: value}
            changed[number] = replace(changed[number], **filled)
        return tuple(changed)
