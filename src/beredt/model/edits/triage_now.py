"""The triage that edits start from."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.edits.edit import Objection
from beredt.model.service import Service
from beredt.model.triage import Matrix, triage_matrix

MOST_OFF = 1e-6
"""Shares may miss 1 by so much."""


def now_of(service: Service) -> Matrix:
    """The matrix under which urgencies are given in a service."""
    return triage_matrix(service.triage_now or service.triage)


def no_triage(service: Service, key: str) -> Iterator[Objection]:
    """An objection where nobody knows how urgencies are given today."""
    if not service.triage:
        message = "nobody knows what true need is behind today's urgencies"
        yield Objection(key, message, "give the study a table triage first")
