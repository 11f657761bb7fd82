"""Rounds of a connection, one after the other, until somebody stops it."""

from __future__ import annotations

import json
import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from beredt.live.connect.delivery import Delivered, Delivery
from beredt.live.connect.folder import prepare_folder, work_off
from beredt.live.connect.mqtt import Broker, listening
from beredt.live.connect.poll import Poll

LOOKS_EVERY_S = 1.0
"""How often a folder is looked at, and a broker that says nothing gives room to be stopped."""


class Happened(NamedTuple):
    """Something that was delivered, or could not be: its name, what became of it, and what is wrong ("" if nothing)."""

    name: str
    delivered: Delivered
    why: str


def from_folder(folder: Path, delivery: Delivery, *, once: bool) -> Iterator[Happened]:
    """Files of a folder; `once`: those that are there. Raises OptionError and LiveStoreError."""
    prepare_folder(folder)
    while True:
        for sent in work_off(folder, delivery):
            yield Happened(sent.name, sent.delivered, sent.why)
        if once:
            return
        delivery.sleep(LOOKS_EVERY_S)


def from_address(poll: Poll, delivery: Delivery, *, once: bool) -> Iterator[Happened]:
    """What an address answers; `once`: a single question. Raises LiveStoreError."""
    while True:
        found = poll.ask()
        if found is not None:
            delivered = delivery.deliver(found)
            poll.settle()
            yield Happened("answer", delivered, _refusals(delivered))
        elif poll.problem:
            yield Happened("answer", Delivered(), f"{poll.problem}; asked again in {poll.pause_s:.0f} s")
        if once:
            return
        delivery.sleep(poll.pause_s)


def from_broker(
    broker: Broker,
    topic: str,
    client_id: str,
    password: str | None,
    faulty: Path | None,
    delivery: Delivery,
    say: Callable[[str], None],
    is_done: Callable[[], bool] = lambda: False,
) -> Iterator[Happened]:
    """Messages of a broker; faulty ones are kept in the folder `faulty`. Raises OptionError and LiveStoreError."""
    with listening(broker, topic, client_id, password, say) as messages:
        while not is_done():
            try:
                message = messages.get(timeout=LOOKS_EVERY_S)
            except queue.Empty:
                continue
            delivered, why = Delivered(), ""
            try:
                sent = json.loads(message.payload)
            except (ValueError, RecursionError) as error:
                why = f"no JSON: {error}"
            else:
                delivered = delivery.deliver(sent)
                why = _refusals(delivered)
            if why and faulty is not None:
                _keep(faulty, message.payload, why, delivery.clock())
            message.acknowledge()
            yield Happened(message.topic, delivered, why)


def _refusals(delivered: Delivered) -> str:
    return json.dumps(delivered.refused, ensure_ascii=False) if delivered.refused else ""


def _keep(folder: Path, payload: bytes, why: str, now_s: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{now_s:.6f}"
    (folder / f"{name}.message").write_bytes(payload)
    (folder / f"{name}.why.txt").write_text(why, encoding="utf-8")
