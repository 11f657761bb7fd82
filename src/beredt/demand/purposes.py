"""What every random number is for.

A draw is keyed by (seed, replication, incident, purpose), and an incident is (stratum, k): the k-th incident
of one area and urgency. So a draw belongs to its incident whatever else happens, in every alternative.
Numbers are never reused and never moved: a new purpose takes the next free number (24 …), which changes no
other draw. Purposes that few ask for have classes of their own, so that nobody draws them in vain.
"""

from __future__ import annotations

from enum import IntEnum

from beredt.demand.philox import WORDS

DRAWS_BLOCK = 1
"""Block of the counter that holds purposes 0 … 3; the next holds 4 … 7, and so on. Block 0 is the arrivals'."""


class Purpose(IntEnum):
    """What a uniform of an incident decides; the number is its row in `GeneratedCalls.draws`.

    | number | purpose           | decides                                                                  |
    |--------|-------------------|--------------------------------------------------------------------------|
    | 0      | HANDLING          | seconds of handling, by the normal score of the draw                      |
    | 1      | MOBILISATION      | seconds of mobilisation, at the station and out alike                     |
    | 2      | NOISE             | factor on every drive of the incident                                     |
    | 3      | ON_SCENE          | seconds at the scene                                                      |
    | 4      | HANDOVER          | seconds at the delivery point                                             |
    | 5      | TRANSPORT         | below the transport share: the patient is transported                     |
    | 6      | HOSPITAL          | which row of the zone's hospital choice                                   |
    | 7      | SECOND_UNIT       | below the share: a second unit is asked for                               |
    | 8      | SECOND_ON_SCENE   | seconds of the second unit at the scene                                   |
    | 9      | HOSPITAL_ORIGIN   | below the share: the patient starts at a hospital (a transfer)            |
    | 10     | MISROUTED         | below the share: the call reaches the wrong centre first, near a border   |
    | 11     | MISROUTING_DELAY  | where in the range of delays a misrouted call lies                        |
    """

    HANDLING = 0
    MOBILISATION = 1
    NOISE = 2
    ON_SCENE = 3
    HANDOVER = 4
    TRANSPORT = 5
    HOSPITAL = 6
    SECOND_UNIT = 7
    SECOND_ON_SCENE = 8
    HOSPITAL_ORIGIN = 9
    MISROUTED = 10
    MISROUTING_DELAY = 11


class Happening(IntEnum):
    """How an incident happens where demand varies beyond chance; the numbers go on from those of `Purpose`.

    | number | purpose           | decides                                                                  |
    |--------|-------------------|--------------------------------------------------------------------------|
    | 12     | MOVED             | whether somebody who lives in the area is elsewhere in that hour, and where |
    | 13     | CLUSTER           | below the share: others follow the incident                               |
    | 14     | CLUSTER_SIZE      | how many                                                                  |
    | 15     | CLUSTER_DELAY     | of one that follows: how long after                                       |
    """

    MOVED = 12
    CLUSTER = 13
    CLUSTER_SIZE = 14
    CLUSTER_DELAY = 15


class Trait(IntEnum):
    """What is told of a generated incident in tables and nowhere else.

    | number | purpose           | decides                                                                  |
    |--------|-------------------|--------------------------------------------------------------------------|
    | 16     | AGE               | the age band                                                              |
    | 17     | KIND              | the kind of incident                                                      |
    | 18     | ADDRESS           | which address of its area                                                 |
    | 19     | REPEAT            | below the share: the address is one that calls again and again            |
    """

    AGE = 16
    KIND = 17
    ADDRESS = 18
    REPEAT = 19


class Common(IntEnum):
    """What a whole replication shares: keyed by a name of its own in the place of a stratum, not by an incident.

    | number | purpose           | decides                                                                  |
    |--------|-------------------|--------------------------------------------------------------------------|
    | 20     | DAY               | the factor of a day; k is its ordinal number                              |
    | 21     | SEASON            | how strong a season is                                                    |
    | 22     | RATE              | the rate of a region and urgency, within what is known of it              |
    | 23     | AREA_RATE         | the factor of an area and urgency, within what is known of it             |
    """

    DAY = 20
    SEASON = 21
    RATE = 22
    AREA_RATE = 23


ARRIVALS_BLOCK = 0
"""Block of the counter for what makes an incident exist."""

COUNT_WORD = 0
"""Word of the arrivals' block, read at k = 0 only: how many incidents the stratum has."""

TIME_WORD = 1
"""Word of the arrivals' block: when the incident happens."""


def block_of(purpose: IntEnum) -> range:
    """The block of the counter that holds a purpose."""
    block = DRAWS_BLOCK + purpose // WORDS
    return range(block, block + 1)


def draw_blocks() -> range:
    """Blocks of the counter that hold all purposes."""
    return range(DRAWS_BLOCK, DRAWS_BLOCK + -(-len(Purpose) // WORDS))
