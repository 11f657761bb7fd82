"""The service of an alternative."""

from __future__ import annotations

from beredt.model.alternative import TODAY
from beredt.model.edits.apply import apply_edits
from beredt.model.service import Service
from beredt.model.study import Study


def service_of(study: Study, alternative: str | None) -> Service:
    """The service of the base (None or `today`) or of an alternative, after its edits.

    Raises UnknownIdError for an alternative that the study does not have, and EditError for edits that do not fit.
    """
    if alternative in (None, TODAY):
        return study.service
    one = study.get_alternative(alternative)
    return apply_edits(study.service, one.edits, one.file)
