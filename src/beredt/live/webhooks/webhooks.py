"""All targets of a live server."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Engine

from beredt.live.live import Live
from beredt.live.sharing.sight import Sight
from beredt.live.sharing.viewer import Viewer
from beredt.live.webhooks.courier import Courier, CourierState, Pace
from beredt.live.webhooks.delivery import Poster
from beredt.live.webhooks.place import Places
from beredt.live.webhooks.target import Target

ENDS_WITHIN_S = 3.0
"""How long the end of a server waits for deliveries that are under way: what is not taken is sent at the next start."""


class Webhooks:
    """Couriers, one for each target."""

    def __init__(
        self,
        live: Live,
        engine: Engine,
        viewers: Sequence[Viewer],
        targets: Sequence[Target],
        pace: Pace | None = None,
        make_poster: Callable[[Target], Poster] = Poster,
    ) -> None:
        """Nothing is sent before `start`.

        Args:
            live: whose log is told.
            engine: of the database that keeps the places.
            viewers: all organisations of the study.
            targets: each of one of them.
            pace: how fast; None for the usual one.
            make_poster: what posts to a target.
        """
        places = Places(engine, live.known.study, uuid.uuid4().hex)
        of = {viewer.organisation: viewer for viewer in viewers}
        self._couriers = [
            Courier(
                live,
                places,
                lambda viewer=of[target.organisation]: Sight(viewer, live),  # type: ignore[misc]
                lambda target=target: make_poster(target),  # type: ignore[misc]
                target,
                pace or Pace(),
            )
            for target in targets
        ]

    def start(self) -> None:
        """Begin to send. Raises LiveStoreError."""
        for courier in self._couriers:
            courier.start()

    def close(self) -> None:
        """End, and let other servers send at once."""
        for courier in self._couriers:
            courier.end()
        for courier in self._couriers:
            courier.join(ENDS_WITHIN_S)

    def states(self) -> Mapping[str, CourierState]:
        """How each target is, by name."""
        return {courier.target.name: courier.state for courier in self._couriers}

    def are_working(self) -> bool:
        """Whether every courier is there."""
        return all(courier.is_alive() for courier in self._couriers)
