"""Figures of one alternative, one value per replication, by what names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from beredt.indicators.observed import F8, GROUP_ALL, I8
from beredt.indicators.paths.tally_paths import IN_TARGET, PATIENTS, REACHED, RESPONSE_MS, WITHOUT_UNIT, PathTally
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES

MS_PER_H = 3_600_000.0
MS_PER_S = 1_000.0
ANY = "*"


class Key(NamedTuple):
    """What names a figure."""

    measure: str
    of: str = ""
    group: str = GROUP_ALL
    unit: str = "per year"


def path_values(service: Service, tallies: Sequence[PathTally], per_year: float) -> Mapping[Key, F8]:
    """All figures of an alternative, [R] each; NaN where a replication has none."""
    found = {
        Key("patients"): _whole(one.needs[..., PATIENTS].sum() for one in tallies) * per_year,
        Key("second_calls"): _whole(one.second_calls for one in tallies) * per_year,
        Key("sent"): _whole(one.sent for one in tallies) * per_year,
        Key("operator_h", unit="h per year"): _whole(one.operator_ms for one in tallies) * per_year / MS_PER_H,
    }
    taken = np.stack([one.taken for one in tallies], axis=-1)  # [P, M, R]
    for p, pathway in enumerate(service.pathways):
        found[Key("taken", pathway.id)] = taken[p].sum(axis=0) * per_year
        for m, municipality in enumerate(service.municipalities):
            if taken[p, m].any():
                found[Key("taken", pathway.id, municipality.id)] = taken[p, m] * per_year
    needs = np.stack([one.needs for one in tallies], axis=-1)  # [3, 3, what, R]
    return found | dict(_needs(needs, per_year)) | _wrong(needs, per_year)


def _needs(needs: I8, per_year: float) -> Iterator[tuple[Key, F8]]:
    for i, true in enumerate(URGENCIES):
        cells = {given: needs[i, j] for j, given in enumerate(URGENCIES)} | {ANY: needs[i].sum(axis=0)}
        for given, cell in cells.items():
            of = f"{true}>{given}"
            yield Key("need", of), cell[PATIENTS] * per_year
            yield Key("need_response_s", of, unit="s"), _ratio(cell[RESPONSE_MS], cell[REACHED]) / MS_PER_S
            aimed = cell[PATIENTS] * cell[IN_TARGET].any()  # an urgency without a target has no such share
            yield Key("need_in_target", of, unit="share"), _ratio(cell[IN_TARGET], aimed)
            yield Key("need_without_unit", of), cell[WITHOUT_UNIT] * per_year


def _wrong(needs: I8, per_year: float) -> dict[Key, F8]:
    patients = needs[:, :, PATIENTS]
    true, given = np.indices(patients.shape[:2])
    return {
        Key("over_triaged"): patients[given < true].sum(axis=0) * per_year,
        Key("under_triaged"): patients[given > true].sum(axis=0) * per_year,
    }


def _whole(numbers: Iterator[int]) -> F8:
    return np.array([int(one) for one in numbers], np.float64)


def _ratio(above: I8, below: I8) -> F8:
    return np.where(below > 0, above / np.maximum(below, 1), np.nan)
