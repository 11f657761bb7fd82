"""Edit: give incidents of one true need other urgencies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.edits.triage_now import MOST_OFF, no_triage, now_of
from beredt.model.service import Service
from beredt.model.triage import triage_rows
from beredt.model.urgency import urgency_code


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTriage(Edit):
    """Set the shares of incidents of one true urgency that are given A, H and V; the incidents stay the same.

    The rates stay those that were counted under the study's own triage: it tells what is behind them.
    """

    kind: ClassVar[str] = "set_triage"

    true_urgency: str
    share_a: float
    share_h: float
    share_v: float

    def objections(self, service: Service) -> Iterator[Objection]:
        """The study has no triage, or the shares are no whole."""
        yield from no_triage(service, "true_urgency")
        whole = self.share_a + self.share_h + self.share_v
        if abs(whole - 1.0) > MOST_OFF:
            yield Objection("share_a", f"the shares add up to {whole:.6g}, not to 1", "correct the three shares")

    def apply(self, service: Service) -> Service:
        """The service with that triage."""
        rows = list(now_of(service))
        rows[urgency_code(self.true_urgency)] = (self.share_a, self.share_h, self.share_v)
        return replace(service, triage_now=triage_rows(tuple(rows)))
