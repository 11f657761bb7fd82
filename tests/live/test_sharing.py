"""What one organisation sees of a log: its own, of others what is agreed, and of the rest not that it is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import DefinitionError
from beredt.live.events.read_event import Refused, read_event
from beredt.live.known import known_of
from beredt.live.limits import LiveLimits
from beredt.live.picture.duty import Duty
from beredt.live.picture.fold import fold
from beredt.live.picture.picture import Picture
from beredt.live.sharing.agreement import Agreement, Level, read_agreements
from beredt.live.sharing.lens import HEARD_EVERY_MS
from beredt.live.sharing.scope import WHOLE, Scope
from beredt.live.sharing.sight import Sight
from beredt.live.sharing.viewer import viewers_of
from beredt.live.store.entry import Entry
from beredt.model.issue import Issue
from beredt.model.read import read_study
from beredt.model.study import Study
from tests.live.feeds import BEGIN, opened, position, random_feed, status
from tests.tiny_study import write_tiny_study

SOUTH = (59.85, 10.50)
"""In an area that the west answers for; everything else is the east's, as are all units but s-1."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    found, _ = read_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))
    assert found is not None
    return found


class Whole:
    """The whole picture, as a sight needs it."""

    def __init__(self, study: Study) -> None:
        self.known = known_of(study, study.service, LiveLimits())
        self.duty = Duty(study.service)
        self.picture = Picture()


def entry(number: int, raw: Any, scope: Scope = WHOLE, received_s: float = 0.0) -> Entry:
    read = scope.admit(read_event(raw))
    assert not isinstance(read, Refused), read
    received_ms = read.time_ms + round(received_s * 1000)
    return Entry(number, read.source, read.id, "", received_ms, read.time_ms, read.sequence, read.kind, read.subject,
                 read.body, read.digest)  # fmt: skip


def sight_of(study: Study, organisation: str, level: Level | None = None, round_m: float = 5000.0) -> Sight:
    """What the west (or the east) sees, where the other lets it see this of its units."""
    other = {"trust-west": "trust-east", "trust-east": "trust-west"}[organisation]
    agreed = () if level is None else (Agreement(other, organisation, level, round_m),)
    (viewer,) = (one for one in viewers_of(study.service, agreed) if one.organisation == organisation)
    return Sight(viewer, Whole(study))  # type: ignore[arg-type]


def seen(study: Study, sight: Sight, seconds: float = 60.0) -> Any:
    return sight.view(Duty(study.service), round((BEGIN.timestamp() + seconds) * 1000))


FEED = [
    opened(1, "i1", "A", 59.9, 10.64, 0),
    status(2, "e-1", "to_scene", 10, incident="i1", position={"lat": 59.901, "lon": 10.641}),
    opened(3, "i2", "H", *SOUTH, 20),
    status(4, "s-1", "at_station", 25),
]


def test_without_an_agreement_one_sees_ones_own_and_no_trace_of_the_rest(study: Study) -> None:
    sight = sight_of(study, "trust-west")
    for number, raw in enumerate(FEED):
        sight.lay(entry(number + 1, raw))
    view = seen(study, sight)
    assert [(one.id, one.status, one.shared) for one in view.units] == [("s-1", "at_station", "")]
    assert [one.id for one in view.incidents] == ["i2"]
    assert view.number == 2
    (source,) = view.sources
    assert (source.events, source.counts) == (2, {})  # no gap between 3 and 4 is told, nor that 1 and 2 were there


@pytest.mark.parametrize(
    ("level", "told"),
    [
        (Level.AVAILABILITY, ("unavailable", 13_000, None, None, None)),
        (Level.ROUNDED, ("unavailable", 13_000, None, 5000.0, None)),
        (Level.FULL, ("to_scene", 10_000, 59.901, None, None)),
    ],
)
def test_of_others_one_sees_what_is_agreed(study: Study, level: Level, told: tuple[Any, ...]) -> None:
    sight = sight_of(study, "trust-west", level)
    for number, raw in enumerate(FEED):
        sight.lay(entry(number + 1, raw, received_s=3))  # of coarse ones: when it was told here
    unit = next(one for one in seen(study, sight).units if one.id == "e-1")
    begin_ms = round(BEGIN.timestamp() * 1000)
    since = None if unit.since_ms is None else unit.since_ms - begin_ms
    lat = unit.lat if level is not Level.ROUNDED else None
    assert (unit.status, since, lat, unit.rounded_m, unit.incident) == told
    assert unit.shared == level.name.lower()
    if level is Level.ROUNDED:
        assert unit.lat is not None
        assert abs(unit.lat - 59.901) <= 2500 / 111_320
        assert (unit.lat, unit.lon) != (59.901, 10.641)
    assert [one.id for one in seen(study, sight).incidents] == ["i2"]


def test_a_coarse_unit_is_told_when_it_changes_and_its_source_once_a_minute(study: Study) -> None:
    sight = sight_of(study, "trust-west", Level.AVAILABILITY)
    words = ("to_scene", "at_scene", "to_hospital", "at_hospital")
    for number, word in enumerate(words):
        sight.lay(entry(number + 1, status(number, "e-1", word, number * 10)))
    assert sight.picture.number == 1
    sight.lay(entry(9, status(9, "e-1", "returning", 50)))
    assert sight.picture.number == 2
    for number in range(10, 200):  # a position every second tells one minute from the next, and no more
        sight.lay(entry(number, position(number, "e-1", 59.9, 10.64, 50 + number)))
    sight.lay(entry(300, status(300, "e-1", "returning", 40)))  # late: it is not the newest
    unit = next(one for one in seen(study, sight, 300).units if one.id == "e-1")
    assert (unit.status, unit.lat) == ("free", None)
    assert sight.picture.number == 2  # of this source nothing was ever told
    assert HEARD_EVERY_MS == 60_000


def test_what_is_known_of_a_coarse_unit_has_an_age(study: Study) -> None:
    """Without one, a neighbour's unit whose source fell silent would be shown as free for ever."""
    sight = sight_of(study, "trust-west", Level.ROUNDED)
    told = [status(1, "e-1", "free", 0), position(2, "e-1", 59.9, 10.64, 5), status(3, "e-1", "at_station", 20)]
    for number, raw in enumerate([*told, position(4, "e-1", 59.9001, 10.6401, 30)]):
        sight.lay(entry(number + 1, raw, received_s=2))
    unit = next(one for one in seen(study, sight, 600).units if one.id == "e-1")
    begin_ms = round(BEGIN.timestamp() * 1000)
    assert (unit.status, unit.status_stale, unit.free) == ("free", True, False)
    assert (unit.since_ms, unit.position_ms) == (begin_ms + 2_000, begin_ms + 7_000)  # what follows tells nothing new


def test_a_source_that_speaks_of_coarse_units_is_not_silent(study: Study) -> None:
    sight = sight_of(study, "trust-west", Level.AVAILABILITY)
    for number in range(10):
        sight.lay(entry(number + 1, status(number, "e-1", "at_station", number * 50)))
    unit = next(one for one in seen(study, sight, 460).units if one.id == "e-1")
    assert unit.free
    assert not unit.status_stale
    assert sight.picture.number == 1 + 4
    assert next(one for one in seen(study, sight, 700).units if one.id == "e-1").status_stale


def test_an_incident_of_others_is_seen_once_somebody_else_sends_ones_unit_there(study: Study) -> None:
    sight = sight_of(study, "trust-west")
    joint = [FEED[0], status(2, "s-1", "to_scene", 10, incident="i1")]
    for number, raw in enumerate(joint):
        sight.lay(entry(number + 1, raw))
    (incident,) = seen(study, sight).incidents
    assert (incident.id, incident.lat, incident.units) == ("i1", 59.9, ("s-1",))


def test_ones_own_feed_cannot_guess_its_way_to_an_incident_of_others(study: Study) -> None:
    sight = sight_of(study, "trust-west")
    own = Scope("trust-west", frozenset({"s-1"}))
    sight.lay(entry(1, FEED[0]))
    sight.lay(entry(2, status(2, "s-1", "to_scene", 10, incident="i1"), own))
    view = seen(study, sight)
    assert view.incidents == ()
    assert next(one for one in view.units if one.id == "s-1").incident == "trust-west:i1"


def test_a_key_tells_of_what_it_is_for(study: Study) -> None:
    own = Scope("trust-west", frozenset({"s-1"}), frozenset({"unit_status"}))
    theirs, nobodys = (own.admit(read_event(status(1, unit, "free", 0))) for unit in ("e-1", "nobody"))
    assert isinstance(theirs, Refused)
    assert theirs == nobodys  # a unit of others and one that nobody has are refused alike
    assert isinstance(own.admit(read_event(position(1, "s-1", *SOUTH, 0))), Refused)
    longest = Scope("trust-west", frozenset({"s-1"})).admit(
        read_event({**status(1, "s-1", "free", 0), "source": "x" * 128})
    )
    assert isinstance(longest, Refused)


def brute_force(feed: list[dict[str, Any]], study: Study) -> list[dict[str, Any]]:
    """The events that the west may see, by looking at all of them at once: obviously, and slowly."""
    west = {area.id for area in study.service.areas if area.organisation == "trust-west"}
    incidents: set[str] = set()
    for event in feed:
        if event["kind"].startswith("incident_") and "position" in event:
            lat, lon = event["position"]["lat"], event["position"]["lon"]
            near = min(study.service.areas, key=lambda one: (one.lat - lat) ** 2 + ((one.lon - lon) / 2) ** 2)
            if near.id in west:
                incidents.add(event["incident"])
        if event.get("unit") == "s-1" and "incident" in event:
            incidents.add(event["incident"])
    return [
        one for one in feed if (one.get("unit") == "s-1" or (one.get("unit") is None and one["incident"] in incidents))
    ]


@given(seed=st.integers(0, 2**32), events=st.integers(1, 120))
@settings(max_examples=40, deadline=None)
def test_what_is_hidden_leaves_no_trace(study: Study, seed: int, events: int) -> None:
    """The log with everything, and the log of only what may be seen, are the same to whoever sees that much."""
    feed = random_feed(seed, events)
    with_all, with_own = (sight_of(study, "trust-west") for _ in range(2))
    for number, raw in enumerate(feed):
        with_all.lay(entry(number + 1, raw))
    for number, raw in enumerate(brute_force(feed, study)):
        with_own.lay(entry(number + 1, raw))
    assert seen(study, with_all, 300) == seen(study, with_own, 300)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=20, deadline=None)
def test_ones_own_units_are_as_in_the_whole_picture(study: Study, seed: int) -> None:
    whole, sight = Whole(study), sight_of(study, "trust-east")
    for number, raw in enumerate(random_feed(seed, 80)):
        one = entry(number + 1, raw)
        fold(whole.picture, one, whole.known)
        sight.lay(one)
    own = {unit: data for unit, data in whole.picture.units.items() if unit in sight.viewer.own}
    assert {
        unit: {name: (datum.key, datum.value) for name, datum in data.items()}
        for unit, data in sight.picture.units.items()
    } == {unit: {name: (datum.key, datum.value) for name, datum in data.items()} for unit, data in own.items()}


def test_agreements_are_read_with_every_fault(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "agreements.csv"
    path.write_text("owner,viewer,units\ntrust-east,trust-west,availability\n")
    assert read_agreements(path, study.service) == (Agreement("trust-east", "trust-west", Level.AVAILABILITY, 5000.0),)
    path.write_text(
        "owner,viewer,units\ntrust-east,nobody,full\ntrust-east,trust-east,full\n,trust-west,all\n"
        "trust-west,trust-east,full\ntrust-west,trust-east,nothing\n"
    )
    with pytest.raises(DefinitionError) as caught:
        read_agreements(path, study.service)
    found = [(issue.row, issue.field) for issue in caught.value.issues if isinstance(issue, Issue)]
    assert found == [(4, "owner"), (4, "units"), (2, "viewer"), (3, "viewer"), (6, "viewer")]
    with pytest.raises(DefinitionError, match="cannot be read"):
        read_agreements(tmp_path / "none.csv", study.service)
