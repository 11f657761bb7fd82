"""A store of missions as the events that a feed would have sent.

A log of missions tells of no unit between its missions. That is reckoned, and its events come from the source
`reckoned`, so that nobody takes them for what was seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from beredt.live.ground.ground import Ground
from beredt.live.picture.duty import Duty
from beredt.live.replay.decisions_of_store import decisions_of
from beredt.live.replay.made_events import STAMPED, MadeEvents, Places
from beredt.live.replay.past import Past, Stretch
from beredt.live.replay.reckon_unit import tell_unit
from beredt.live.replay.store_rows import Row, by_incident, refuse_strangers, rows_of
from beredt.missions.store import Store
from beredt.model.urgency import URGENCIES


def past_of_store(store: Store, ground: Ground, stretch: Stretch) -> Past:
    """The events and decisions of a stretch of a log of missions.

    Args:
        store: the log.
        ground: the study whose units, stations and roads they are.
        stretch: which days.

    Raises:
        OptionError: the log has no such day, none of its units is in the study, or no incident has a place.
    """
    rows = rows_of(store, stretch)
    known = [row for row in rows if row["unit"] in ground.unit_index]
    refuse_strangers(rows, known, store)
    made, duty = MadeEvents(), Duty(ground.service)
    made.noted["missions_of_units_not_in_the_study"] = len(rows) - len(known)
    for unit in ground.unit_index:
        tell_unit(made, ground, duty, unit, [row for row in known if row["unit"] == unit], stretch)
    _tell_incidents(made, rows)
    entries = made.entries()
    happened, left_out = decisions_of(ground, rows, entries, stretch)
    return Past(stretch, entries, happened, Places(made.drives).at, store.info.generated, left_out,
                {name: count for name, count in made.noted.items() if count}, _elsewhere(ground))  # fmt: skip


def _elsewhere(ground: Ground) -> frozenset[str]:
    """Units that the study lets wait at other places than their stations: its log has stamps of missions alone."""
    world, rule = ground.world, ground.service.relocation.rule
    if rule == "home":
        return frozenset()
    if rule != "standby":
        return frozenset(ground.unit_index)
    may = np.atleast_1d(world.standby_home[:, world.unit_station].any(axis=0))
    return frozenset(unit for unit, number in ground.unit_index.items() if may[number])


def _tell_incidents(made: MadeEvents, rows: Sequence[Row]) -> None:
    """Each incident is opened when it was made, at the latest when the first unit was sent, and closed at the end."""
    for name, of in by_incident(rows).items():
        first = of[0]
        if first["lat"] is None or first["lon"] is None or first["urgency"] not in URGENCIES:
            continue
        opened = min(one for one in (first["created_t"], first["call_t"], first["begin"]) if one is not None)
        place = {"lat": first["lat"], "lon": first["lon"]}
        made.say(opened, STAMPED, kind="incident_opened", incident=name, urgency=first["urgency"], position=place)
        ends = [row["free_t"] for row in of]
        if all(one is not None for one in ends):
            made.say(max(ends), STAMPED, kind="incident_closed", incident=name)
