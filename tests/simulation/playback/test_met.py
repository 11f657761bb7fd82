"""A unit that meets the ambulance on its way is drawn to the place where they met, and along from there."""

from __future__ import annotations

import numpy as np

from beredt.simulation.kernel import simulate
from beredt.simulation.playback.kernel_history import KernelHistory
from beredt.simulation.playback.playback import AT_SCENE, MOBILISING, TO_HOSPITAL, TO_SCENE
from beredt.simulation.playback.spots import Spots
from beredt.simulation.playback.ways import TableWays
from tests.stories.telling import incidents_of, world_of
from tests.stories.test_meeting import STORY


def test_a_doctor_is_drawn_to_the_meeting_and_along_from_there() -> None:
    """The story's doctor starts from Lier at 2.5, is in Sandvika when the ambulance is, at 39.5, and in Drammen at 70.

    The playback knows the meeting only afterwards, so the drive from Lier is drawn as one straight to Sandvika.
    """
    world, incidents = world_of(STORY), incidents_of(STORY)
    outcome = simulate(world, incidents)
    km = np.array(list(STORY.places.values()), np.float64)
    lon, lat = 10.4 + km / 60.0, np.full(len(km), 59.8)
    at = np.column_stack([lon, lat])
    ways = TableWays(lon, lat, world.roads.seconds[0], world.roads.hop[0])
    spots = Spots(at[world.base_node], at[world.standby_node], at[incidents.scene], at[incidents.dest])
    place = {name: tuple(at[number].tolist()) for number, name in enumerate(STORY.places)}
    told = KernelHistory(world, incidents, outcome, ways, spots).unit(list(STORY.units).index("D"), 0.0, 80 * 60.0)
    (mission,) = [one for one in told.activities if one.doing[0].code == MOBILISING]
    there, along = mission.drives
    assert (there.goal, there.arrive_t) == (place["Sandvika"], 39.5 * 60)
    assert (along.goal, along.start_t, along.arrive_t) == (place["Drammen"], 39.5 * 60, 70 * 60)
    assert along.way.nodes[0] == there.way.nodes[-1] == list(STORY.places).index("Sandvika")
    since = {one.code: one.t for one in mission.doing}
    assert since[TO_SCENE] < since[AT_SCENE] == since[TO_HOSPITAL] == 39.5 * 60
