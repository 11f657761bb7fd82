"""For whom: what becomes of every group of areas."""

from __future__ import annotations

from typing import Literal

from beredt.indicators.observed import GROUP_ALL, GROUP_DISTRICT, GROUP_MUNICIPALITY, GROUP_STUDY
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.web.answers.cards import change_of
from beredt.web.answers.figures import INCIDENTS, MEAN, P90, SHARE, UNKNOWN, Figures, known, told
from beredt.web.answers.forms import Change, PlaceRow

Kind = Literal["all", "group", "municipality", "district"]

KINDS: dict[str, Kind] = {
    GROUP_ALL: "all",
    GROUP_STUDY: "group",
    GROUP_MUNICIPALITY: "municipality",
    GROUP_DISTRICT: "district",
}

SAME = Estimate(0.0, 0.0, 0.0)


def places_of(ctx: ReportContext, figures: Figures, name: str) -> list[PlaceRow]:
    """Every group that has an incident of the urgency: all, the study's groups, municipalities, districts."""
    frame = figures.runs[name].frame
    people = frame.groups @ frame.area_people
    rows = []
    for group, kind, count in zip(frame.group_ids, frame.group_kinds, people.tolist(), strict=True):
        incidents = figures.levels.find(name, INCIDENTS, figures.urgency, group)
        if incidents is not None:
            rows.append(_row(ctx, figures, name, group, KINDS[kind], count, incidents))
    return rows


def difference_at(figures: Figures, name: str, key: str, group: str) -> Estimate:
    """A difference in a group; nothing where an alternative is compared with itself."""
    if name == figures.against:
        return SAME
    return figures.changes.find(name, key, figures.urgency, group) or UNKNOWN


def place_change(share: Estimate, mean: Estimate) -> Change:
    """Worse where either measure is clearly worse, else better where either is clearly better."""
    found = {change_of(SHARE, share), change_of(MEAN, mean)}
    for one in ("worse", "better", "none"):
        if one in found and (one != "none" or found == {"none"} or not share.known):
            return "worse" if one == "worse" else "better" if one == "better" else "none"
    return "unclear"


def _row(
    ctx: ReportContext, figures: Figures, name: str, group: str, kind: Kind, people: float, incidents: Estimate
) -> PlaceRow:
    def level(key: str) -> Estimate | None:
        return figures.levels.find(name, key, figures.urgency, group)

    share, p90, mean = (difference_at(figures, name, key, group) for key in (SHARE, P90, MEAN))
    return PlaceRow(
        id=group,
        name=ctx.names.group(group),
        kind=kind,
        people=round(people),
        incidents=known(incidents.value),
        share=told(level(SHARE)),
        p90_s=told(level(P90)),
        mean_s=told(level(MEAN)),
        difference_share=told(share),
        difference_p90_s=told(p90),
        difference_mean_s=told(mean),
        within_more=told(figures.count_difference(name, group) if level(SHARE) else UNKNOWN),
        change=place_change(share, mean),
    )
