"""The maps of a report have the same sheets and cells: they are made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from beredt.model.area import Area
from beredt.model.study import Study
from beredt.report.figures.area_cells import area_cells
from beredt.report.figures.ground import Sheet, make_sheet
from beredt.report.figures.projection import F8, Projection, projection_of


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Sheets and area cells. `whole` holds all areas; `focus` those that the study asks about, with room around.

    `rows` gives the place of an area id in `cells`, float64 (A, 4, 2) in km.
    """

    projection: Projection
    rows: Mapping[str, int]
    cells: F8
    whole: Sheet
    focus: Sheet


def make_atlas(study: Study) -> Atlas:
    """Make the sheets of a study."""
    areas = study.service.areas
    projection = projection_of(study.settings.study.region)
    cells = area_cells(areas, projection)
    asked = [number for number, area in enumerate(areas) if _is_asked_about(study, area)]
    whole = make_sheet(study, cells)
    return Atlas(
        projection=projection,
        rows={area.id: number for number, area in enumerate(areas)},
        cells=cells,
        whole=whole,
        focus=make_sheet(study, cells[np.array(asked)]) if asked else whole,
    )


def _is_asked_about(study: Study, area: Area) -> bool:
    """Whether an area is in a group of the gate or in the group whose simultaneity is counted."""
    settings = study.settings
    wanted = set(settings.gate.groups if settings.gate else ())
    wanted |= {settings.simultaneity.group} if settings.simultaneity else set()
    return any(
        area.municipality in group.municipalities or area.district in group.districts
        for group in settings.groups
        if group.id in wanted
    )


def middle_of(areas: Sequence[Area], people: Mapping[str, float], projection: Projection) -> tuple[float, float]:
    """Where the people of some areas live on average, km on the sheet."""
    weight = np.array([people.get(area.id, 0.0) + 1e-6 for area in areas])
    x, y = projection.xy([a.lat for a in areas], [a.lon for a in areas])
    return float(np.average(x, weights=weight)), float(np.average(y, weights=weight))
