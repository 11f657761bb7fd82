"""An organisation cannot tell from any answer of the live server what others do that is not its to see.

Two servers are told different days of the east, and the same day of the west, which sees nothing of the east. Whatever
the west asks, by whatever route, it gets the same bytes from both, and so does a webhook of its own. A route that is
not asked here fails a test.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from beredt.live import desk as desk_module
from beredt.live.desk import Desk
from beredt.live.events.event import KINDS
from beredt.live.ground.ground import Ground
from beredt.live.picture.duty import Duty
from beredt.live.sharing.sight import Sight
from beredt.live.webhooks.outbox import Batch, Outbox
from beredt.live.webhooks.place import Place
from beredt.live.webhooks.target import Target
from beredt.model.read import read_study
from beredt.model.study import Study
from beredt.web.access.asked import Asked
from beredt.web.access.caller import NOBODY, Caller
from beredt.web.access.csrf import csrf_token
from beredt.web.access.local import LocalAccess
from beredt.web.access.roles import Role
from beredt.web.access.route_table import list_routes
from beredt.web.live import app as app_module
from beredt.web.live.access import LiveAccess
from beredt.web.live.app import create_live_app
from beredt.web.live.parts import LiveFiles, LiveParts, make_live_parts
from beredt.web.live.stream import changes
from beredt.web.settings import ServeSettings
from tests.live.feeds import BEGIN, at, opened, position, status
from tests.tiny_study import write_tiny_study

EAST, WEST = "trust-east", "trust-west"
SOUTH = {"lat": 59.85, "lon": 10.5}
TOKEN = "t" * 43
Told = tuple[int, dict[str, str], bytes]

ASKED = {
    "/api/live/picture": ["/api/live/picture"],
    "/api/live/picture.geojson": ["/api/live/picture.geojson"],
    "/api/live/areas": ["/api/live/areas"],
    "/api/live/readiness": ["/api/live/readiness", "/api/live/readiness?urgency=H"],
    "/api/live/arrivals": ["/api/live/arrivals"],
    "/api/live/advice": ["/api/live/advice"],
    "/api/live/advice/sending/{incident}": [
        *(f"/api/live/advice/sending/{name}" for name in ("west-1", "east-1", "east-99", "trust-east:i-1", "nobody")),
    ],
    "/api/live/advice/moves": ["/api/live/advice/moves"],
    "/api/live/study": ["/api/live/study"],
    "/api/live/map": ["/api/live/map"],
    "/api/live/events/schema": ["/api/live/events/schema"],
    "/api/session": ["/api/session"],
    "/api/words/{language}": ["/api/words/en"],
    "/api/openapi.json": ["/api/openapi.json"],
}
"""Every route that reads, and how it is asked. Writing ones and the stream are below."""
OTHERWISE = ("/healthz", "/readyz", "/metrics", "/api/live", "/api/live/advice?most=0", "/api/live/readiness?urgency=X")
"""What is asked besides: how the server is, what it does not have, and questions that it cannot answer."""
WRITTEN = {
    "/api/live/events": {"POST"},
    "/api/live/events/{adapter}": {"POST"},
    "/api/live/advice": {"PUT"},
    "/api/live/advice/{advice}/done": {"PUT"},
}
STREAMED = {"/api/live/changes"}


class Whoever(LocalAccess):
    """A caller is whoever the request says: what is tested is what they are told."""

    async def find_caller(self, asked: Asked) -> Caller:
        who = asked.headers.get("x-who")
        return NOBODY if who is None else Caller(f"ann of {who}", Role.ANALYST, TOKEN, organisation=who)


RANDOM = frozenset({"x-request-id"})
"""Headers whose values are drawn anew for every answer, whatever it is."""


def told_of(answer: Response) -> Told:
    """Status, headers and bytes of an answer."""
    headers = {name: value for name, value in answer.headers.items() if name not in RANDOM}
    return answer.status_code, headers, answer.content


@dataclass
class World:
    """A server, and the moment by its clock."""

    parts: LiveParts
    browser: TestClient
    keys: dict[str, str]
    seconds: float = 0.0

    def get(self, path: str, who: str = WEST) -> Told:
        self.browser.cookies.clear()
        answer = self.browser.get(path, headers={"x-who": who})
        return told_of(answer)

    def put(self, path: str, body: Any, who: str = WEST) -> Told:
        self.browser.cookies.clear()
        headers = {"x-who": who, "x-beredt-csrf": csrf_token(TOKEN)}
        answer = self.browser.put(path, json=body, headers=headers)
        return told_of(answer)

    def post(self, events: list[Any], key: str) -> Told:
        headers = {"authorization": f"Bearer {self.keys[key]}"}
        answer = self.browser.post("/api/live/events", json={"events": events}, headers=headers)
        return told_of(answer)

    def hooked(self, who: str = WEST) -> list[Batch]:
        """Every delivery to a webhook of theirs, from the beginning of the log."""
        live = self.parts.live
        target = Target("hook", "https://example.org", who, frozenset(KINDS), (b"",))
        outbox = Outbox(live.log, Sight(live.sights[who].viewer, live), target, Place(0, 0))
        found = []
        while (batch := outbox.find_batch(live.picture.number)) is not None:
            outbox.take(batch)
            found.append(batch._replace(after=Place(0, batch.after.told)))  # where it is in the log, nobody is told
        return found

    def change(self, who: str = WEST) -> bytes:
        """The first thing that a stream tells."""

        async def first() -> bytes:
            async for one in changes(self.parts.desks[who]):
                return one.model_dump_json().encode()
            raise AssertionError

        # In a thread of its own: where a browser is open in this process, its thread has a loop already.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, first()).result()


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    found, _ = read_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def ground(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """The study made ready, once for all servers."""
    parts = make_live_parts(ServeSettings((), tmp_path_factory.mktemp("data")), study, study.service, LiveFiles())
    yield parts.desk.ground(wait_s=600)
    parts.live.close()


@pytest.fixture
def world(study: Study, ground: Ground, tmp_path: Path) -> Iterator[Callable[[str], World]]:
    """Makes servers between whose organisations there is an agreement on the west's units, and none on the east's."""
    agreements = tmp_path / "agreements.csv"
    agreements.write_text(f"owner,viewer,units\n{WEST},{EAST},rounded\n")
    made: list[World] = []

    def make(name: str) -> World:
        settings = ServeSettings((), tmp_path / name)
        parts = make_live_parts(settings, study, study.service, LiveFiles(agreements=agreements))
        assert isinstance(parts.access, LiveAccess)
        access = LiveAccess(Whoever(), parts.access.keys)
        desks = {org: Desk(sight, Duty(study.service), lambda: ground) for org, sight in parts.live.sights.items()}
        object.__setattr__(parts, "access", access)
        object.__setattr__(parts, "desks", desks)
        browser = TestClient(create_live_app(parts), base_url="http://127.0.0.1")
        browser.__enter__()
        keys = {org: access.keys.add(f"cad-{org}", org) for org in (EAST, WEST)}
        one = World(parts, browser, {**keys, "joint": access.keys.add("joint")})
        parts.live.clock = lambda: BEGIN.timestamp() + one.seconds
        for desk in desks.values():
            desk.ground(wait_s=600)
        made.append(one)
        return one

    yield make
    for one in made:
        one.browser.__exit__(None, None, None)


def day_of_the_east(world: World, draw: random.Random, seconds: float) -> None:
    """Some of what happens in the east: at any moment, and as much or as little as it likes."""
    for _ in range(draw.randrange(4)):
        number, unit = (
            draw.choice((draw.randrange(10**6), draw.randrange(8))),
            draw.choice(("e-1", "e-2", "e-3", "w-1")),
        )
        word = draw.choice(("to_scene", "at_scene", "at_station", "free", "coffee"))
        incident, now = f"east-{draw.randrange(5)}", seconds + draw.choice((-9000.0, 0.0, 0.0))
        place = 59.9 + draw.uniform(-0.01, 0.01), 10.64 + draw.uniform(-0.01, 0.01)
        key = draw.choice((EAST, EAST, "joint"))
        told = [
            status(number, unit, word, now, incident=incident),
            position(number, unit, *place, now),
            opened(number, incident, draw.choice("AHV"), *place, now),
            {"id": f"bad{number}"},
        ]
        if key == EAST:
            told.append(status(number, "s-1", "free", now))  # refused: it is none of the east's
        world.post(draw.sample(told, draw.randrange(1, 5)), key)
        if draw.random() < 0.3:
            world.put("/api/live/advice", {"on": draw.random() < 0.7}, who=EAST)
            world.get("/api/live/advice/moves", who=EAST)
            world.get(f"/api/live/advice/sending/{incident}", who=EAST)


def day_of_the_west(world: World) -> Iterator[list[Any]]:
    """What happens in the west, step by step; each tells everything that the west is answered."""
    mission = {**opened(1, "w-i1", "A", 0, 0, 10), "position": SOUTH}
    yield [world.post([status(2, "s-1", "at_station", 5), mission, mission, {"id": "no"}], WEST)]
    world.seconds = 30
    yield [world.put("/api/live/advice", {"on": True}), world.get("/api/live/advice/sending/trust-west:w-i1")]
    (first, *_) = json.loads(world.get("/api/live/advice")[2])["advice"] or [{"id": "none"}]
    yield [world.put(f"/api/live/advice/{first['id']}/done", {"deed": "declined"}), first["id"]]
    world.seconds = 60
    shift = {**status(3, "s-1", "x", 40), "kind": "roster_changed", "day": "2026-01-05",
             "shifts": [{"begins": at(0), "ends": at(7200)}]}  # fmt: skip
    del shift["status"]
    joint = {**opened(4, "west-1", "H", 0, 0, 50), "position": SOUTH}
    yield [world.post([status(5, "s-1", "to_scene", 45, incident="w-i1", position=SOUTH), shift], WEST)]
    yield [world.post([joint], "joint")[0]]
    world.seconds = 400  # by now every source has been silent for too long
    yield [world.post([status(6, "e-1", "free", 300), status(6, "nobody", "free", 300)], WEST)]


def asked_of(world: World) -> list[Any]:
    asked = [*itertools.chain(*ASKED.values()), *OTHERWISE]
    return [[(path, world.get(path)) for path in asked], guessed_by(world), world.change(), world.hooked()]


def guessed_by(world: World) -> list[Any]:
    """Ids of the east that the west tries in every way: none may be answered otherwise than one that nobody has."""
    deeds = [world.put(f"/api/live/advice/{name}/done", {"deed": "declined"}) for name in ("east-0", "nobody-0")]
    tag = world.get("/api/live/map")[1]["etag"]
    same = world.browser.get("/api/live/map", headers={"x-who": WEST, "if-none-match": tag})
    heads = [world.browser.head(path, headers={"x-who": WEST}) for path in ("/api/live/picture", "/api/live/changes")]
    sent = [status(0, "e-1", "free", 0), status(0, "nobody", "free", 0), {"id": "no"}]  # ids that the east takes too
    return [deeds, told_of(same), [told_of(one) for one in heads], world.post(sent, WEST)]


def live_through(world: World, seed: int, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A day of the west among one of the east; everything that the west is ever told."""
    names = {who: itertools.count() for who in (EAST, WEST)}
    draw = random.Random(seed)
    whose = SimpleNamespace(now=EAST)
    made = SimpleNamespace(uuid4=lambda: SimpleNamespace(hex=f"{whose.now}-{next(names[whose.now])}"))
    monkeypatch.setattr(desk_module, "uuid", made)  # names of advice are drawn at random, for whomever it is
    told: list[Any] = []
    west = day_of_the_west(world)
    while True:
        whose.now = EAST
        if seed:
            day_of_the_east(world, draw, world.seconds)
        whose.now = WEST
        step = next(west, None)
        if step is None:
            return told
        told += [step, asked_of(world)]


def work_of(world: World) -> dict[str, Counter[str]]:
    """How often each function of Beredt is called to answer each question of the west: time that needs no clock."""
    counted: dict[str, Counter[str]] = {}
    for path in (path for paths in ASKED.values() for path in paths):
        calls = counted[path] = Counter[str]()

        def count(frame: FrameType, event: str, _: object, calls: Counter[str] = calls) -> None:
            if event == "call" and "/src/beredt/" in frame.f_code.co_filename:
                calls[frame.f_code.co_qualname] += 1

        # A client that was not entered answers every question in threads that begin with it, and so are counted.
        asking = replace(world, browser=TestClient(world.browser.app, base_url=str(world.browser.base_url)))
        threading.setprofile(count)
        try:
            asking.get(path)
        finally:
            threading.setprofile(None)
    return counted


def difference(one: Any, other: Any) -> str:
    """Where two answers part, for whoever reads the failure."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return next((difference(a, b) for a, b in zip(one, other, strict=False) if a != b), "one is longer")
    return f"{one!r}\n{other!r}"


def test_two_days_of_the_east_are_one_to_the_west(
    world: Callable[[str], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Once a second a server looks for what others have written, whoever asks it anything: that is no part of an answer.
    monkeypatch.setattr(app_module, "FOLLOWS_EVERY_S", 3600.0)
    calm = world("quiet")
    quiet = live_through(calm, 0, monkeypatch)
    work = work_of(calm)
    assert sum(work["/api/live/picture"].values()) > 50
    for seed in (1, 2):
        busy = world(f"busy{seed}")
        told = live_through(busy, seed, monkeypatch)
        assert busy.parts.live.picture.number > busy.parts.desks[WEST].number + 5  # something did happen there
        if told != quiet:
            pytest.fail(difference(told, quiet))
        assert work_of(busy) == work  # nor is anything looked at for an answer that is not in it
    assert sum(batch.events for batch in quiet[-1][-1]) >= 5
    statuses = {path: answer[0] for path, answer in quiet[-1][0]}
    assert statuses["/api/live/advice/sending/west-1"] == 200
    assert statuses["/api/live/advice/sending/east-1"] == statuses["/api/live/advice/sending/nobody"] == 404


def test_every_route_is_asked_what_it_tells_others(world: Callable[[str], World]) -> None:
    """A new route stands in one of the lists above, or this fails."""
    routes = list_routes(create_live_app(world("one").parts))
    known = {**{path: {"GET", "HEAD"} for path in (*ASKED, *STREAMED)}, **WRITTEN}
    known["/api/live/advice"] = {"GET", "PUT", "HEAD"}
    silent = [
        (method, route.path)
        for route in routes
        if route.path.startswith("/api")
        for method in route.methods
        if method not in known.get(route.path, set())
    ]
    assert silent == [], "say above how it is asked, so that it is seen to tell nothing of others"


def test_what_is_hidden_never_wakes_a_stream(world: Callable[[str], World]) -> None:
    """A stream speaks when what is seen has changed, and every other second: the number that it looks at stands."""
    one = world("one")
    before = one.parts.desks[WEST].number
    one.post([status(1, "e-1", "to_scene", 0, incident="i1"), opened(2, "i1", "A", 59.9, 10.64, 0)], EAST)
    assert one.parts.live.picture.number == 2
    assert one.parts.desks[WEST].number == before
    one.post([status(1, "s-1", "at_station", 0)], WEST)
    assert one.parts.desks[WEST].number == before + 1


def test_the_east_sees_of_the_west_what_is_agreed(world: Callable[[str], World]) -> None:
    one = world("one")
    incident = {**opened(2, "i", "A", 0, 0, 0), "position": SOUTH}
    one.post([status(1, "s-1", "to_scene", 0, incident="i", position=SOUTH), incident], WEST)
    features = json.loads(one.get("/api/live/picture.geojson", EAST)[2])["features"]
    (west,) = [unit for unit in features if unit["id"] == "s-1"]
    assert (west["properties"]["status"], west["properties"]["rounded_m"]) == ("unavailable", 5000.0)
    assert west["geometry"]["coordinates"] != [SOUTH["lon"], SOUTH["lat"]]
    assert [unit["id"] for unit in features if unit["properties"]["what"] == "incident"] == []
    whole = json.loads(one.get("/api/live/picture.geojson", "*")[2])["features"]
    assert [unit["id"] for unit in whole if unit["properties"]["what"] == "incident"] == ["trust-west:i"]


def test_whoever_is_of_no_organisation_sees_nothing_where_there_are_agreements(world: Callable[[str], World]) -> None:
    one = world("one")
    for who in ("", "trust-north"):
        for path in itertools.chain(*(paths for route, paths in ASKED.items() if route.startswith("/api/live/"))):
            if path not in ("/api/live/map", "/api/live/events/schema"):
                assert one.get(path, who)[0] == 403, path
        assert one.put("/api/live/advice", {"on": True}, who)[0] == 403
