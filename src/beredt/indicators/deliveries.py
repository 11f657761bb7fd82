"""Patients by the place that they are taken to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from beredt.indicators.paths.types import I4, I8

if TYPE_CHECKING:
    from beredt.indicators.observed import Frame, ObservedIncidents


class ObservedDeliveries(NamedTuple):
    """Where the patients of incidents are taken. I incidents."""

    hospital: I4  # [I] number of the place, -1 for nobody and for transfers home
    hospitals: int


def tally_deliveries(frame: Frame, incidents: ObservedIncidents, deliveries: ObservedDeliveries) -> I8:
    """Patients by place, [hospitals], of incidents in an area whose call is in the period.

    Args:
        frame: the areas and the period.
        incidents: all of a year.
        deliveries: of the same incidents.
    """
    counted = (incidents.call_t >= frame.start_s) & (incidents.call_t < frame.end_s) & (incidents.area >= 0)
    taken: I8 = np.bincount(
        deliveries.hospital[counted & (deliveries.hospital >= 0)], minlength=deliveries.hospitals
    ).astype(np.int64)
    return taken
