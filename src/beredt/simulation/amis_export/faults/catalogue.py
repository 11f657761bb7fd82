"""All faults that can be planted."""

from __future__ import annotations

from beredt.simulation.amis_export.faults import clocks, lines, numbers, positions, stamps, words
from beredt.simulation.amis_export.faults.fault import Fault

ALL_FAULTS: tuple[Fault, ...] = (
    *stamps.FAULTS,
    *numbers.FAULTS,
    *clocks.FAULTS,
    *positions.FAULTS,
    *words.FAULTS,
    *lines.FAULTS,
)

NUMBERED, LOOSE = "numbered", "loose"


def list_faults(numbered: bool) -> tuple[Fault, ...]:
    """Faults that an export can have, with or without numbers of incidents."""
    return tuple(fault for fault in ALL_FAULTS if fault.needs in {"", NUMBERED if numbered else LOOSE})
