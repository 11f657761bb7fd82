"""Sending a feed to a live server: every event when its time has come, and again until it is acknowledged."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count
from typing import Any

from beredt.errors import LiveStoreError
from beredt.live.feed.simulated_day import Timed, as_event

BATCH = 100
PATIENCE_S = 1.0
"""Between two tries of what could not be sent."""
TRIES = 60

Told = Callable[[int, float], None]
"""Told of events that are acknowledged, and the simulated seconds that they reach to."""


def send_feed(
    day: Iterable[Timed], url: str, speed: float, key: str | None, told: Told, sleep: Callable[[float], None]
) -> int:
    """Send a simulated day as it happens; how many events.

    Args:
        day: in order.
        url: of the server.
        speed: simulated seconds in one second of the clock; times are those of sending.
        key: of the feed, None on one's own machine.
        told: of progress.
        sleep: waits.

    Raises:
        LiveStoreError: the server does not answer for a minute, or refuses the feed.
    """
    begin, began = datetime.now().astimezone(), time.monotonic()
    number, batch, reach = 0, list[dict[str, Any]](), 0.0
    for timed in day:
        due_s = timed.after_s / speed - (time.monotonic() - began)
        if batch and (due_s > 0.05 or len(batch) == BATCH):
            post(url, batch, key, sleep)
            told(number, reach)
            batch = []
        if due_s > 0:
            sleep(due_s)
        number += 1
        batch.append(as_event(timed, number, begin, speed))
        reach = timed.after_s
    if batch:
        post(url, batch, key, sleep)
        told(number, reach)
    return number


def post(
    url: str, batch: list[dict[str, Any]], key: str | None, sleep: Callable[[float], None], tries: int | None = TRIES
) -> dict[str, Any]:
    """Send a batch until it is acknowledged, and give the receipt; `tries` None: for ever. Raises LiveStoreError."""
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {key}"} if key else {})
    body = json.dumps({"events": batch}).encode()
    asked = urllib.request.Request(f"{url.rstrip('/')}/api/live/events", body, headers)
    reason = ""
    for _ in count() if tries is None else range(tries):
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                receipt: dict[str, Any] = json.load(answer)
                return receipt
        except urllib.error.HTTPError as error:
            with error:
                reason = f"{error.code} {error.read()[:300].decode('utf-8', 'replace')}"
            if error.code < 500:
                break
        except OSError as error:
            reason = str(error)
        sleep(PATIENCE_S)
    raise LiveStoreError(
        f"{url} does not take events: {reason}. Check the address, and the key where others are let in"
    )
