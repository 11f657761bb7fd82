"""The first page of a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: what it is about, what was asked, and what the figures come from."""

    kicker: str
    title: str
    question: str
    facts: tuple[tuple[str, str], ...]
    generated: str
    footer: str
