"""An organisation (health trust) that owns units and stations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation (health trust) that owns units and stations and answers for areas."""

    id: str
    name: str
