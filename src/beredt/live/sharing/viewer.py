"""An organisation as somebody who looks: what of each unit it sees, and which incidents are its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from beredt.live.known import OF, Known
from beredt.live.sharing.agreement import Agreement, Level
from beredt.model.service import Service

if TYPE_CHECKING:
    from scipy.spatial import cKDTree


@dataclass(frozen=True, slots=True)
class Shared:
    """How much of a unit is seen; `round_m` is the side of the squares that its place is rounded to, metres."""

    level: Level
    round_m: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Viewer:
    """An organisation as somebody who looks.

    `own` are units at its stations, and those that its centres send; `shared` those of others of which it sees
    something. `centres` are run by it. `places` finds the nearest area of the study, and `answers_for` says of each
    area whether the organisation, or a centre of it, answers for it.
    """

    organisation: str
    own: frozenset[str]
    shared: Mapping[str, Shared]
    centres: frozenset[str]
    places: cKDTree
    answers_for: tuple[bool, ...]
    east_by_north: float

    @property
    def units(self) -> frozenset[str]:
        """All units of which it sees anything."""
        return self.own | frozenset(self.shared)

    def is_own_name(self, name: str) -> bool:
        """Whether a source or an incident was named by its own feed."""
        return name.startswith(f"{self.organisation}{OF}")

    def answers_at(self, lat: float, lon: float) -> bool:
        """Whether it answers for the area that is nearest to a place (degrees)."""
        _, area = self.places.query((lat, lon * self.east_by_north))
        return self.answers_for[int(area)]

    def known(self, known: Known) -> Known:
        """What the study knows, with no other units than those."""
        return replace(known, units=self.units, viewer=self.organisation)

    def fingerprint(self) -> str:
        """Equal for viewers that see the same of the same log."""
        shared = sorted((unit, one.level.name, one.round_m) for unit, one in self.shared.items())
        said = [self.organisation, sorted(self.own), shared, sorted(self.centres), self.east_by_north]
        digest = hashlib.sha256(json.dumps(said).encode())
        digest.update(self.places.data.tobytes())
        digest.update(bytes(self.answers_for))
        return digest.hexdigest()


def viewers_of(service: Service, agreements: Iterable[Agreement]) -> tuple[Viewer, ...]:
    """All organisations of a service as viewers, by id."""
    from scipy.spatial import cKDTree  # only where there are several: it takes a fifth of a second

    centre_of = {one.id: one.organisation for one in service.centres}
    station = {one.id: one for one in service.stations}
    agreed = {(one.owner, one.viewer): one for one in agreements}
    east_by_north = float(np.cos(np.radians(np.mean([one.lat for one in service.areas]))))
    places = cKDTree([(one.lat, one.lon * east_by_north) for one in service.areas])
    found = []
    for organisation in sorted(one.id for one in service.organisations):
        own: set[str] = set()
        shared: dict[str, Shared] = {}
        for unit in service.units:
            home = station[unit.station]
            one = agreed.get((home.organisation, organisation))
            if organisation in (home.organisation, centre_of[home.centre]):
                own.add(unit.id)
            elif one is not None and one.level > Level.NOTHING:
                shared[unit.id] = Shared(one.level, one.round_m)
        found.append(
            Viewer(
                organisation=organisation,
                own=frozenset(own),
                shared=shared,
                centres=frozenset(name for name, runs in centre_of.items() if runs == organisation),
                places=places,
                answers_for=tuple(
                    organisation in (area.organisation, centre_of[area.centre]) for area in service.areas
                ),
                east_by_north=east_by_north,
            )
        )
    return tuple(found)
