"""How areas are put together to be counted, and what response they are to have: the same for a study and for a log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.observed import F8, GROUP_ALL, GROUP_DISTRICT, GROUP_MUNICIPALITY, GROUP_STUDY, I4
from beredt.model.service import Service
from beredt.model.settings import StudySettings
from beredt.model.urgency import URGENCIES, urgency_code

B = NDArray[np.bool_]

Groups = tuple[tuple[str, ...], tuple[str, ...], B]
"""Ids [G], kinds [G] and members [G, A] of groups of areas."""


def study_groups(settings: StudySettings, service: Service) -> Groups:
    """All areas, the study's groups, every municipality, every district, those without any area left out."""
    named = {
        group.id: [
            area.municipality in group.municipalities or (area.district or "") in group.districts
            for area in service.areas
        ]
        for group in settings.groups
    }
    return area_groups(
        [area.municipality for area in service.areas],
        [area.district or "" for area in service.areas],
        named,
        [row.id for row in service.municipalities],
        [row.id for row in service.districts],
    )


def area_groups(
    municipality: Sequence[str],
    district: Sequence[str],
    named: Mapping[str, Sequence[bool]],
    municipalities: Sequence[str],
    districts: Sequence[str],
) -> Groups:
    """Groups of A areas; of equal ids the first kind is kept: all, named, municipality, district.

    Args:
        municipality: [A] id of each area's municipality.
        district: [A] id of each area's district, "" for none.
        named: groups of the study by id, [A] whether each area is inside.
        municipalities: ids in the order in which they are to come.
        districts: ids in the order in which they are to come.
    """
    rows: dict[str, tuple[str, Sequence[bool]]] = {GROUP_ALL: (GROUP_ALL, [True] * len(municipality))}
    for name, inside in named.items():
        rows.setdefault(name, (GROUP_STUDY, inside))
    for name in municipalities:
        rows.setdefault(name, (GROUP_MUNICIPALITY, [one == name for one in municipality]))
    for name in districts:
        rows.setdefault(name, (GROUP_DISTRICT, [one == name for one in district]))
    kept = {name: row for name, row in rows.items() if any(row[1])}
    members = np.array([row[1] for row in kept.values()], np.bool_).reshape(len(kept), len(municipality))
    return tuple(kept), tuple(row[0] for row in kept.values()), members


def targets_of(settings: StudySettings, service: Service) -> F8:
    """Seconds to be kept by area and urgency: the municipality's class decides, as in the national indicator."""
    urban = {row.id: row.urban for row in service.municipalities}
    target_s = np.full((len(service.areas), len(URGENCIES)), np.inf)
    for target in settings.targets:
        here = np.array([urban[area.municipality] == (target.where == "urban") for area in service.areas], np.bool_)
        target_s[here, urgency_code(target.urgency)] = target.minutes * 60.0
    return target_s


def places_in(names: Sequence[str], ids: Sequence[str]) -> I4:
    """The place of each name among ids, int32; -1 where there is no such id."""
    number = {name: place for place, name in enumerate(ids)}
    return np.array([number.get(name, -1) for name in names], np.int32)
