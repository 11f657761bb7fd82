"""What the tests of the live picture have in common."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.serving import Forker, forking


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    """The process that forks live servers."""
    with forking() as process:
        yield process
