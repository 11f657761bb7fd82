"""Why a segment is left out, or used with a remark. A segment is the stretch between two points of a line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """`left_out`: the segments are not in the road map. `fault`: told as an issue with its place, not only counted."""

    message: str
    remedy: str
    left_out: bool = True
    fault: bool = True


REASONS = {
    "not_driven": Reason("not a road for cars", "nothing: such ways are counted, and left out", fault=False),
    "closed": Reason(
        "closed to an ambulance by its access tags", "open it in the profile where one drives there", fault=False
    ),
    "carriageway_instead": Reason(
        "a divided road drawn as one line", "nothing: its carriageways are used", fault=False
    ),
    "other_lanes": Reason(
        "no lane for cars, as on paths and tramways", "nothing: such lines are left out", fault=False
    ),
    "inside_junction": Reason("the inside of a junction", "nothing: junctions are points here", fault=False),
    "unknown_class": Reason("the class of the road is unknown", "add the value to the profile, driven or not"),
    "missing_point": Reason(
        "the file does not have a point of the road, as at an extract's edge", "take a wider extract where this matters"
    ),
    "too_short": Reason("a road of fewer than two points", "mend it in the source"),
    "same_point": Reason("a segment ends in the point where it begins", "mend it in the source"),
    "unreadable_line": Reason("the line cannot be read", "mend it in the source"),
    "island": Reason(
        "one cannot drive from here to the other roads and back",
        "join it in the source where it is a road, or take a wider extract",
    ),
    "zero_length": Reason(
        "two points of the road lie in the same place", "nothing: the segment is passed in no time", left_out=False
    ),
    "unreadable_speed": Reason(
        "the speed limit cannot be read", "mend it in the source; the default is used", left_out=False
    ),
    "uncertain_one_way": Reason(
        "the direction of a one-way road changes with time", "nothing: it is driven both ways", left_out=False
    ),
    "conditional": Reason(
        "an access rule with conditions is not read",
        "nothing where the rule without conditions will do",
        left_out=False,
    ),
    "ban_unplaced": Reason(
        "a turn ban cannot be placed on the roads", "mend it in the source where the turn matters", left_out=False
    ),
    "behind_bans": Reason(
        "turn bans keep one from driving here and back, so no place belongs to these road nodes",
        "mend the bans in the source, or take a wider extract",
        left_out=False,
    ),
    "unreadable_ban": Reason(
        "a turn ban has no from, via or to that can be used", "mend it in the source", left_out=False
    ),
}
"""All reasons by name. A segment is left out for one reason at most, and used ones may have any number of remarks."""
