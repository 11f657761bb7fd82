"""What tests of fetching share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from beredt.fetch.asked import Asked
from beredt.fetch.fetch import Fetch
from beredt.fetch.pieces import Asking
from beredt.fetch.source import Source
from beredt.fetch.transfer import Transfer, make_client
from tests.fetch.publisher import Publisher, publishing

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class Told:
    """Keeps what is told on the way."""

    stages: list[tuple[str, int, int]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.stages.append((stage, done, total))

    def say(self, line: str) -> None:
        self.lines.append(line)


@dataclass(slots=True)
class Desk:
    """Somebody who fetches from the publisher into a folder; waits are noted, not waited."""

    publisher: Publisher
    folder: Path
    client: httpx2.Client
    waits: list[float] = field(default_factory=list)
    told: Told = field(default_factory=Told)

    def fetch(self, asked: Asked | None = None, *, again: bool = False) -> Fetch:
        asking = Asking(Transfer(self.client, self.waits.append), asked or Asked(), self.waits.append)
        return Fetch(self.folder, asking, self.told, again, lambda: NOON)

    def source(self, **said: object) -> Source:
        known = {
            "id": "lines", "title": "Lines", "url": f"{self.publisher.url}/lines.csv", "file": "text/lines.csv",
            "form": "text", "licence": "CC BY 4.0", "attribution": "Somebody", "about": "https://example.org/about",
        }  # fmt: skip
        return Source.model_validate(known | said)


@contextmanager
def fetching_into(folder: Path) -> Iterator[Desk]:
    """A desk with a publisher of its own."""
    with publishing() as publisher, make_client(5.0, "test") as client:
        yield Desk(publisher, folder, client)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fetching_into(tmp_path / "data") as open_desk:
        yield open_desk
