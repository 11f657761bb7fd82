"""How fast units drive."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speed:
    """Factor on ordinary car minutes for one purpose (A, H, V, transport, return); below 1 is faster."""

    purpose: str
    factor: float
