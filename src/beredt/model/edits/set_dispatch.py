"""Edit: change the rules of dispatch that hold everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.dispatch_rules import DispatchRules
from beredt.model.edits.edit import Edit, Objection
from beredt.model.service import Service
from beredt.model.urgency import urgency_code


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDispatch(Edit):
    """Change who may be diverted to what (pairs such as `A>H`, all of them), by what margin, and responders' release.

    An empty list of pairs forbids diverting.
    """

    kind: ClassVar[str] = "set_dispatch"

    divert: tuple[str, ...] | None = None
    divert_margin_s: float | None = None
    responder_release_s: float | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Nothing changes, or a pair is not one."""
        del service
        if self.divert is None and self.divert_margin_s is None and self.responder_release_s is None:
            yield from self.needs_one_of("divert", "divert_margin_s", "responder_release_s")
        for pair in self.divert or ():
            if not re.fullmatch("[AHV]>[AHV]", pair) or urgency_code(pair[0]) >= urgency_code(pair[2]):
                yield Objection(
                    "divert",
                    f"{pair!r} is not a pair of a more urgent and a less urgent incident",
                    "write pairs such as A>H: the new incident first, the one on the way second",
                )

    def apply(self, service: Service) -> Service:
        """The service with the changed rules."""
        rules = service.dispatch
        pairs = rules.divert if self.divert is None else tuple((pair[0], pair[2]) for pair in self.divert)
        changed = DispatchRules(
            divert=pairs,
            divert_margin_s=rules.divert_margin_s if self.divert_margin_s is None else self.divert_margin_s,
            responder_release_s=(
                rules.responder_release_s if self.responder_release_s is None else self.responder_release_s
            ),
        )
        return replace(service, dispatch=changed)
