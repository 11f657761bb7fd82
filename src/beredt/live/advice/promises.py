"""Units that are to go to an incident by what was advised, or written down, and have not said so themselves yet.

What a person has written down holds against every other incident. Advice that nobody has answered holds only against
incidents that come after its own: acute ones first, of equal urgency the older one.
"""

from __future__ import annotations

from collections.abc import Iterable

from beredt.live.advice.send_advice import ASK, DIVERT, SEND
from beredt.live.picture.picture import Advised
from beredt.live.picture.view import IncidentSeen, View

HOLDS_MS = 600_000
"""After so long without a word of the unit, neither advice nor what was written down holds it back."""
RANK = {"A": 0, "H": 2, "V": 3}


def promised_units(newest_first: Iterable[Advised], view: View, asked: IncidentSeen | None) -> dict[str, str]:
    """Units that are to go to another incident, and which.

    Args:
        newest_first: what was advised lately.
        view: the picture.
        asked: the incident that is asked about; None to ask about none, so that all advice holds.
    """
    waiting = {one.id: one for one in view.incidents if one.state == "open" and not one.units}
    found: dict[str, str] = {}
    seen = set() if asked is None else {asked.id}
    for piece in newest_first:
        if piece.at_ms < view.at_ms - HOLDS_MS:
            break
        if piece.about not in waiting or piece.about in seen:
            continue
        seen.add(piece.about)
        unit = _unit_of(piece, asked is None or _order(waiting[piece.about]) < _order(asked))
        if unit is not None:
            found.setdefault(unit, piece.about)
    return found


def _unit_of(piece: Advised, holds_unanswered: bool) -> str | None:
    """Whom a piece of advice, or what was done about it, sends."""
    if piece.done is not None:
        gone = piece.done["unit"] if piece.done["deed"] in ("followed", "other") else None
        return None if gone is None else str(gone)
    sends = holds_unanswered and piece.body["deed"] in (SEND, ASK, DIVERT)
    return piece.body["unit"] if sends else None


def _order(incident: IncidentSeen) -> tuple[int, int, str]:
    opened = 10**15 if incident.opened_ms is None else incident.opened_ms
    return RANK.get(incident.urgency or "", 1), opened, incident.id
