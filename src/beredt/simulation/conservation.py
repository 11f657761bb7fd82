"""What holds in every run, whatever is decided: nobody is lost, nobody is in two places, no second goes missing.

The laws are read off what a run leaves behind, without knowing how it was decided. They are checked after every run
with `beredt simulate --debug` or `BEREDT_DEBUG=1`, and in the tests on random worlds.
"""

from __future__ import annotations

import os

from beredt.dispatch.world import Incidents, Outcome, World
from beredt.errors import BrokenLawError
from beredt.simulation.laws.breach import Breach, run_of
from beredt.simulation.laws.of_incidents import INCIDENT_LAWS
from beredt.simulation.laws.of_missions import MISSION_LAWS
from beredt.simulation.laws.of_standby import STANDBY_LAWS
from beredt.simulation.laws.of_units import breaches_of_units

DEBUG_VARIABLE = "BEREDT_DEBUG"


def is_debug_wanted() -> bool:
    """Whether the environment asks for runs to be checked: `BEREDT_DEBUG` is set to anything but 0."""
    return os.environ.get(DEBUG_VARIABLE, "0") not in {"", "0"}


def find_breaches(world: World, incidents: Incidents, outcome: Outcome) -> tuple[Breach, ...]:
    """Everything in a run that breaks a law, law by law; each law tells its first breach, and how many there are.

    Args:
        world: the alternative.
        incidents: the demand.
        outcome: what the run left behind, until `world.end_s`; kilometres that are NaN are not looked at.
    """
    run = run_of(world, incidents, outcome)
    found = [breach for name, law in (*INCIDENT_LAWS, *MISSION_LAWS, *STANDBY_LAWS) for breach in law(name, run)]
    return (*found, *breaches_of_units(run))


def check_conservation(world: World, incidents: Incidents, outcome: Outcome) -> None:
    """Raise for a run that breaks a law.

    Args:
        world: the alternative.
        incidents: the demand.
        outcome: what the run left behind.

    Raises:
        BrokenLawError: with the breach that comes first in simulated time.
    """
    breaches = find_breaches(world, incidents, outcome)
    if breaches:
        first = min(breaches, key=lambda breach: breach.time_s)
        raise BrokenLawError(
            first.law,
            first.what,
            unit=first.unit,
            incident=first.incident,
            time_s=first.time_s,
            breaches=sum(breach.count for breach in breaches),
        )
