"""Changes of roads as an alternative has them, in the form in which they are laid on a road map."""

from __future__ import annotations

from beredt.errors import NetworkError
from beredt.model.road_change import ClosedLink, OpenedLink, RoadChange, RoadState
from beredt.roads.projects.changes import AddLink, Change, CloseLink, SetLinkSpeed

ANY_YEAR = 0
"""A state holds only what holds in its year."""


def map_changes(state: RoadState) -> tuple[Change, ...]:
    """The same changes for `apply_changes`. Raises NetworkError for one that names places of a study's own links."""
    return tuple(_on_map(change) for change in state)


def _on_map(change: RoadChange) -> Change:
    if change.places:
        raise NetworkError(
            "this study has roads of a map: draw a new road as line, and name the others by the ids of their lines"
        )
    if isinstance(change, OpenedLink):
        return AddLink(
            change.name,
            ANY_YEAR,
            change.line,
            change.road_class,
            change.kmh,
            change.both_ways,
            change.tunnel,
            change.km,
        )
    if isinstance(change, ClosedLink):
        return CloseLink("", ANY_YEAR, change.lines)
    return SetLinkSpeed("", ANY_YEAR, change.lines, change.kmh)
