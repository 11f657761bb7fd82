"""Tiny worlds for stories that a reader can work out on paper, told in minutes along one straight road.

Every story has these unless it says otherwise:

* one road; places have a position in car minutes, and a minute of road is a kilometre;
* half a minute of access at each end of a trip, so that a trip between places takes their distance + 1;
* mobilisation takes 2 minutes at the station and 1 minute for a unit that is out, and that is what dispatchers expect;
* 20 minutes at the scene, nobody is transported;
* every factor on car time is 1, no reserve, no standby point, no diverting, no other policy, and a seamless border.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from beredt.dispatch.world import ACUTE, LIVE, PRIMARY, TOGETHER, Abilities, Asks, Incidents, Tasks, Wards, World
from tests.reference.outcome import TwinOutcome
from tests.simulation.plain import table_columns
from tests.stories.laying_down import NOTHING, Policy, policies_of
from tests.stories.straight_road import next_places

MINUTE_S = 60.0
ACCESS_MIN, AT_STATION_MIN, OUT_MIN = 0.5, 2.0, 1.0
AMBULANCE, RESPONDER_ONLY = 0b011, 0b100  # bit masks over roles
WEST, EAST = 0, 1

Simulate = Callable[[World, Incidents], TwinOutcome]


@dataclass(frozen=True)
class UnitOf:
    """A unit, by its home place; `duty` are (minute, comes on duty) pairs."""

    home: str
    centre: int = WEST
    roles: int = AMBULANCE
    stops_clock: bool = True
    on_at_start: bool = True
    duty: tuple[tuple[float, bool], ...] = ()
    carries: bool = True
    flies: int = 0  # 1 straight, at 200 km/h; 2 a boat
    pace: float = 1.0
    start_min: float = 0.0


@dataclass(frozen=True)
class AskOf:
    """One unit more, one of those named."""

    units: tuple[str, ...]
    when: int = TOGETHER
    after_min: float = 0.0
    stay_min: float = float("inf")
    release_min: float = float("inf")
    escorts: bool = False
    meets: bool = False


@dataclass(frozen=True)
class Lone:
    """Any of all units may come first; one that cannot take the patient calls for one that can."""

    assess_min: float = 0.0
    load_min: float = 0.0
    release_min: float = 0.0


@dataclass(frozen=True)
class Call:
    """Someone rings at `minute`, and a unit can be chosen at once."""

    minute: float
    at: str
    urgency: int = ACUTE
    centre: int = WEST
    to: str | None = None
    second: bool = False
    target_min: float = float("inf")
    asks: tuple[AskOf, ...] | None = None  # None: `second`, and a responder to an acute one
    lone: Lone | None = None
    first: tuple[str, ...] = ()  # only one of these may be the first unit


@dataclass(frozen=True)
class TaskOf:
    """A planned task, at a place, for those of the units named."""

    at: str
    units: tuple[str, ...]
    opens: float
    due: float
    stay_min: float
    last: float = float("inf")
    gives_way: tuple[int, ...] = (0, 1)  # urgencies, on the way
    drops: tuple[int, ...] = (0,)  # and there
    keep: int = 0
    max_drive_min: float = float("inf")


@dataclass(frozen=True)
class WardOf:
    """A hospital with places; the patients of all calls that are brought to the place have one for `stay_min`."""

    places: int
    stay_min: float
    by_hour: Mapping[int, int] = field(default_factory=dict)  # other numbers of places, by hour of the week
    by_pass_to: str | None = None
    by_pass_from: int = 1
    by_passed: tuple[int, ...] = (0, 1, 2)


@dataclass(frozen=True)
class Border:
    """One rule for both directions and all urgencies."""

    policy: int
    ask_min: float = 0.0
    margin_min: float = 0.0
    view: int = LIVE
    view_age_min: float = 30.0


@dataclass(frozen=True)
class Standby:
    """A standby point for the units of all stations."""

    at: str
    keep_home: int = 0
    max_drive_min: float = 60.0
    weekdays: int = 127  # bit mask, bit 0 Monday
    open_min: tuple[int, int] = (0, 1440)  # minutes after midnight


@dataclass(frozen=True)
class Story:
    """What there is when the story begins; places by position in minutes along the road."""

    places: Mapping[str, float]
    units: Mapping[str, UnitOf]
    calls: Mapping[str, Call]
    tasks: Mapping[str, TaskOf] = field(default_factory=dict)
    wards: Mapping[str, WardOf] = field(default_factory=dict)
    border: Border = Border(policy=0)
    standby: Sequence[Standby] = ()
    reserve: int = 0
    divert: tuple[tuple[int, int], ...] = ()
    divert_margin_min: float = 0.0
    responder_release_min: float = 0.0
    end_min: float = 600.0
    stations: Sequence[str] = ()  # beyond those where units are at home
    policy: Policy = NOTHING
    first_hour: int = 0  # of the week, a midnight
    legs_in_km: bool = False  # half a kilometre at each end of a trip, at a minute a kilometre
    true_pace: Sequence[float] = (1.0,)  # by hour, from the beginning again after the last
    believed_pace: Sequence[float] = (1.0,)


@dataclass(frozen=True)
class Ride:
    """One mission, in minutes; a time that has not come is `inf`."""

    unit: str
    call: str
    role: int
    cause: int
    diverted: bool
    start_at: str
    assign: float
    roll: float
    scene: float
    leave: float
    dest: float
    free: float
    km: float


@dataclass(frozen=True)
class Rest:
    """One stint, in minutes."""

    kind: int
    start: float
    arrive: float
    end: float
    start_at: str
    to: str
    km: float


@dataclass(frozen=True)
class Told:
    """How the story went."""

    story: Story
    outcome: TwinOutcome

    def rides(self, unit: str | None = None, call: str | None = None) -> list[Ride]:
        """Missions in order of assignment, of one unit or to one call if named."""
        units, calls, places = list(self.story.units), list(self.story.calls), list(self.story.places)
        rides = [
            Ride(
                unit=units[row.unit],
                call=calls[row.incident],
                role=row.role,
                cause=row.cause,
                diverted=bool(row.diverted),
                start_at=places[row.from_node],
                assign=row.assign_t / MINUTE_S,
                roll=row.roll_t / MINUTE_S,
                scene=row.scene_t / MINUTE_S,
                leave=row.leave_t / MINUTE_S,
                dest=row.dest_t / MINUTE_S,
                free=row.free_t / MINUTE_S,
                km=row.drive_km,
            )
            for row in self.outcome.missions
        ]
        return [ride for ride in rides if unit in (None, ride.unit) and call in (None, ride.call)]

    def ride(self, unit: str, call: str) -> Ride:
        """The one mission of a unit to a call."""
        (ride,) = self.rides(unit, call)
        return ride

    def server(self, call: str) -> tuple[str, float]:
        """The unit that came to the call as primary, and when it was there; ("nobody", inf) while it waits."""
        served = [ride for ride in self.rides(call=call) if ride.role == PRIMARY and not ride.diverted]
        return (served[0].unit, served[0].scene) if served else ("nobody", float("inf"))

    def rests(self, unit: str) -> list[Rest]:
        """The stints of a unit in order."""
        units, places = list(self.story.units), list(self.story.places)
        return [
            Rest(
                kind=row.kind,
                start=row.start_t / MINUTE_S,
                arrive=row.arrive_t / MINUTE_S,
                end=row.end_t / MINUTE_S,
                start_at=places[row.from_node],
                to=places[row.to_node],
                km=row.km,
            )
            for row in self.outcome.stints
            if units[row.unit] == unit
        ]

    def mark(self, name: str, call: str) -> int:
        """One of the marks `asked`, `queued`, `held`, `bumped`, `second_missing` of a call."""
        marks: list[int] = getattr(self.outcome, name)
        return marks[list(self.story.calls).index(call)]

    def task(self, name: str) -> tuple[str, float, int]:
        """Who did a planned task or is at it ("nobody"), when it was begun, and how often it was left."""
        state, unit, begun_t, given_up = self.outcome.tasks[list(self.story.tasks).index(name)]
        who = list(self.story.units)[unit] if unit >= 0 and state >= 2 else "nobody"
        return who, begun_t / MINUTE_S, given_up

    def clock_stopped(self, call: str) -> float:
        """The first arrival of a unit that stops the clock."""
        return min(ride.scene for ride in self.rides(call=call) if self.story.units[ride.unit].stops_clock)


def tell(story: Story, simulate: Simulate) -> Told:
    """Let the story happen."""
    return Told(story, simulate(world_of(story), incidents_of(story)))


def world_of(story: Story) -> World:
    """The story's roads, units and rules as arrays."""
    places, units, centres = list(story.places), list(story.units.values()), 2
    stations = sorted({unit.home for unit in units} | set(story.stations))
    duty = sorted((minute, number, on) for number, unit in enumerate(units) for minute, on in unit.duty)
    positions = np.array(list(story.places.values()), np.float32)
    pairs = (centres, centres, 3)
    divert = np.zeros((3, 3), np.int8)
    for new, under_way in story.divert:
        divert[new, under_way] = 1
    km = np.abs(positions[:, None] - positions[None, :])
    world = World(
        **table_columns(
            seconds=km * np.float32(MINUTE_S),
            hop=next_places(list(story.places.values())),
            km=km,
            leg_s=_all(len(places), ACCESS_MIN * MINUTE_S),
            station_node=[places.index(station) for station in stations],
            standby_node=[places.index(point.at) for point in story.standby],
            units=len(units),
        ),
        speed=_all(5, 1.0),
        expected_mobilisation_s=_all(3, AT_STATION_MIN * MINUTE_S),
        expected_out_s=_all(3, OUT_MIN * MINUTE_S),
        unit_station=np.array([stations.index(unit.home) for unit in units], np.int32),
        unit_centre=np.array([unit.centre for unit in units], np.int32),
        unit_roles=np.array([unit.roles for unit in units], np.int8),
        unit_stops_clock=np.array([unit.stops_clock for unit in units], np.int8),
        on_at_start=np.array([unit.on_at_start for unit in units], np.int8),
        duty_t=np.array([minute * MINUTE_S for minute, _, _ in duty], np.float64),
        duty_unit=np.array([number for _, number, _ in duty], np.int32),
        duty_on=np.array([on for _, _, on in duty], np.int8),
        reserve=np.full(centres, story.reserve, np.int32),
        policy=np.full(pairs, story.border.policy, np.int8),
        margin_s=np.full(pairs, story.border.margin_min * MINUTE_S),
        ask_s=np.full(pairs, story.border.ask_min * MINUTE_S),
        view=np.full(pairs, story.border.view, np.int8),
        view_age_s=np.full(pairs, story.border.view_age_min * MINUTE_S),
        standby_keep=np.array([point.keep_home for point in story.standby], np.int32),
        standby_max_s=np.array([point.max_drive_min * MINUTE_S for point in story.standby], np.float64),
        standby_home=np.ones((len(story.standby), len(stations)), np.int8),
        divert=divert,
        divert_margin_s=story.divert_margin_min * MINUTE_S,
        responder_release_s=story.responder_release_min * MINUTE_S,
        end_s=story.end_min * MINUTE_S,
    )
    if _asks_more(story):
        along = np.zeros((len(places), 2), np.float32)
        along[:, 0] = positions
        world = world._replace(roads=world.roads._replace(place_km=along), abilities=_abilities_of(story))
    hours = max(len(story.true_pace), len(story.believed_pace))
    if story.legs_in_km:
        world = world._replace(
            roads=world.roads._replace(leg_km=1.0, off_pace=np.array([MINUTE_S])),
            base_leg=world.base_leg / MINUTE_S,
            standby_leg=world.standby_leg / MINUTE_S,
        )
    if story.tasks:
        may = [[name in task.units for name in story.units] for task in story.tasks.values()]
        world = world._replace(task_may=np.array(may, np.int8))
    return world._replace(
        policies=policies_of(story.policy, list(story.units), stations),
        first_hour=story.first_hour,
        true_pace=np.resize(np.array(story.true_pace, np.float64), hours),
        believed_pace=np.resize(np.array(story.believed_pace, np.float64), hours),
        standby_days=np.array([point.weekdays for point in story.standby], np.int8),
        standby_start_s=np.array([point.open_min[0] * 60 for point in story.standby], np.int32),
        standby_end_s=np.array([point.open_min[1] * 60 for point in story.standby], np.int32),
    )


def incidents_of(story: Story) -> Incidents:
    """The story's calls as arrays; they are told in order of time."""
    places, calls = list(story.places), list(story.calls.values())
    minutes = [call.minute for call in calls]
    assert minutes == sorted(minutes)
    count = len(calls)
    leg = ACCESS_MIN if story.legs_in_km else ACCESS_MIN * MINUTE_S
    return Incidents(
        call_t=np.array(minutes) * MINUTE_S,
        ready_t=np.array(minutes) * MINUTE_S,
        ready_order=np.arange(count, dtype=np.int32),
        urgency=np.array([call.urgency for call in calls], np.int8),
        scene=np.array([places.index(call.at) for call in calls], np.int32),
        scene_leg=_all(count, leg),
        centre=np.array([call.centre for call in calls], np.int32),
        dest=np.array([-1 if call.to is None else places.index(call.to) for call in calls], np.int32),
        dest_leg=_all(count, leg),
        second=np.array([call.second for call in calls], np.int8),
        mobilisation_s=_all(count, AT_STATION_MIN * MINUTE_S),
        out_s=_all(count, OUT_MIN * MINUTE_S),
        noise=_all(count, 1.0),
        on_scene_s=_all(count, 20 * MINUTE_S),
        handover_s=_all(count, 10 * MINUTE_S),
        second_on_scene_s=_all(count, 15 * MINUTE_S),
        target_s=np.array([call.target_min for call in calls]) * MINUTE_S,
        asks=_asks_of(story),
        tasks=_tasks_of(story),
        wards=_wards_of(story),
    )


def _tasks_of(story: Story) -> Tasks | None:
    places, tasks = list(story.places), list(story.tasks.values())
    if not tasks:
        return None

    def minutes(values: list[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.array(values) * MINUTE_S

    return Tasks(
        form=np.arange(len(tasks), dtype=np.int32),
        open_t=minutes([task.opens for task in tasks]),
        due_t=minutes([task.due for task in tasks]),
        last_t=minutes([task.last for task in tasks]),
        stay_s=minutes([task.stay_min for task in tasks]),
        node=np.array([places.index(task.at) for task in tasks], np.int32),
        leg=_all(len(tasks), ACCESS_MIN * MINUTE_S),
        gives_way=np.array([_mask(task.gives_way) for task in tasks], np.int8),
        drops=np.array([_mask(task.drops) for task in tasks], np.int8),
        keep=np.array([task.keep for task in tasks], np.int32),
        max_drive_s=minutes([task.max_drive_min for task in tasks]),
    )


def _wards_of(story: Story) -> Wards | None:
    """Hospitals in the order of the story."""
    if not story.wards:
        return None
    places, names, wards = list(story.places), list(story.wards), list(story.wards.values())
    calls = [names.index(call.to or "") if call.to in story.wards else -1 for call in story.calls.values()]
    return Wards(
        node=np.array([places.index(name) for name in names], np.int32),
        leg=_all(len(names), ACCESS_MIN * MINUTE_S),
        places=np.array([[ward.by_hour.get(h, ward.places) for h in range(168)] for ward in wards], np.int32),
        by_pass_to=np.array([-1 if w.by_pass_to is None else names.index(w.by_pass_to) for w in wards], np.int32),
        by_pass_from=np.array([ward.by_pass_from for ward in wards], np.int32),
        by_passed=np.array([_mask(ward.by_passed) for ward in wards], np.int8),
        hospital=np.array(calls, np.int32),
        stay_s=np.array([0.0 if h < 0 else wards[h].stay_min * MINUTE_S for h in calls]),
    )


def _mask(urgencies: Sequence[int]) -> int:
    return sum(1 << urgency for urgency in urgencies)


def _asks_more(story: Story) -> bool:
    """Whether units and calls say more than roles and second units."""
    plain = all(unit == replace(unit, carries=True, flies=False, pace=1.0, start_min=0.0) for unit in _units(story))
    more = any(call.asks is not None or call.lone is not None or call.first for call in story.calls.values())
    return more or not plain


def _units(story: Story) -> list[UnitOf]:
    return list(story.units.values())


def _wants_of(story: Story) -> list[frozenset[str]]:
    """Sets of units: the three roles, all units, those of asks, and those that alone may come first."""
    roles = [frozenset(name for name, unit in story.units.items() if unit.roles >> role & 1) for role in range(3)]
    named = [frozenset(ask.units) for call in story.calls.values() for ask in call.asks or ()]
    alone = [frozenset(call.first) for call in story.calls.values() if call.first]
    return [*roles, frozenset(story.units), *named, *alone]


def _abilities_of(story: Story) -> Abilities:
    units = _units(story)
    return Abilities(
        wants=np.array([[name in want for name in story.units] for want in _wants_of(story)], np.int8),
        answers=np.ones((3, len(units)), np.int8),
        carries=np.array([unit.carries for unit in units], np.int8),
        flies=np.array([unit.flies for unit in units], np.int8),
        pace=np.array([unit.pace for unit in units]),
        start_s=np.array([unit.start_min for unit in units]) * MINUTE_S,
    )


def _asks_of(story: Story) -> Asks | None:
    """What the calls ask for; those without asks of their own ask for nothing."""
    if not _asks_more(story):
        return None
    calls, wants = list(story.calls.values()), _wants_of(story)
    lone = [call.lone or Lone() for call in calls]
    rows = [(number, ask) for number, call in enumerate(calls) for ask in call.asks or ()]
    return Asks(
        first_want=np.array([_first_want(call, wants) for call in calls], np.int8),
        carrier_want=np.zeros(len(calls), np.int8),
        assess_s=np.array([one.assess_min for one in lone]) * MINUTE_S,
        load_s=np.array([one.load_min for one in lone]) * MINUTE_S,
        lone_release_s=np.array([one.release_min for one in lone]) * MINUTE_S,
        incident=np.array([number for number, _ in rows], np.int32),
        want=np.array([wants.index(frozenset(ask.units)) for _, ask in rows], np.int8),
        when=np.array([ask.when for _, ask in rows], np.int8),
        after_s=np.array([ask.after_min for _, ask in rows], np.float64) * MINUTE_S,
        stay_s=np.array([ask.stay_min for _, ask in rows], np.float64) * MINUTE_S,
        release_s=np.array([ask.release_min for _, ask in rows], np.float64) * MINUTE_S,
        escorts=np.array([ask.escorts for _, ask in rows], np.int8),
        meets=np.array([ask.meets for _, ask in rows], np.int8),
    )


def _first_want(call: Call, wants: Sequence[frozenset[str]]) -> int:
    if call.first:
        return wants.index(frozenset(call.first))
    return 0 if call.lone is None else 3


def _all(count: int, value: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.full(count, value, np.float64)
