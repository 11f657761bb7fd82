"""A folder, a polled address, a real broker: everything arrives, faults are kept with why, kills lose nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.errors import LiveStoreError, OptionError
from beredt.live.connect import delivery as delivering
from beredt.live.connect.delivery import Delivery
from beredt.live.connect.go_on import Happened, from_address, from_broker, from_folder
from beredt.live.connect.mqtt import read_broker
from beredt.live.connect.poll import Poll
from beredt.live.events.adapter import read_adapter
from tests.live.feeds import BEGIN

GEOJSON = """\
version = 1
source = "cad"
events = "features"
kind = { always = "unit_status" }
clock = { form = "seconds" }

[fields]
id = ["properties.car", "properties.at"]
time = "properties.at"
unit = "properties.car"
status = "properties.code"
lon = "geometry.coordinates.0"
lat = "geometry.coordinates.1"

[status]
3 = "to_scene"
"""
FLAT = """\
version = 1
source = "cad"
kind = { always = "unit_status" }
fields = { id = "id", time = "time", unit = "unit", status = "status" }
"""
NOW = BEGIN.timestamp() + 100
LINE = {"id": "1", "time": BEGIN.isoformat(), "unit": "e-1", "status": "free"}


class Server:
    """What a live server would do with batches: it knows events again, and refuses those without a status."""

    def __init__(self) -> None:
        self.there: dict[str, dict[str, Any]] = {}
        self.is_refusing = False

    def post(self, url: str, batch: list[dict[str, Any]], *rest: Any, **options: Any) -> dict[str, Any]:
        if self.is_refusing:
            raise LiveStoreError("a wrong key")
        told: dict[str, Any] = {"taken": 0, "doubled": 0, "refused": [], "noted": []}
        for at, event in enumerate(batch):
            if "status" not in event:
                told["refused"].append({"at": at, "id": event["id"], "rule": "malformed", "message": "status"})
            else:
                told["doubled" if event["id"] in self.there else "taken"] += 1
                if event["status"].isdecimal():
                    told["noted"].append({"at": at, "id": event["id"], "rule": "unknown_status", "message": "kept"})
                self.there[event["id"]] = event
        return told


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    monkeypatch.setattr(delivering, "post", made.post)
    return made


def delivery(folder: Path, adapter: str) -> Delivery:
    path = folder / "adapter.toml"
    path.write_text(adapter)
    return Delivery("http://127.0.0.1:1", None, read_adapter(path), lambda _: None, lambda: NOW)


def features(*after_s: int) -> bytes:
    """Units with codes, as GeoJSON."""
    told = [
        {
            "type": "Feature",
            "geometry": {"coordinates": [10.5, 59.8]},
            "properties": {"car": "e-1", "at": BEGIN.timestamp() + one, "code": 3},
        }
        for one in after_s
    ]
    return json.dumps({"features": told}).encode()


def drop(folder: Path, name: str, text: str, age_s: float = 60.0) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    os.utime(folder / name, (NOW - age_s, NOW - age_s))


def names(folder: Path) -> list[str]:
    return sorted(path.name.split("-", 3)[-1] for path in folder.iterdir() if path.is_file())


def test_files_are_sent_once_and_moved(tmp_path: Path, server: Server) -> None:
    box, flat = tmp_path / "box", delivery(tmp_path, FLAT)
    drop(box, "b.jsonl", f"{json.dumps(LINE)}\n\n{json.dumps({**LINE, 'id': '2'})}\n", age_s=50)
    drop(box, "a.csv", f"id;time;unit;status\n3;{BEGIN.isoformat()};e-1;free\n", age_s=70)
    drop(box, "some.json", json.dumps([LINE, {**LINE, "id": "4", "status": None}]))
    drop(box, "broken.json", "{")
    drop(box, "short.csv", "id,time\n5\n")
    drop(box, "new.json", json.dumps([LINE]), age_s=0.2)
    drop(box, "unfinished.part", "x")
    drop(box, ".hidden.json", "x")
    happened = {one.name: one for one in from_folder(box, flat, once=True)}
    assert next(iter(happened)) == "a.csv"  # the oldest comes first
    assert sorted(server.there) == ["1", "2", "3"]
    assert happened["b.jsonl"].delivered.newest_age_s == 100
    assert "newest datum 100 s old" in happened["b.jsonl"].delivered.line()
    assert names(box) == [".hidden.json", "new.json", "unfinished.part"]
    assert names(box / "done") == ["a.csv", "b.jsonl"]
    bad = ("some.json", "broken.json", "short.csv")
    assert names(box / "faulty") == sorted(f"{one}{end}" for one in bad for end in ("", ".why.txt"))
    (why,) = (path for path in (box / "faulty").iterdir() if path.name.endswith("some.json.why.txt"))
    assert [(one["at"], one["id"]) for one in json.loads(why.read_text())] == [(1, "4")]
    assert list((box / "claimed").iterdir()) == []
    assert list(from_folder(box, flat, once=True)) == []


def test_what_a_killed_one_had_claimed_is_sent_by_the_next(tmp_path: Path, server: Server) -> None:
    """A file that a living process holds is left to it; when that is killed, the next round takes the file over."""
    box, flat = tmp_path / "box", delivery(tmp_path, FLAT)
    drop(box, "a.json", json.dumps([LINE]))
    server.is_refusing = True
    with pytest.raises(LiveStoreError, match="wrong key"):
        list(from_folder(box, flat, once=True))
    (claimed,) = (box / "claimed").iterdir()
    server.is_refusing = False
    code = (
        "import fcntl, sys, time; f = open(sys.argv[1]); fcntl.flock(f, 2); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-S", "-c", code, str(claimed)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert list(from_folder(box, flat, once=True)) == []
        holder.send_signal(signal.SIGKILL)
    assert [one.name for one in from_folder(box, flat, once=True)] == ["a.json"]
    assert list(server.there) == ["1"]


class Answers(BaseHTTPRequestHandler):
    """An address that plays through `script`."""

    script: ClassVar[list[tuple[int, dict[str, str], bytes]]] = []
    asked: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append({name.lower(): value for name, value in self.headers.items()})
        status, headers, body = self.script.pop(0)
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def address() -> Iterator[str]:
    Answers.asked.clear()
    with HTTPServer(("127.0.0.1", 0), Answers) as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_address[1]}/units.geojson"
        made.shutdown()


def test_an_address_is_asked_for_what_is_new_and_less_often_while_it_fails(
    address: str, server: Server, tmp_path: Path
) -> None:
    body = features(60, 90)
    Answers.script[:] = [
        (200, {"etag": '"1"'}, body),
        (304, {}, b""),
        (500, {}, b""),
        (503, {"retry-after": "77"}, b""),
        (200, {"etag": '"2"'}, b"<html>"),
        (200, {"etag": '"3"'}, body),
    ]
    poll, way = Poll(address, 10.0, {"x-key": "s"}), delivery(tmp_path, GEOJSON)
    found, pauses = list[Happened](), list[float]()
    for _ in range(6):
        found += from_address(poll, way, once=True)
        pauses.append(poll.pause_s)
    assert pauses == [10, 10, 20, 77, 80, 10]
    assert [one.get("if-none-match") for one in Answers.asked] == [None, *['"1"'] * 5]
    assert {one["x-key"] for one in Answers.asked} == {"s"}
    told = [(one.delivered.taken, one.delivered.doubled, bool(one.why)) for one in found]
    assert told == [(2, 0, False), (0, 0, True), (0, 0, True), (0, 0, True), (0, 2, False)]
    assert found[0].delivered.newest_age_s == 10
    event = server.there[f"e-1|{BEGIN.timestamp() + 90}"]
    assert (event["position"], event["status"]) == ({"lat": 59.8, "lon": 10.5}, "to_scene")
    with pytest.raises(OptionError, match="only http"):
        Poll("file:///etc/passwd", 10.0, {})


def test_what_could_not_be_delivered_is_asked_for_anew(address: str, server: Server, tmp_path: Path) -> None:
    Answers.script[:] = [(200, {"etag": '"1"'}, features(60))] * 2
    poll, way = Poll(address, 10.0, {}), delivery(tmp_path, GEOJSON)
    server.is_refusing = True
    with pytest.raises(LiveStoreError, match="wrong key"):
        list(from_address(poll, way, once=True))
    server.is_refusing = False
    (told,) = from_address(poll, way, once=True)
    assert told.delivered.taken == 1
    assert "if-none-match" not in Answers.asked[1]


@contextmanager
def running_broker(folder: Path) -> Iterator[int]:
    """A broker of one's own, mosquitto; gives its port. Skips the test where there is none."""
    program = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("no mosquitto on this machine (Debian: apt-get install mosquitto)")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    settings = folder / "mosquitto.conf"
    settings.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
    with subprocess.Popen([program, "-c", str(settings)], stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(500):
                with socket.socket() as knocking:
                    if knocking.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.02)
            yield port
        finally:
            process.kill()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[int]:
    with running_broker(tmp_path) as port:
        yield port


def publish(port: int, *payloads: bytes) -> None:
    from paho.mqtt.client import Client
    from paho.mqtt.enums import CallbackAPIVersion

    client = Client(CallbackAPIVersion.VERSION2)
    client.connect("127.0.0.1", port)
    client.loop_start()
    for payload in payloads:
        client.publish("cad/units", payload, qos=1).wait_for_publish(20)
    client.disconnect()
    client.loop_stop()


class Listener:
    """Listens to a broker until it has heard so many messages; does something as soon as it is connected."""

    def __init__(self, port: int, way: Delivery, faulty: Path) -> None:
        self._port, self._way, self._faulty = port, way, faulty

    def listen(self, messages: int, when_connected: Callable[[], None]) -> list[Happened]:
        said, found, begun, deadline = list[str](), list[Happened](), list[bool](), time.monotonic() + 60

        def is_done() -> bool:
            assert time.monotonic() < deadline, said
            if not begun and any("listening" in line for line in said):
                begun.append(True)
                when_connected()
            return len(found) >= messages

        whom = read_broker(f"mqtt://127.0.0.1:{self._port}")
        for one in from_broker(whom, "cad/#", "test", None, self._faulty, self._way, said.append, is_done):
            found.append(one)
        return found


def test_messages_of_a_real_broker_arrive_also_those_that_came_while_nobody_listened(
    broker: int, server: Server, tmp_path: Path
) -> None:
    """The first listener goes with a message in its hands, not acknowledged: the broker has it for the next one."""
    listener = Listener(broker, delivery(tmp_path, GEOJSON), tmp_path / "faulty")
    server.is_refusing = True
    with pytest.raises(LiveStoreError, match="wrong key"):
        listener.listen(1, lambda: publish(broker, features(1)))
    publish(broker, features(2), b"no json")
    server.is_refusing = False
    found = listener.listen(4, lambda: publish(broker, features(3)))
    assert len(server.there) == 3
    assert {one.name for one in found} == {"cad/units"}
    assert [bool(one.why) for one in found].count(True) == 1
    (kept,) = (tmp_path / "faulty").glob("*.message")
    assert kept.read_bytes() == b"no json"


@pytest.mark.parametrize("text", ["http://x", "mqtt://", "mqtt://a:secret@b", "mqtts://x:y", "mqtt://x/topic"])
def test_what_is_no_broker_is_refused_without_telling_a_password(text: str) -> None:
    assert read_broker("mqtts://cad@broker.example.no") == ("broker.example.no", 8883, True, "cad")
    with pytest.raises(OptionError) as refused:
        read_broker(text)
    assert "secret" not in str(refused.value)


def test_the_command_line_takes_one_place_where_events_are(tmp_path: Path, server: Server) -> None:
    adapter = tmp_path / "flat.toml"
    adapter.write_text(FLAT)
    drop(tmp_path / "box", "a.json", json.dumps([LINE]))
    begin = ["live", "connect", str(adapter), "--folder", str(tmp_path / "box")]
    answer = CliRunner().invoke(build_app(), [*begin, "--once", "--json"])
    assert answer.exit_code == 0, answer.stderr
    assert json.loads(answer.stdout) == {"deliveries": 1, "taken": 1, "doubled": 0, "refused": 0, "faulty": 0}
    assert CliRunner().invoke(build_app(), [*begin, "--poll", "http://x"]).exit_code == 2
    lines = [{**LINE, "id": str(at), "status": code} for at, code in enumerate(("44", "9", "44"))]
    drop(tmp_path / "box", "b.json", json.dumps([*lines, {**LINE, "id": "x", "status": None}]))
    said = CliRunner().invoke(build_app(), [*begin, "--once"]).stderr
    assert said.count("\n") == 1
    assert "3 unknown_status (44, 9)" in said  # what is to be added to the status map
    assert "refused was number 4 (x): status" in said


def test_an_empty_cell_of_a_table_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    fields = (
        'fields = { id = "id", time = "time", unit = "unit", status = "status", sequence = "n", lat = "y", lon = "x" }'
    )
    path.write_text("\n".join(line for line in FLAT.splitlines() if not line.startswith("fields")) + f"\n{fields}\n")
    row = {"id": "1", "time": BEGIN.isoformat(), "unit": "e-1", "status": "free", "n": "12", "y": "", "x": ""}
    (event,) = read_adapter(path).translate(row)
    assert "position" not in event
    assert event["sequence"] == 12
    (event,) = read_adapter(path).translate({**row, "n": "", "y": "59.9", "x": "10.6"})
    assert "sequence" not in event
    assert event["position"] == {"lat": 59.9, "lon": 10.6}


def test_an_id_of_several_fields_does_without_those_that_a_row_lacks(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(FLAT.replace('id = "id"', 'id = ["unit", "job", "time"]'))
    row = {"time": BEGIN.isoformat(), "unit": "e-1", "status": "free"}
    same = [read_adapter(path).translate(one)[0]["id"] for one in (row, {**row, "job": None}, {**row, "job": ""})]
    assert same == [f"e-1||{BEGIN.isoformat()}"] * 3
    assert "id" not in read_adapter(path).translate({"status": "free"})[0]
