"""Carbon dioxide of kilometres driven: an assumption with a range, to be replaced by the fleet's own figures."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.errors import OutOfRangeError

KG_PER_LITRE = 2.66
"""Burning a litre of diesel: 3.17 kg per kg of fuel, at 0.84 kg per litre (the factors of national inventories)."""

KG_PER_TONNE = 1_000.0


@dataclass(frozen=True, slots=True)
class Carbon:
    """Kilograms of carbon dioxide per kilometre: an estimate with a low and a high one, each ≥ 0 and in this order.

    The defaults are assumed: a diesel ambulance of 3.5 to 5 tonnes burning 11, 13 and 15 litres per 100 km. An electric
    car has 0: what its electricity made is not counted.
    """

    low: float = 0.11 * KG_PER_LITRE
    usual: float = 0.13 * KG_PER_LITRE
    high: float = 0.15 * KG_PER_LITRE

    def __post_init__(self) -> None:
        if not 0.0 <= self.low <= self.usual <= self.high:
            given = (self.low, self.usual, self.high)
            raise OutOfRangeError("kilograms of CO2 per km", given, "give three numbers from 0 up, in ascending order")
