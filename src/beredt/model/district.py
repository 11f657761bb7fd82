"""A district inside a municipality."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class District:
    """A district inside a municipality, such as one of Oslo's."""

    id: str
    name: str
    municipality: str
