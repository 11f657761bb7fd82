"""What every random number is for.

A draw is keyed by (seed, replication, incident, purpose), and an incident is (stratum, k): the k-th incident
of one area and urgency. So a draw belongs to its incident whatever else happens, in every alternative.
Numbers are never reused and never moved: a new purpose takes the next free number (37 …; 24 to 31 are
kept for units), which changes no other draw. Purposes that few ask for have classes of their own, so that nobody
draws them in vain.
"""

from __future__ import annotations

import hashlib
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


class Asked(IntEnum):
    """What an ask of a study decides; each ask has a block of the counter of its own, which its id names.

    | number | purpose           | decides                                                                  |
    |--------|-------------------|--------------------------------------------------------------------------|
    | 24     | WANTED            | below the share: the incident asks for it; word 0 of the ask's block      |
    | 25     | STAY              | seconds at the scene of the unit asked for; word 1                        |
    """

    WANTED = 24
    STAY = 25


class Weather(IntEnum):
    """What weather allows.

    | number | purpose           | decides                                                                  |
    |--------|-------------------|--------------------------------------------------------------------------|
    | 28     | NO_FLIGHT         | below the share of a kind of unit: it cannot fly to the incident          |
    """

    NO_FLIGHT = 28


ASK_BLOCKS = 2**33
"""Blocks of the counter from here on are those of asks."""


def ask_block(ask_id: str) -> int:
    """The block of the counter that belongs to an ask: by its id, whatever other asks there are."""
    return ASK_BLOCKS + int.from_bytes(hashlib.blake2b(ask_id.encode(), digest_size=4).digest(), "big")


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


class Need(IntEnum):
    """What an incident is behind the urgency that it was drawn with, and where its patient goes.

    | number | purpose           | decides                                                                  |
    |--------|-------------------|--------------------------------------------------------------------------|
    | 32     | TRUE_URGENCY      | which true need is behind the urgency given                              |
    | 33     | GIVEN_URGENCY     | whether another triage gives another urgency                             |
    | 34     | GIVEN_WHICH       | which one                                                                |
    | 35     | CONDITION         | which condition, of those whose outcome depends on time                  |
    | 36     | BY_PASS           | below the share: the patient is taken past a closed department           |
    """

    TRUE_URGENCY = 32
    GIVEN_URGENCY = 33
    GIVEN_WHICH = 34
    CONDITION = 35
    BY_PASS = 36


class OnPathway(IntEnum):
    """Words of a pathway's own block of the counter, which its id names.

    | word | purpose     | decides                                               |
    |------|-------------|-------------------------------------------------------|
    | 0    | TAKES       | below the share: the pathway takes the incident       |
    | 1    | AGAIN       | below the share: the patient calls again              |
    | 2    | AGAIN_DELAY | how long after                                        |
    """

    TAKES = 0
    AGAIN = 1
    AGAIN_DELAY = 2


class OfTask(IntEnum):
    """Words of the draws of a planned task, whose form's id names the stratum.

    | word | purpose     | decides                                               |
    |------|-------------|-------------------------------------------------------|
    | 0    | PLANNED     | below the broken part of a day's number: one task more |
    | 1    | HOME        | whose home                                            |
    | 2    | LENGTH      | seconds at the place                                  |
    """

    PLANNED = 0
    HOME = 1
    LENGTH = 2


TASK_BLOCK = 2**34
"""Block of the counter that is that of planned tasks."""

PLACE_BLOCK = 2**34 + 1
"""Block of the counter whose first word says how long a patient has a place at a hospital."""

PATHWAY_BLOCKS = 2**32
"""Blocks of the counter from here on are those of pathways."""

AGAIN_K = 2**40
"""Added to the number of an incident within its stratum: the name of the second call of the same patient."""


def pathway_block(pathway_id: str) -> int:
    """The block of the counter that belongs to a pathway: by its id, whatever other pathways there are."""
    return PATHWAY_BLOCKS + int.from_bytes(hashlib.blake2b(pathway_id.encode(), digest_size=4).digest(), "big")


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
