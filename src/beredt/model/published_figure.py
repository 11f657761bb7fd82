"""A published figure that the model of today is compared with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A published figure: `value` in `unit`, compared with the model's `indicator`; `source` says who printed it."""

    id: str
    value: float
    unit: str
    indicator: str
    source: str
    note: str | None
