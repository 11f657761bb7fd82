"""What speaks against pathways and hours in edits, as `checks.path_rows` says it of tables."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.edits.edit import Objection
from beredt.model.field import clock_seconds
from beredt.model.pathway import CALL, DELIVERY, SCENE, Pathway
from beredt.model.week_hours import HOUR_S


def hour_objections(start: str | None, end: str | None) -> Iterator[Objection]:
    """Clock times that are no whole hours, or no hour at all; None stands for midnight."""
    for key, text in (("start", start), ("end", end)):
        if text is not None and clock_seconds(text) % HOUR_S:
            yield Objection(key, f"{text} is not a whole hour", "write hours such as 07:00")
    if (start or "00:00") == (end or "24:00"):
        yield Objection("end", f"from {start} to {end} is no hour at all", "a whole day is 00:00 to 24:00")


def stage_objections(pathway: Pathway) -> Iterator[Objection]:
    """What a pathway says and what means nothing at its stage."""
    only_at = {
        "operator_min": (CALL, pathway.operator_min > 0.0),
        "again_share": (CALL, pathway.again_share > 0.0),
        "deliver_to": (DELIVERY, bool(pathway.deliver_to)),
    }
    for key, (stage, given) in only_at.items():
        if given and pathway.stage != stage:
            message = f"{key} means something at the {stage} only, and this is at the {pathway.stage}"
            yield Objection(key, message, "leave it out, or correct the stage")
    if pathway.stage == CALL and pathway.crew_min > 0.0:
        message = "there is no unit: nobody is at the scene or delivered"
        yield Objection("crew_min", message, "leave it out, or correct the stage")
    if pathway.stage == SCENE and pathway.origin != "ordinary":
        message = "transfers are not left at the scene: both ends are known beforehand"
        yield Objection("origin", message, "write ordinary, or correct the stage")
