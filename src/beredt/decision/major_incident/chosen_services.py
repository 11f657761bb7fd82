"""Which services answer an event."""

from __future__ import annotations

from collections.abc import Sequence

from beredt.model.alternative import TODAY
from beredt.model.edits.service_of import service_of
from beredt.model.service import Service
from beredt.model.study import Study


def chosen_services(study: Study, alternatives: Sequence[str] | None) -> dict[str, Service]:
    """Today, and the alternatives after their edits: those named, None for all. Raises UnknownIdError."""
    chosen = [one.id for one in study.alternatives] if alternatives is None else alternatives
    return {key: service_of(study, key) for key in dict.fromkeys((TODAY, *chosen))}
