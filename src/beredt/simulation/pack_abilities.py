"""What the units of a service can do, by their kinds."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.flight import FLIGHT_S_PER_KM
from beredt.dispatch.world import Abilities
from beredt.model.service import Service
from beredt.model.unit_kind import EVERY_URGENCY, UnitKind
from beredt.model.urgency import URGENCIES
from beredt.simulation.kind_wants import grounded_kinds, wants_of
from beredt.simulation.pack_water import boat_classes

HOUR_S = 3_600.0


def pack_abilities(service: Service) -> Abilities | None:
    """Abilities of every unit; None where roles say it all.

    Raises:
        StudyError: incidents ask for more than can be told apart.
    """
    kinds = {kind.id: kind for kind in service.unit_kinds}
    of_unit = [kinds[unit.kind] for unit in service.units]
    asks = service.asks or grounded_kinds(service)  # then incidents have wants of their own, whoever has such units
    if not asks and all(_is_plain(kind) for kind in of_unit):
        return None
    wants, boats = wants_of(service), boat_classes(service.unit_kinds)
    return Abilities(
        wants=np.array([[kind.id in wanted for kind in of_unit] for wanted in wants.sets], np.int8),
        answers=np.array([[urgency in kind.answers for kind in of_unit] for urgency in URGENCIES], np.int8),
        carries=np.array([kind.transports for kind in of_unit], np.int8),
        flies=np.array([_way_of_going(kind, boats) for kind in of_unit], np.int8),
        pace=np.array([_pace(kind) for kind in of_unit], np.float64),
        start_s=np.array([kind.start_s for kind in of_unit], np.float64),
    )


def _is_plain(kind: UnitKind) -> bool:
    """Whether there is nothing to say of a kind beyond its roles."""
    drives = not kind.flies and not kind.floats and kind.pace == 1.0 and kind.start_s == 0.0
    return drives and kind.answers == EVERY_URGENCY and (kind.transports or not kind.primary)


def _way_of_going(kind: UnitKind, boats: dict[str, int]) -> int:
    """As `Abilities.flies`."""
    return 2 + boats[kind.id] if kind.floats else int(kind.flies)


def _pace(kind: UnitKind) -> float:
    """Factor on driving times; of a flight against the flight that the kernel knows, and in the speed of a boat."""
    if kind.floats:
        return 1.0
    return kind.pace * (HOUR_S / kind.kmh / FLIGHT_S_PER_KM) if kind.flies else kind.pace
