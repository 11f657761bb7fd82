"""A sensitivity: a change of assumptions that is laid on top of every alternative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from beredt.model.edits.edit import Edit


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """A named change of assumptions, in the same language as alternatives and laid on top of each of them.

    `name` maps language codes to text. The verdict of the gate rests on those with `decides`. `alternatives` are those
    it is about, and what they are compared with stays as it is; when empty it is about all, the baseline included.
    """

    id: str
    name: Mapping[str, str]
    decides: bool
    alternatives: tuple[str, ...]
    edits: tuple[Edit, ...]
