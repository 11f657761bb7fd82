"""Webhooks: a target has everything that its organisation sees, in order and signed, whatever happens on the way."""

from __future__ import annotations

import ipaddress
import json
import random
import re
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import text

from beredt.errors import DefinitionError
from beredt.live.known import known_of
from beredt.live.limits import LiveLimits
from beredt.live.live import Live
from beredt.live.sharing.agreement import Agreement, Level
from beredt.live.sharing.viewer import Viewer, viewers_of
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.live.webhooks.address import is_public
from beredt.live.webhooks.courier import Pace
from beredt.live.webhooks.delivery import Poster
from beredt.live.webhooks.outbox import Batch
from beredt.live.webhooks.place import Place, Places
from beredt.live.webhooks.signature import sign
from beredt.live.webhooks.target import Target, parse_secret, read_webhooks
from beredt.live.webhooks.webhooks import Webhooks
from beredt.model.issue import Issue
from beredt.model.read import read_study
from beredt.model.study import Study
from beredt.web.watch.metrics import Metrics
from beredt.web.watch.webhook_metrics import webhook_metrics
from tests.live.feeds import opened, position, status
from tests.live.receiver import KEY, SECRET, Receiver, receiving
from tests.live.serving import Forker, servers
from tests.tiny_study import write_tiny_study

EAST, WEST = "trust-east", "trust-west"
ALL = frozenset({"unit_status", "unit_position", "incident_opened", "incident_closed", "roster_changed"})
QUICK = Pace(first_s=0.01, most_s=0.05, takes_over_after_s=0.5)
FILE = """\
version = 1
takes_over_after_s = 0.5

[[target]]
name = "portal"
url = "{url}"
organisation = "trust-east"
kinds = ["unit_status"]
secret = "portal.secret"
allow_http = true
allow_private = true
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_study(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    found, _ = read_study(folder)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def viewers(study: Study) -> tuple[Viewer, ...]:
    """The east sees the west's units rounded; the west nothing of the east."""
    return viewers_of(study.service, [Agreement(WEST, EAST, Level.ROUNDED, 5_000.0)])


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def begin(tmp_path: Path, study: Study, viewers: tuple[Viewer, ...]) -> Iterator[Callable[..., tuple[Live, Webhooks]]]:
    """Begins servers over one log, without HTTP of their own."""
    made: list[tuple[Live, Webhooks]] = []

    def make(target: Target, **more: Any) -> tuple[Live, Webhooks]:
        engine = open_live_database(tmp_path / "data")
        known = known_of(study, study.service, LiveLimits(horizon_s=1e9))
        live = Live(EventLog(lambda: engine, "tiny"), known, viewers=viewers)
        webhooks = Webhooks(live, engine, viewers, [target], more.pop("pace", QUICK), **more)
        webhooks.start()
        made.append((live, webhooks))
        return made[-1]

    yield make
    for live, webhooks in made:
        webhooks.close()
        live.close()


def target_of(receiver: Receiver, organisation: str = EAST) -> Target:
    return Target("portal", receiver.url, organisation, ALL, (b"\0" * 32, KEY), True, True)


def statuses(first: int, last: int, unit: str = "e-1") -> list[dict[str, Any]]:
    return [status(number, unit, "free", number) for number in range(first, last)]


def test_events_come_in_order_again_after_failures_and_not_to_where_they_are_redirected(
    receiver: Receiver, begin: Callable[..., tuple[Live, Webhooks]]
) -> None:
    receiver.answers = [500, 307, 429]
    live, webhooks = begin(target_of(receiver))
    live.take(statuses(0, 3)).result()
    live.take(statuses(3, 250)).result()  # taken at once, whatever the receiver does
    receiver.wait_for(lambda it: len(it.events) == 250)
    assert [event["number"] for event in receiver.events] == list(range(1, 251))
    assert [event["time"] for event in receiver.events] == sorted(event["time"] for event in receiver.events)
    again = [*receiver.refused, receiver.deliveries[0]]
    assert len({(headers["webhook-id"], body) for headers, body in again}) == 1  # the same, each time
    assert len({event["id"] for event in receiver.events}) == 250
    headers, body = receiver.deliveries[0]
    assert headers["host"] == receiver.url.split("/")[2]
    told = json.loads(body)
    assert (told["study"], told["target"], told["organisation"]) == ("tiny", "portal", EAST)
    first = {key: told["events"][0][key] for key in ("kind", "unit", "status", "source", "time")}
    assert first == {"kind": "unit_status", "unit": "e-1", "status": "free", "source": "cad",
                     "time": "2026-01-05T08:00:00.000Z"}  # fmt: skip
    while (state := webhooks.states()["portal"]).oldest_ms is not None:
        time.sleep(0.01)
    assert (state.holds, state.told, state.failures) == (True, 250, 0)


def test_a_target_is_told_what_its_organisation_sees_and_no_more(
    receiver: Receiver, begin: Callable[..., tuple[Live, Webhooks]]
) -> None:
    live, _ = begin(target_of(receiver))
    south = {"lat": 59.85, "lon": 10.5}
    hidden = {**opened(1, "i1", "A", 0, 0, 0), "position": south}
    live.take([hidden, status(2, "s-1", "to_scene", 1, incident="i1"), position(3, "s-1", 59.85, 10.5, 2)]).result()
    live.take([status(4, "s-1", "at_scene", 3), status(5, "e-1", "free", 4)]).result()
    receiver.wait_for(lambda it: len(it.events) == 3)
    away, place, own = receiver.events
    assert away == {"id": away["id"], "number": 1, "kind": "unit_status", "unit": "s-1", "shared": "rounded",
                    "rounded_m": 5000.0, "status": "unavailable"}  # fmt: skip
    assert place["position"] != south
    assert "time" not in place
    assert own["number"] == 3


def test_what_was_not_noted_is_sent_again_under_the_same_names(
    receiver: Receiver, begin: Callable[..., tuple[Live, Webhooks]], tmp_path: Path
) -> None:
    """A server that loses its last notes, as if the machine had died after a delivery, and one that goes on rightly."""
    live, webhooks = begin(target_of(receiver))
    live.take(statuses(0, 120)).result()
    receiver.wait_for(lambda it: len(it.events) == 120)
    webhooks.close()
    before = list(receiver.events)
    engine = open_live_database(tmp_path / "data")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT place, told, holder FROM live_webhooks")).one() == (120, 120, "")
        connection.execute(text("UPDATE live_webhooks SET place = 100, told = 100"))
    engine.dispose()
    live.take(statuses(120, 130)).result()
    begin(target_of(receiver))
    receiver.wait_for(lambda it: len(it.events) == 150)
    assert receiver.events[120:140] == before[100:]
    assert [event["number"] for event in receiver.events[140:]] == list(range(121, 131))


def test_of_two_servers_one_sends_until_it_is_gone(
    receiver: Receiver, begin: Callable[..., tuple[Live, Webhooks]]
) -> None:
    live, first = begin(target_of(receiver))
    live.take(statuses(0, 1)).result()
    receiver.wait_for(lambda it: len(it.events) == 1)
    other, second = begin(target_of(receiver))
    other.take(statuses(1, 50)).result()
    live.catch_up()
    receiver.wait_for(lambda it: len(it.events) == 50)
    assert (first.states()["portal"].holds, second.states()["portal"].holds) == (True, False)
    first.close()
    other.take(statuses(50, 60)).result()
    receiver.wait_for(lambda it: len(it.events) == 60)
    assert [event["number"] for event in receiver.events] == list(range(1, 61))


def test_a_server_that_is_killed_leaves_nothing_out(forker: Forker, folder: Path, receiver: Receiver,
                                                    tmp_path: Path) -> None:  # fmt: skip
    """Killed while it sends, twice, with a receiver that fails now and then: all are there, in order, none unnamed."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "portal.secret").write_text(SECRET)
    (data / "webhooks.toml").write_text(FILE.format(url=receiver.url))
    receiver.answers = [204, 500, 204, 503] * 2
    with servers(forker, data, folder) as made:
        for turn in range(3):
            made.start()
            for begin in range(0, 100, 20):
                made.post(statuses(100 * turn + begin, 100 * turn + begin + 20))
            if turn < 2:
                receiver.wait_for(lambda it, turn=turn: len(it.events) > 50 * turn)  # type: ignore[misc]
                made.kill()
        receiver.wait_for(lambda it: any(event["number"] == 300 for event in it.events))
    names: dict[str, dict[str, Any]] = {}
    for event in receiver.events:
        assert names.setdefault(event["id"], event) == event  # sent again, it is the same
    assert [event["number"] for event in names.values()] == list(range(1, 301))


def test_the_oldest_that_waits_is_in_the_metrics(begin: Callable[..., tuple[Live, Webhooks]]) -> None:
    nowhere = Target("portal", "http://127.0.0.1:1/", EAST, ALL, (KEY,), allow_http=True)
    live, webhooks = begin(nowhere)
    live.take(statuses(0, 1)).result()
    while not webhooks.states()["portal"].failures:
        time.sleep(0.01)
    assert "allow_private" in webhooks.states()["portal"].why
    metrics = Metrics()
    metrics.add(webhook_metrics(webhooks, lambda: live.clock() + 60))
    found = metrics.text().decode()
    assert 'beredt_live_webhook_events_total{target="portal"} 0.0' in found
    (age,) = [line for line in found.splitlines() if line.startswith('beredt_live_webhook_oldest_seconds{target="p')]
    assert 60 <= float(age.split()[-1]) < 80
    assert webhooks.are_working()


def test_what_is_checked_is_what_is_connected_to(receiver: Receiver) -> None:
    """A name that leads elsewhere at a second look is looked up once; the receiver is asked by its name."""
    looked: list[str] = []

    def look_up(host: str, port: int) -> list[str]:
        looked.append(host)
        return ["127.0.0.1"] if len(looked) == 1 else ["192.0.2.1"]

    port = receiver.url.split(":")[2].split("/")[0]
    target = replace(target_of(receiver), url=f"http://portal.example:{port}/hook")
    batch = Batch("a", 1, b'{"events":[]}', Place(1, 1))
    with Poster(target, look_up=look_up) as poster:
        assert poster.post(batch).taken
    assert looked == ["portal.example"]
    assert receiver.deliveries[0][0]["host"] == f"portal.example:{port}"
    for refused in (["10.0.0.7"], ["93.184.215.14", "127.0.0.1"], ["::ffff:127.0.0.1"], ["169.254.169.254"]):
        with Poster(replace(target, allow_private=False), look_up=lambda *_, all_of=refused: all_of) as poster:
            assert "private" in poster.post(batch).why
    assert len(receiver.deliveries) == 1


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of portal.example, with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("portal.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = tmp_path / "portal.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, form, plain)
    )
    return path


def test_a_certificate_is_that_of_the_name_and_not_of_the_address(certificate: Path) -> None:
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(certificate)
    believed = ssl.create_default_context(cafile=str(certificate))
    with receiving(shown) as receiver:
        port = receiver.url.split(":")[2].split("/")[0]
        for name, taken in (("portal.example", True), ("other.example", False)):
            target = Target("portal", f"https://{name}:{port}/hook", EAST, ALL, (KEY,), allow_private=True)
            with Poster(target, look_up=lambda *_: ["127.0.0.1"], tls=believed) as poster:
                assert poster.post(Batch("a", 1, b'{"events":[]}', Place(1, 1))).taken is taken
        assert len(receiver.deliveries) == 1


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.215.14", True), ("2606:2800:21f:cb07::1", True), ("0.0.0.0", False), ("100.64.0.1", False),
     ("192.168.1.1", False), ("224.0.0.1", False), ("::1", False), ("fe80::1", False), ("fd00::1", False),
     ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False), ("2002:a00:1::", False), ("255.255.255.255", False)],
)  # fmt: skip
def test_addresses_that_the_internet_does_not_know(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def test_a_signature_is_that_of_the_published_example() -> None:
    """The example of the documentation of Standard Webhooks' libraries."""
    secret = parse_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    found = sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', [secret])
    assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_receiver_written_as_documented_knows_what_is_ours_and_new(root: Path) -> None:
    page = (root / "docs" / "how-to" / "webhooks.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    there: dict[str, Any] = {}
    exec(code, there)
    body, now = b'{"events":[]}', int(time.time())
    for at, said, secrets, right in (
        (now, body, [b"0" * 32, KEY], True),
        (now, body + b" ", [KEY], False),
        (now, body, [b"0" * 32], False),
        (now - 301, body, [KEY], False),
    ):
        assert there["is_ours"](sign("a", at, said, secrets), body, SECRET) is right


def test_the_file_of_the_documentation_is_read(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "how-to" / "webhooks.md").read_text(encoding="utf-8")
    (toml,) = re.findall(r"^```toml\n(.*?)^```", page, re.M | re.S)
    (tmp_path / "webhooks.toml").write_text(toml)
    (tmp_path / "portal.secret").write_text(SECRET)
    (target,) = read_webhooks(tmp_path / "webhooks.toml", {EAST, WEST}).targets
    assert (target.allow_http, target.allow_private, target.secrets) == (False, False, (KEY,))


def test_pauses_grow_to_a_limit_and_are_never_the_same() -> None:
    pace, draw = Pace(), random.Random(1)
    pauses = [pace.pause_s(failures, draw) for failures in (1, 2, 3, 9, 10, 5_000)]
    assert all(low <= found <= high for found, (low, high) in zip(
        pauses, [(0.5, 1), (1, 2), (2, 4), (128, 256), (150, 300), (150, 300)], strict=True))  # fmt: skip
    assert len(set(pauses)) == 6


def test_a_file_is_refused_with_all_its_faults_and_without_its_secrets(tmp_path: Path) -> None:
    path, secret = tmp_path / "webhooks.toml", tmp_path / "portal.secret"
    secret.write_text(f"{SECRET}\n{SECRET}")
    path.write_text(FILE.format(url="https://portal.example/x"))
    rules = read_webhooks(path, {EAST, WEST})
    assert (rules.targets[0].secrets, rules.takes_over_after_s) == ((KEY, KEY), 0.5)
    assert "0123" not in repr(rules)
    secret.write_text("hunter2hunter2")
    path.write_text(FILE.format(url="http://u:hunter2@portal.example/").replace("allow_http = true", "").replace(
        "trust-east", "nobody"))  # fmt: skip
    with pytest.raises(DefinitionError) as caught:
        read_webhooks(path, {EAST, WEST})
    assert [one.field for one in caught.value.issues if isinstance(one, Issue)] == [
        "target.0.organisation",
        "target.0.url",
        "target.0.secret",
    ]
    assert "hunter2" not in str(caught.value) + repr(caught.value.issues)
    path.write_text(FILE.format(url="https://portal.example/x").replace("unit_status", "patient"))
    with pytest.raises(DefinitionError):
        read_webhooks(path, {EAST})


def test_places_are_held_by_one_and_never_by_two(tmp_path: Path) -> None:
    engine = open_live_database(tmp_path)
    check_places(Places(engine, "tiny", "one"), Places(engine, "tiny", "other"))
    engine.dispose()


def check_places(one: Places, other: Places) -> None:
    """What both kinds of databases do."""
    for places in (one, other):
        places.begin("portal", 7)
    assert one.hold("portal", 1_000, 2_000) == Place(7, 0)
    assert other.hold("portal", 1_500, 9_000) is None
    assert one.move("portal", Place(9, 1), 3_000)
    assert other.hold("portal", 3_001, 9_000) == Place(9, 1)
    assert not one.move("portal", Place(8, 1), 4_000)
    other.let_go("portal")
    one.begin("portal", 99)
    assert one.hold("portal", 1, 2) == Place(9, 1)
