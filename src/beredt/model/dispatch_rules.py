"""Rules of dispatch that hold everywhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DispatchRules:
    """Rules of dispatch that hold everywhere.

    `divert` holds pairs (urgency of the new incident, urgency on the way): such a unit may be taken when it is
    `divert_margin_s` (≥ 0) sooner there than any other; `responder_release_s` (≥ 0) is how long a responder stays
    after the main unit has come.
    """

    divert: tuple[tuple[str, str], ...]
    divert_margin_s: float
    responder_release_s: float
