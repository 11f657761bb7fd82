"""Every story is told twice: by the twin, and by the kernel."""

from __future__ import annotations

import pytest

from beredt.dispatch.world import Incidents, World
from tests.reference import twin
from tests.reference.outcome import TwinOutcome, from_kernel
from tests.stories.telling import Simulate


@pytest.fixture(params=["twin", "kernel"])
def simulate(request: pytest.FixtureRequest) -> Simulate:
    """One of the two simulations, with the same kind of answer."""
    return twin.simulate if request.param == "twin" else _by_kernel


def _by_kernel(world: World, incidents: Incidents) -> TwinOutcome:
    from beredt.simulation.kernel import simulate

    return from_kernel(simulate(world, incidents))
