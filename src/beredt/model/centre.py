"""A centre (AMK) that takes calls and sends units."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre (AMK). Ordinary missions wait while `reserve_units` (≥ 0) or fewer of its units are free."""

    id: str
    name: str
    organisation: str
    reserve_units: int
