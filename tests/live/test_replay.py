"""Replays: three incidents by hand, simulated days in which the dispatcher is the rule, a live log, wrong inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from beredt.dispatch.world import SPEED_RETURN
from beredt.errors import OptionError
from beredt.live.ground.ground import Ground, make_ground
from beredt.live.ground.where import Where, home_of
from beredt.live.live import Live
from beredt.live.replay.answer import ReplayAnswer, replay_log
from beredt.live.replay.beside import Beside, Replayed
from beredt.live.replay.cause import CHOICE, NO_PLACE, NOT_TOLD, ON_A_MISSION, ON_THE_ROAD, RECKONED_PLACE
from beredt.live.replay.past import Stretch
from beredt.live.replay.reckoned_drive import reckon_drive
from beredt.live.replay.sums import sums_of
from beredt.live.replay.tables import replay_tables, write_replay_tables
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.missions.schema import INCIDENTS, MISSIONS
from beredt.missions.store import write_store
from beredt.missions.store_info import StoreInfo
from beredt.model.dictionary import load_fields
from beredt.model.read import read_study
from beredt.report.replay.write_pages import write_replay_pages
from beredt.simulation.simulate_study import simulate_study
from beredt.simulation.study_roads import load_or_build_roads
from tests.live.feeds import BEGIN, KNOWN, opened, position, status
from tests.tiny_study import write_tiny_study

DAY = Stretch(date(2026, 1, 5), 1)
E1, W1 = (59.900, 10.640), (59.900, 10.530)
MORNING = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)  # ten o'clock on the wall
STAMPS = ("alerted_t", "rolling_t", "scene_t", "leave_t", "dest_t", "free_t")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    study, _ = read_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))
    assert study is not None
    made = make_ground(study, study.service, load_or_build_roads(study, services=[study.service]))
    relocation = replace(study.service.relocation, rule="home")  # so that stations are where units wait
    return replace(made, service=replace(made.service, relocation=relocation))


def mission(incident: int, unit: str, urgency: str, place: tuple[float, float] | None, *minutes: float | None) -> Any:
    """A row: minutes after ten of the stamps."""
    stamps = {name: None if at is None else MORNING + timedelta(minutes=at) for name, at in
              zip(STAMPS, minutes, strict=True)}  # fmt: skip
    lat, lon = place or (None, None)
    call_t = stamps["alerted_t"]
    return {"incident": incident, "unit": unit, "urgency": urgency, "lat": lat, "lon": lon, "call_t": call_t,
            "planned": False, "cancelled": False, **stamps}  # fmt: skip


def store_of(folder: Path, rows: Sequence[dict[str, Any]], zone: str = "Europe/Oslo") -> Path:
    empty = {name: "" if kind == pl.Categorical else None for name, kind in MISSIONS.items()}
    numbers = {"source": 0, "part": 0, "marks": 0}
    whole = [{**empty, **numbers, "row_id": n, "row": n, **row} for n, row in enumerate(rows)]
    table = pl.DataFrame(whole, schema=MISSIONS)
    info = StoreInfo("made up", "0", zone, "EPSG:4326")
    write_store(folder, missions=table, incidents=pl.DataFrame(schema=INCIDENTS), info=info)
    return folder


def run(path: Path, ground: Ground, stretch: Stretch | None = DAY) -> ReplayAnswer:
    return replay_log(path, ground, stretch, lambda at_ms: None)


STORY = (
    mission(1, "e-1", "A", E1, 0, 1.5, 6, None, None, 40),
    mission(2, "w-1", "H", E1, 10, 12, 25, None, None, 50),
    mission(3, "e-2", "A", None, 30, 31, 38, None, None, 70),
)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, ground: Ground) -> ReplayAnswer:
    return run(store_of(tmp_path_factory.mktemp("log") / "store", STORY), ground)


def test_a_day_of_three_incidents_by_hand(ground: Ground, story: ReplayAnswer) -> None:
    """The first is sent as advised, the second not, the third has no place."""
    first, second = story.found.incidents
    assert (first.unit, first.advised, first.agreed, first.difference_s) == ("e-1", "e-1", True, 0.0)
    assert first.stamped_s == 360.0
    assert (second.unit, second.advised, second.agreed, second.deed) == ("w-1", "e-2", False, "send")
    net = ground.roads.network
    scene = net.index_of("area:e1")

    def drive_s(station: str) -> float:
        at = net.index_of(f"station:{station}")
        return 0.9 * float(net.leg_s[at] + net.seconds[scene, at] + net.leg_s[scene])

    # An urgent mission: 122 s to roll from a station, ordinary driving times 0.9.
    assert second.sent_s == pytest.approx(122 + drive_s("st-west"), abs=0.01)
    assert second.advised_s == pytest.approx(122 + drive_s("st-east"), abs=0.01)
    assert second.difference_s == pytest.approx(drive_s("st-east") - drive_s("st-west"), abs=0.01)
    assert not second.reckoned_place
    assert (first.cause, second.cause) == ("", CHOICE)
    assert story.causes == {CHOICE: 1}
    assert story.left_out == {"no_place": 1}
    whole = story.sums[0]
    assert (whole.incidents, whole.agreed.value, whole.sooner, whole.later) == (2, 0.5, 1, 0)
    assert whole.difference.value == pytest.approx((second.difference_s or 0.0) / 2)
    assert whole.difference.low is None  # one day has no interval
    assert whole.error.value == pytest.approx(((360 - (first.sent_s or 0)) + (900 - (second.sent_s or 0))) / 2)


def test_a_unit_on_its_way_home_is_reckoned_to_be_on_the_road(tmp_path: Path, ground: Ground) -> None:
    """Sent a minute after it was free, it is met on the road; half an hour later, at its station."""
    away = mission(1, "w-1", "A", E1, 0, 1, 12, None, None, 30)
    soon, later = (mission(2, "w-1", "A", W1, at, at + 1, at + 13, None, None, at + 20) for at in (31, 61))
    (_, met), (_, home) = (run(store_of(tmp_path / name, (away, row)), ground).found.incidents
                           for name, row in (("soon", soon), ("later", later)))  # fmt: skip
    assert (met.unit, met.reckoned_place) == ("w-1", True)
    assert (home.unit, home.reckoned_place) == ("w-1", False)
    net, number = ground.roads.network, ground.unit_index["w-1"]
    at = net.index_of("station:st-west")
    drive_s = 0.8 * float(net.leg_s[at] + net.seconds[net.index_of("area:w1"), at] + net.leg_s[net.index_of("area:w1")])
    assert home.sent_s == pytest.approx(88 + drive_s, abs=0.01)
    begin = Where(net.index_of("area:e1"), 0.0, False, 0.0)
    drive = reckon_drive(ground, begin, home_of(ground, number), SPEED_RETURN, 0, 10**9)
    assert drive.arrive_ms == round(1000 * float(net.seconds[at, begin.node] + net.leg_s[at]))
    longitudes = [drive.place(at_ms)[1] for at_ms in range(0, drive.arrive_ms, 10_000)]
    assert longitudes == sorted(longitudes, reverse=True)
    assert drive.place(0) == pytest.approx(E1, abs=0.001)
    assert drive.place(drive.arrive_ms) == pytest.approx((net.lat[at], net.lon[at]), abs=0.001)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory, ground: Ground) -> ReplayAnswer:
    path = tmp_path_factory.mktemp("simulated") / "store"
    simulate_study(ground.study, alternative=None, replications=1, jobs=1, out=None, progress=lambda *_: None,
                   relocation="none", store=path)  # fmt: skip
    return run(path, ground, Stretch(date(2026, 1, 6), 5))


def test_a_dispatcher_who_is_the_rule_is_always_agreed_with(simulated: ReplayAnswer) -> None:
    """Where no place had to be reckoned. Where one had, a unit's own pace home is not in the log, and may decide."""
    told = [one for one in simulated.found.incidents if not one.reckoned_place]
    assert len(told) > 20
    assert [one for one in told if not one.agreed] == []
    assert sum(not one.agreed for one in simulated.found.incidents) <= 0.1 * len(simulated.found.incidents)


def test_days_are_drawn_as_wholes() -> None:
    """Ten days of one incident each, half of them 60 s sooner: half a minute, and the interval of ten coins."""
    begin = round(datetime(2026, 1, 5, 12, tzinfo=UTC).timestamp() * 1000)
    rows = tuple(
        Beside(f"i{n}", begin + n * 86_400_000, "A", "e-1", ("e-1",), None, "send", "e-2", "nearest", False, 0.0, 60.0,
               -60.0 if n % 2 else 0.0, "", False, "choice")
        for n in range(10)
    )  # fmt: skip
    figure = sums_of(Replayed(rows, ()))[0].difference
    assert figure.value == -30.0
    assert (figure.low, figure.high) == (-48.0, -12.0)  # 2 and 8 of 10: the binomial's 2.5 % and 97.5 %
    every_same = tuple(rows[1] for _ in range(5)) + tuple(rows[3] for _ in range(5))
    same = sums_of(Replayed(every_same, ()))[0].difference
    assert (same.value, same.low, same.high) == (-60.0, -60.0, -60.0)


def logged(folder: Path, ground: Ground, feed: Sequence[dict[str, Any]]) -> Path:
    """The data folder of a server that was told of a feed as it happened."""
    log = EventLog(lambda: open_live_database(folder), ground.study.settings.study.id)
    now = [BEGIN.timestamp()]
    live = Live(log, KNOWN, None, lambda: now[0])
    for event in feed:
        now[0] = datetime.fromisoformat(event["time"]).timestamp()
        live.take([event]).result()
    live.close()
    return folder


def test_a_live_log_is_replayed_as_it_came(tmp_path: Path, ground: Ground) -> None:
    """The nearest free unit is said to be two streets away; the one at the far station is sent."""
    feed = [
        status(1, "e-1", "free", 0),
        position(2, "e-1", *E1, 0.0),
        status(3, "w-1", "at_station", 0),
        opened(4, "new", "A", *E1, 30),
        status(5, "w-1", "mobilising", 60, incident="new"),
        status(6, "w-1", "at_scene", 660, incident="new"),
    ]
    answer = run(logged(tmp_path, ground, feed), ground)
    (one,) = answer.found.incidents
    assert (one.unit, one.advised, one.agreed, one.stamped_s) == ("w-1", "e-1", False, 600.0)
    assert answer.places_told
    assert (one.difference_s or 0.0) < -60
    with pytest.raises(OptionError, match="no unit was sent"):
        run(tmp_path, ground, Stretch(date(2026, 1, 7), 1))


CAUSES = {
    NO_PLACE: [status(1, "w-1", "returning", 0)],
    NOT_TOLD: [],
    ON_A_MISSION: [status(1, "w-1", "at_hospital", 0, incident="old")],
    ON_THE_ROAD: [status(1, "w-1", "returning", 0), position(2, "w-1", *W1, 40)],
    CHOICE: [status(1, "w-1", "at_station", 0)],
}


@pytest.mark.parametrize("cause", CAUSES)
def test_every_other_advice_has_its_cause(cause: str, tmp_path: Path, ground: Ground) -> None:
    """A unit stands beside the scene, and another is sent, of which more or less is known."""
    feed = [
        *CAUSES[cause],
        status(3, "e-1", "at_station", 1),
        opened(4, "new", "A", *E1, 30),
        status(5, "w-1", "mobilising", 60, incident="new"),
    ]
    answer = run(logged(tmp_path, ground, feed), ground)
    (one,) = answer.found.incidents
    assert (one.unit, one.advised, one.cause) == ("w-1", "e-1", cause)
    assert answer.as_json()["causes"] == {cause: 1}


def test_where_units_may_wait_elsewhere_their_station_is_only_reckoned(tmp_path: Path, ground: Ground) -> None:
    """The study lets units be moved: a log of stamps does not tell whether one was."""
    relocation = replace(ground.service.relocation, rule="dmexclp")
    moved = replace(ground, service=replace(ground.service, relocation=relocation))
    answer = run(store_of(tmp_path / "store", STORY[:2]), moved)
    assert answer.causes == {RECKONED_PLACE: 1}
    assert all(one.reckoned_place for one in answer.found.incidents)


def test_what_cannot_be_replayed_is_told(tmp_path: Path, ground: Ground) -> None:
    with pytest.raises(OptionError, match=r"from 2026-01-05 to 2026-01-05; name a day"):
        run(store_of(tmp_path / "a", STORY), ground, Stretch(date(2026, 3, 1), 1))
    stranger = mission(1, "x-9", "A", E1, 0, 1, 6, None, None, 40)
    with pytest.raises(OptionError, match=r"none of the log's units \(x-9"):
        run(store_of(tmp_path / "b", (stranger,)), ground)
    with pytest.raises(OptionError, match="no incident of these days has a place"):
        run(store_of(tmp_path / "c", (STORY[2],)), ground)
    with pytest.raises(OptionError, match="neither a store of missions nor a live log"):
        run(tmp_path, ground)
    mixed = run(store_of(tmp_path / "d", (*STORY, {**stranger, "incident": 4})), ground)
    assert mixed.left_out == {"no_place": 1, "unit_not_in_the_study": 1}
    assert mixed.noted == {"missions_of_units_not_in_the_study": 1}


def test_tables_and_pages_say_what_was_found(tmp_path: Path, story: ReplayAnswer) -> None:
    tables = replay_tables(story.found, story.sums)
    write_replay_tables(tables, tmp_path)
    for name, table in tables.items():
        assert table.columns == [field.name for field in load_fields(f"replay/{name}")]
        assert (tmp_path / "dictionary" / f"{name}.csv").is_file()
    assert pl.read_parquet(tmp_path / "replay_incidents.parquet")["agreed"].to_list() == [True, False]
    pages = write_replay_pages(story, tmp_path)
    assert [page.name for page in pages] == ["replay.html", "replay.nb.html", "replay.nn.html"]
    text = pages[0].read_text(encoding="utf-8")
    assert "the advice was another than what was done: 1." in text
    assert "not for publication" in text
    assert "nearest free unit" in text
    assert "with the greatest difference" not in text
    (differing,) = [one for one in story.found.incidents if not one.agreed]
    many = [replace(differing, incident=f"i-{n}", difference_s=-float(n)) for n in range(1, 131)]
    told = replace(story, found=replace(story.found, incidents=tuple(many)))
    weeks = write_replay_pages(told, tmp_path / "weeks")[0].read_text(encoding="utf-8")
    assert "Shown are the 100 with the greatest difference" in weeks
    assert ">i-31<" in weeks
    assert ">i-30<" not in weeks
