"""An alternative: an ordered list of edits to an unchanged base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from beredt.model.edits.edit import Edit

TODAY = "today"
"""What results call the base; no alternative may have it as its id."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A named change of the service: edits in the order in which they are laid on the base.

    `title`, `description` and `note` map language codes (nb, nn, en) to text; `note` may be empty. `file` is the
    TOML file it was read from, relative to the study folder.
    """

    id: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    edits: tuple[Edit, ...]
    note: Mapping[str, str]
    file: str
