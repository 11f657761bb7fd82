"""A broker of MQTT: messages are acknowledged to it only when the live server has acknowledged their events.

The session at the broker stays when this program ends: what is published meanwhile (QoS 1) is sent when it comes again.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from beredt.errors import OptionError

if TYPE_CHECKING:
    from paho.mqtt.client import Client

PORTS = {"mqtt": 1883, "mqtts": 8883}
KEEPS_ALIVE_S = 30
MOST_WAITING = 1_000
"""Messages that are here and not acknowledged; the broker keeps the others."""


class Broker(NamedTuple):
    """Where a broker is: `user` None for nobody."""

    host: str
    port: int
    tls: bool
    user: str | None


class Message(NamedTuple):
    """A message, and how the broker is told that it has arrived for good."""

    topic: str
    payload: bytes
    acknowledge: Callable[[], object]


def read_broker(text: str) -> Broker:
    """A broker of mqtt://[USER@]HOST[:PORT], or mqtts:// with TLS. Raises OptionError."""
    remedy = "write it as mqtts://user@broker.example.no:8883"
    try:
        found = urlsplit(text)
        port = found.port
    except ValueError:
        raise OptionError("--mqtt", text, "that is no address", remedy) from None
    if found.scheme not in PORTS or not found.hostname or found.path.strip("/"):
        raise OptionError("--mqtt", text, "that is no address of a broker", remedy)
    if found.password is not None:
        raise OptionError("--mqtt", "…", "every user of this machine can read a password there", "use --password-file")
    return Broker(found.hostname, port or PORTS[found.scheme], found.scheme == "mqtts", found.username)


@contextmanager
def listening(
    broker: Broker, topic: str, client_id: str, password: str | None, say: Callable[[str], None]
) -> Iterator[queue.SimpleQueue[Message]]:
    """Messages of a topic as they come, for the length of a ``with`` block. A lost broker is sought again for ever.

    Args:
        broker: where it is.
        topic: filter, such as `cad/#`.
        client_id: by which the broker knows this program again.
        password: of the user.
        say: told what happens to the line.

    Raises:
        OptionError: the broker refuses us, or the library is not installed.
    """
    try:
        from paho.mqtt.client import Client, MQTTv311
        from paho.mqtt.enums import CallbackAPIVersion
    except ImportError:
        remedy = "install Beredt with its extra: pip install 'beredt[mqtt]'"
        raise OptionError("--mqtt", broker.host, "the library paho-mqtt is not installed", remedy) from None
    messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
    client = Client(
        CallbackAPIVersion.VERSION2, client_id=client_id, clean_session=False, protocol=MQTTv311, manual_ack=True
    )
    client.max_inflight_messages_set(MOST_WAITING)
    if broker.user is not None:
        client.username_pw_set(broker.user, password)
    if broker.tls:
        client.tls_set()
    _listen(client, topic, messages, say)
    client.connect_async(broker.host, broker.port, KEEPS_ALIVE_S)
    client.loop_start()
    try:
        yield messages
    finally:
        client.disconnect()
        client.loop_stop()


def _listen(client: Client, topic: str, messages: queue.SimpleQueue[Message], say: Callable[[str], None]) -> None:
    def connected(client: Client, _data: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        if reason.is_failure:
            say(f"the broker refuses: {reason}")
            return
        say(f"connected; listening to {topic}")
        client.subscribe(topic, qos=1)

    def lost(_client: Client, _data: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        if reason.is_failure:
            say(f"the broker is lost ({reason}); seeking it again")

    def came(client: Client, _data: Any, message: Any) -> None:
        mid, qos = message.mid, message.qos
        messages.put(Message(message.topic, message.payload, lambda: client.ack(mid, qos)))

    client.on_connect, client.on_disconnect, client.on_message = connected, lost, came
