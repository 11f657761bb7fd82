"""Groups of a study's areas that fairness may be about."""

from __future__ import annotations

from collections.abc import Sequence

from beredt.errors import OptionError
from beredt.model.area import Area
from beredt.siting.group_shares import Groups, make_groups
from beredt.siting.problem import SitingProblem

GROUPINGS = ("area", "municipality", "district", "organisation", "centre", "urban")
"""Each area by itself; by its municipality; by its district, or municipality where there is none; by who is responsible
for it; urban or rural by where the area itself lies.
"""


def study_groups(problem: SitingProblem, areas: Sequence[Area], by: str) -> Groups:
    """Group the areas of a problem that was made from a study.

    Args:
        problem: with the study's areas, in any order.
        areas: of the study.
        by: of `GROUPINGS`.

    Raises:
        OptionError: there is no such grouping, or an area of the problem is not the study's.
    """
    if by not in GROUPINGS:
        raise OptionError("--groups", by, "areas cannot be grouped like that", f"give one of {', '.join(GROUPINGS)}")
    known = {area.id: area for area in areas}
    lost = next((area for area in problem.area_ids if area not in known), None)
    if lost is not None:
        raise OptionError("--groups", by, f"area {lost} is not the study's", "group areas of the study only")
    return make_groups(problem, [_name(known[area], by) for area in problem.area_ids])


def _name(area: Area, by: str) -> str:
    match by:
        case "area":
            return area.id
        case "urban":
            return "urban" if area.urban else "rural"
        case "district":
            return area.district or area.municipality
        case _:
            return str(getattr(area, by))
