"""Which services answer an event."""

from __future__ import annotations

from collections.abc import Sequence

from beredt.model.alternative import TODAY
from beredt.model.edits.apply import apply_edits
from beredt.model.service import Service
from beredt.model.study import Study


def chosen_services(study: Study, alternatives: Sequence[str] | None) -> dict[str, Service]:
    """Today, and the alternatives after their edits: those named, None for all. Raises UnknownIdError."""
    chosen = [one.id for one in study.alternatives] if alternatives is None else alternatives
    found = {key: study.get_alternative(key) for key in dict.fromkeys(chosen) if key != TODAY}
    return {TODAY: study.service} | {key: apply_edits(study.service, one.edits) for key, one in found.items()}
