"""Urgency of an incident: acute (A), urgent (H, haster) or ordinary (V, vanlig)."""

from __future__ import annotations

from typing import Literal, get_args

Urgency = Literal["A", "H", "V"]

URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
"""In order of their codes 0, 1, 2: most urgent first."""


def urgency_code(urgency: str) -> int:
    """Code of an urgency: 0 acute, 1 urgent, 2 ordinary. Raises ValueError for anything else."""
    return ("A", "H", "V").index(urgency)
