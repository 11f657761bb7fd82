"""The evening at the border that the stories of all border policies share.

    Asker ── Vollen ── Blakstad ── Nesbru ── Hvalstad ── Sandvika
    0        2         4           12        18          20  minutes

Asker's unit W belongs to the western centre, Sandvika's unit E to the eastern. All calls are acute:

* minute 0, *fall* at Vollen (west)      * minute 5, *chest* at Nesbru (west)
* minute 8, *stroke* at Blakstad (west)  * minute 29, *burn* at Nesbru (west)
* minute 30, *fire* at Hvalstad (east)

W is nearest to the first: expected 2 + (2 + 1) = 5. It is there at minute 5 and free at 25, whatever the border.
"""

from __future__ import annotations

from tests.stories.telling import EAST, WEST, Border, Call, Story, UnitOf


def evening(border: Border) -> Story:
    """The evening under one border rule."""
    return Story(
        places={"Asker": 0, "Vollen": 2, "Blakstad": 4, "Nesbru": 12, "Hvalstad": 18, "Sandvika": 20},
        units={"W": UnitOf("Asker", centre=WEST), "E": UnitOf("Sandvika", centre=EAST)},
        calls={
            "fall": Call(0, "Vollen"),
            "chest": Call(5, "Nesbru"),
            "stroke": Call(8, "Blakstad"),
            "burn": Call(29, "Nesbru"),
            "fire": Call(30, "Hvalstad", centre=EAST),
        },
        border=border,
    )
