"""When patients are taken past a crowded hospital."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ByPass:
    """Patients of `urgencies` are taken to `instead` when `waiting` (≥ 1) or more units wait at `hospital`.

    That is decided when their unit leaves the scene, and only if fewer wait at the other hospital.
    """

    hospital: str
    instead: str
    waiting: int
    urgencies: str = "AHV"
    source: str | None = None
