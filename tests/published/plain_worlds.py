"""Worlds and incidents so plain that a textbook formula describes them.

All of `World` and `Incidents` is filled in here and nowhere else. There is one piece of road from each base to each
place. A drive to an incident takes the road's time multiplied by that incident's `noise`: with a noise of 0 the
dispatcher chooses by the road, but nobody loses time on it. The way home takes no time unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from beredt.dispatch.world import F8, LIVE, OWN_FIRST, SEAMLESS, Incidents, World
from tests.simulation.plain import table_columns

AMBULANCE = 0b011  # primary and second
NEVER_CHOSEN_S = 1e9
"""So much that anything else is better."""


@dataclass(frozen=True)
class PlainWorld:
    """Bases and places with the car seconds between them; everything else is as plain as can be."""

    drive_s: Sequence[Sequence[float]]  # [places][bases] from base to place and back
    base_of: Sequence[int]  # [units]
    centre_of: Sequence[int] | None = None  # [units], all of centre 0 when left out
    reserve: int = 0  # of centre 0
    ask: bool = False  # centre 0 must ask the others, and does so only when it has no unit of its own
    way_home: bool = False  # driving home takes the road's time, and no unit on it is sent while another is at home

    @property
    def bases(self) -> int:
        """How many bases there are; they are the first nodes."""
        return len(self.drive_s[0])

    def packed(self, end_s: float) -> World:
        """The arrays of the kernel; all units are on duty all the time."""
        bases, places, units = self.bases, len(self.drive_s), len(self.base_of)
        centre_of = np.zeros(units, np.int32) if self.centre_of is None else np.array(self.centre_of, np.int32)
        centres = int(centre_of.max()) + 1
        pairs = (centres, centres, 3)
        nodes = bases + places
        seconds = np.zeros((nodes, nodes), np.float32)
        seconds[bases:, :bases] = self.drive_s
        seconds[:bases, bases:] = np.transpose(self.drive_s)
        policy = np.full(pairs, OWN_FIRST if self.ask else SEAMLESS, np.int8)
        policy[np.arange(centres), np.arange(centres)] = SEAMLESS
        return World(
            **table_columns(
                seconds=seconds,
                hop=np.repeat(np.arange(nodes, dtype=np.int16)[:, None], nodes, axis=1),
                km=np.zeros((nodes, nodes), np.float32),
                leg_s=np.zeros(nodes),
                station_node=list(range(bases)),
                standby_node=[],
                units=units,
            ),
            speed=np.array([1.0, 1.0, 1.0, 1.0, 1.0 if self.way_home else 0.0]),
            expected_mobilisation_s=np.zeros(3),
            expected_out_s=np.full(3, NEVER_CHOSEN_S if self.way_home else 0.0),
            unit_station=np.array(self.base_of, np.int32),
            unit_centre=centre_of,
            unit_roles=np.full(units, AMBULANCE, np.int8),
            unit_stops_clock=np.ones(units, np.int8),
            on_at_start=np.ones(units, np.int8),
            duty_t=np.zeros(0),
            duty_unit=np.zeros(0, np.int32),
            duty_on=np.zeros(0, np.int8),
            reserve=np.array([self.reserve] + [0] * (centres - 1), np.int32),
            policy=policy,
            margin_s=np.full(pairs, NEVER_CHOSEN_S),
            ask_s=np.zeros(pairs),
            view=np.full(pairs, LIVE, np.int8),
            view_age_s=np.full(pairs, 60.0),
            standby_keep=np.zeros(0, np.int32),
            standby_max_s=np.zeros(0),
            standby_home=np.zeros((0, bases), np.int8),
            divert=np.zeros((3, 3), np.int8),
            divert_margin_s=0.0,
            responder_release_s=0.0,
            end_s=end_s,
        )


@dataclass(frozen=True)
class PlainIncidents:
    """Calls that are ready at once, all in centre 0."""

    call_t: F8  # [I] ascending
    urgency: ArrayLike  # [I] or one for all
    place: ArrayLike  # [I] or one for all: row of `PlainWorld.drive_s`
    on_scene_s: F8  # [I]
    noise: ArrayLike = 0.0  # [I] or one for all: factor on every drive
    mobilisation_s: ArrayLike = 0.0
    handover_s: ArrayLike = 0.0
    to_base: int | None = None  # patients are taken to the hospital beside this base

    def packed(self, world: PlainWorld) -> Incidents:
        """The arrays of the kernel."""
        count = self.call_t.size

        def column(values: ArrayLike, kind: type[np.generic]) -> np.ndarray:
            return np.ascontiguousarray(np.broadcast_to(np.asarray(values, kind), (count,)))

        return Incidents(
            call_t=self.call_t,
            ready_t=self.call_t,
            ready_order=np.arange(count, dtype=np.int32),
            urgency=column(self.urgency, np.int8),
            scene=column(np.asarray(self.place) + world.bases, np.int32),
            centre=np.zeros(count, np.int32),
            dest=column(-1 if self.to_base is None else self.to_base, np.int32),
            second=np.zeros(count, np.int8),
            mobilisation_s=column(self.mobilisation_s, np.float64),
            out_s=column(self.mobilisation_s, np.float64),
            noise=column(self.noise, np.float64),
            on_scene_s=self.on_scene_s,
            handover_s=column(self.handover_s, np.float64),
            second_on_scene_s=np.zeros(count),
            scene_leg=np.zeros(count),
            dest_leg=np.zeros(count),
            target_s=np.full(count, np.inf),
        )
