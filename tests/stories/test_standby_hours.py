from __future__ import annotations

import pytest

from beredt.dispatch.world import HOME, STANDBY
from tests.stories.telling import Call, Simulate, Standby, Story, UnitOf, tell

MONDAY, SUNDAY = 1 << 0, 1 << 6
EVERY_DAY = 127
MIDNIGHT = 1440


@pytest.mark.parametrize(
    ("weekdays", "open_min", "taken"),
    [
        (EVERY_DAY, (0, MIDNIGHT), True),
        (EVERY_DAY, (27, 28), True),
        (EVERY_DAY, (0, 27), False),
        (EVERY_DAY, (28, MIDNIGHT), False),
        (MONDAY, (0, 60), True),
        (SUNDAY, (0, 60), False),
        (SUNDAY, (22 * 60, 60), True),  # from Sunday evening
        (MONDAY, (22 * 60, 60), False),  # only from this evening on
    ],
)
def test_a_point_takes_units_while_it_is_open(
    weekdays: int, open_min: tuple[int, int], taken: bool, simulate: Simulate
) -> None:
    """Asker 0 ── Blakstad 4 ── Nesbru 10; it is a Monday. A, free at 27 in Blakstad, goes to Nesbru if it is open.

    Hours over midnight belong to the day on which they begin. A point that closes does not send anybody away.
    """
    story = Story(
        places={"Asker": 0, "Blakstad": 4, "Nesbru": 10},
        units={"A": UnitOf("Asker")},
        calls={"fall": Call(0, "Blakstad")},
        standby=(Standby("Nesbru", weekdays=weekdays, open_min=open_min),),
    )
    rest = tell(story, simulate).rests("A")[1]
    assert (rest.kind, rest.end) == (STANDBY if taken else HOME, 600)
