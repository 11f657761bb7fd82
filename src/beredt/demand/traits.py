"""Who calls: age, kind of incident and address of generated incidents, told in tables and nowhere else.

Age goes by the people of the area weighted by what each age needs; of somebody who does not live there, by those of
working age. An address is a number, nobody's: of the n addresses of an area the first few call again and again,

    P(address) = (1 − q)/n + [address ≤ m]·q/m

with q the share of incidents at such addresses and m how many there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.demand.commuters import WORKING
from beredt.demand.generate import Demand
from beredt.demand.happenings import Happenings, draw
from beredt.demand.purposes import Purpose, Trait
from beredt.demand.rates import relative_need
from beredt.demand.variation import F8, I4, I8, B
from beredt.demand.varied import FOLLOWER_BIT
from beredt.model.service import Service
from beredt.model.settings_sections import VariationSection
from beredt.model.urgency import URGENCIES, urgency_code

TRANSFER = "transfer"
WITHOUT_TABLE = {"A": {"acute": 1.0}, "H": {"acute": 1.0}, "V": {"planned": 1.0}}
"""Kinds of incidents that are no transfers where a study has no table of them: an assumption."""

NOBODY_LIVES = -1


class Traits(NamedTuple):
    """What is told of n incidents."""

    at_home: B  # [n] the patient lives in the area
    follows: B  # [n] it follows another
    age: I4  # [n] number of the age band, -1 where nobody lives
    kind: I4  # [n] number in `kinds`
    kinds: tuple[str, ...]
    address: I8  # [n] from 1 on, 0 for somebody who does not live there


def draw_traits(
    service: Service,
    demand: Demand,
    people: F8,
    kinds: pl.DataFrame,
    settings: VariationSection,
    happened: Happenings,
    seed: int,
    replication: int,
) -> Traits:
    """Draw the traits of the incidents of a replication.

    Args:
        service: Areas, needs and needs by age.
        demand: What the incidents were drawn from.
        people: [areas, 10] by age band.
        kinds: Table `incident_kinds`, with or without rows.
        settings: Addresses.
        happened: The incidents.
        seed: The study's.
        replication: Its number.
    """
    follows = (happened.stratum & FOLLOWER_BIT) > 0
    row = np.searchsorted(demand.stratum, happened.stratum & ~FOLLOWER_BIT)
    ordinary = demand.shape is None or demand.shape[row] < len(URGENCIES)
    at_home: B = (demand.area[row] == happened.area) & ordinary
    names, kind = draw_kinds(service, kinds, happened, seed, replication)
    return Traits(
        at_home=at_home,
        follows=follows,
        age=_ages(service, people, happened, at_home, seed, replication),
        kind=kind,
        kinds=names,
        address=_addresses(people, settings, happened, at_home, seed, replication),
    )


def _ages(service: Service, people: F8, happened: Happenings, at_home: B, seed: int, replication: int) -> I4:
    need = relative_need(service)
    home, away = people * need, (people * WORKING).sum(axis=0) * need
    uniform = draw(Trait.AGE, seed, replication, happened.stratum, happened.k)
    age = np.full(len(uniform), NOBODY_LIVES, np.int32)
    weight = np.where(home.sum(axis=1, keepdims=True) > 0.0, home, people)
    below = np.cumsum(weight, axis=1)
    lived_in = at_home & (below[happened.area, -1] > 0.0)
    of_area = happened.area[lived_in]
    age[lived_in] = (uniform[lived_in, np.newaxis] * below[of_area, -1:] >= below[of_area]).sum(axis=1)
    if away.sum() > 0.0:
        age[~at_home] = np.searchsorted(np.cumsum(away), uniform[~at_home] * away.sum(), side="right")
    return age


def draw_kinds(
    service: Service, table: pl.DataFrame, happened: Happenings, seed: int, replication: int
) -> tuple[tuple[str, ...], I4]:
    """Names of kinds, and the kind of each incident; transfers are those of the simulation, from a hospital."""
    shares = shares_of_kinds(table)
    names = (TRANSFER, *sorted({kind for found in shares.values() for kind in found}))
    at_hospital = np.zeros(len(URGENCIES))
    for need in service.needs:
        at_hospital[urgency_code(need.urgency)] = need.hospital_origin_share
    uniform = draw(Trait.KIND, seed, replication, happened.stratum, happened.k)
    origin = draw(Purpose.HOSPITAL_ORIGIN, seed, replication, happened.stratum, happened.k)
    kind = np.zeros(len(uniform), np.int32)
    for urgency, found in shares.items():
        mine = happened.urgency == urgency_code(urgency)
        below = np.cumsum(list(found.values()))
        which = np.minimum(np.searchsorted(below, uniform[mine] * below[-1], side="right"), len(below) - 1)
        kind[mine] = np.array([names.index(one) for one in found])[which]
    kind[origin < at_hospital[happened.urgency]] = 0
    return names, kind


def shares_of_kinds(table: pl.DataFrame) -> Mapping[str, Mapping[str, float]]:
    """Shares of kinds among the incidents of an urgency that are no transfers; they need not add up to 1."""
    found: dict[str, dict[str, float]] = {}
    for urgency, kind, share in table.select("urgency", "kind", "share").rows():
        if kind != TRANSFER and share > 0.0:
            found.setdefault(urgency, {})[kind] = share
    return {urgency: found.get(urgency) or WITHOUT_TABLE[urgency] for urgency in URGENCIES}


def _addresses(
    people: F8, settings: VariationSection, happened: Happenings, at_home: B, seed: int, replication: int
) -> I8:
    addresses, often = addresses_of(people, settings)
    again = draw(Trait.REPEAT, seed, replication, happened.stratum, happened.k) < settings.repeat_share
    uniform = draw(Trait.ADDRESS, seed, replication, happened.stratum, happened.k)
    among = np.where(again, often[happened.area], addresses[happened.area])
    return np.where(at_home, np.floor(uniform * among).astype(np.int64) + 1, 0)


def addresses_of(people: F8, settings: VariationSection) -> tuple[I8, I8]:
    """Addresses of each area, and how many of them call again and again, int64[areas], at least 1."""
    addresses = np.maximum(np.ceil(people.sum(axis=1) / settings.people_per_address), 1.0)
    often = np.maximum(np.rint(addresses * settings.repeat_addresses), 1.0)
    return addresses.astype(np.int64), often.astype(np.int64)
