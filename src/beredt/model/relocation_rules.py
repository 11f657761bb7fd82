"""Where a unit goes when it is free, and what moves of free units are allowed."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal, get_args

RelocationRule = Literal["standby", "home", "stay", "priority_list", "compliance", "dmexclp", "zhang"]

RELOCATION_RULES: tuple[RelocationRule, ...] = get_args(RelocationRule)

TABLE_RULES: tuple[RelocationRule, ...] = ("priority_list", "compliance")
"""Rules that follow a table of the same name."""


@dataclass(frozen=True, slots=True)
class RelocationRules:
    """Where a unit goes when it is free, and what moves of free units are allowed.

    `rule` is standby (standby points, else home), home (always the home station), stay (where it became free),
    priority_list or compliance (as the table of that name says), dmexclp (where it adds most to expected coverage) or
    zhang (all free units anew, by what stations are worth less the drives there).
    `busy_fraction` (0 ≤ q < 1) is the share of its time in which a unit is busy, as dmexclp and zhang take it;
    `cover_worth_s` (≥ 0) the seconds of driving that zhang takes one covered incident a day more to be worth. `table`
    names the priority list or compliance table, empty for the only one. With `only_centre`, only units of stations of
    this centre are moved, among these stations, and the others keep to standby; empty: all units among all stations.

    A move is to another station than the one that the unit belongs to just now. Limits, infinite where there is none:
    `most_moves` of a unit in one shift; `most_move_s` (driving time) and `most_move_km` of one move; `most_shift_km`
    of all moves of a unit in one shift. From `quiet_start_s` until before `quiet_end_s` (seconds after midnight, over
    midnight where the end comes first) no move begins; there are no quiet hours where the two are equal.
    """

    rule: RelocationRule = "standby"
    busy_fraction: float = 0.3
    table: str = ""
    only_centre: str = ""
    most_moves: float = inf
    most_move_s: float = inf
    most_move_km: float = inf
    most_shift_km: float = inf
    quiet_start_s: int = 0
    quiet_end_s: int = 0
    cover_worth_s: float = 600.0


STANDBY_RULES = RelocationRules()
"""Standby points, else home; no other moves."""
