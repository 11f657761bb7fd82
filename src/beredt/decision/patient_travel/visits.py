"""Visits of patients to hospitals: each is a trip there and a trip home."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

OUT, HOME = 0, 1


@dataclass(frozen=True, slots=True, eq=False)
class Visits:
    """n visits, in the order of their days.

    `day` (n,): index of the day; `weekday` (days,): 1 Monday … 7 Sunday. `area` (n,): index of the patient's area in
    the service. `destination` (n,): index in `destinations`, ids. `appointment_s` (n,): seconds after midnight;
    `ready_s` (n,): when the patient is ready to go home. `seats` (n,): 2 with a companion, else 1. `wheelchair`,
    `stretcher` (n,). `generated`: drawn by the program, not observed.
    """

    day: I8
    weekday: I8
    area: I8
    destination: I8
    destinations: tuple[str, ...]
    appointment_s: F8
    ready_s: F8
    seats: I8
    wheelchair: B
    stretcher: B
    generated: bool

    def __len__(self) -> int:
        return int(self.day.size)
