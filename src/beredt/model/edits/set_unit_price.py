"""Edit: change what sending a kind of unit counts as."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isinf
from typing import ClassVar

from beredt.model.dispatch_rules import seconds_or_never
from beredt.model.edits.edit import Edit
from beredt.model.service import Service
from beredt.model.unit_price import UnitPrice
from beredt.model.urgency import URGENCIES


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUnitPrice(Edit):
    """Add seconds to a kind of unit when it is compared with others for an urgency; `*` stands for all urgencies.

    86,400 s means that it is never sent as the main unit.
    """

    kind: ClassVar[str] = "set_unit_price"

    unit_kind: str
    urgency: str
    price_s: float

    def apply(self, service: Service) -> Service:
        """The service with the new price, in the place of an old one or at the end."""
        price = seconds_or_never(self.price_s)
        meant = URGENCIES if self.urgency == "*" else (self.urgency,)
        prices = {(row.kind, row.urgency): row for row in service.unit_prices}
        for urgency in meant:
            prices[(self.unit_kind, urgency)] = UnitPrice(self.unit_kind, urgency, None if isinf(price) else price)
        return replace(service, unit_prices=tuple(prices.values()))
