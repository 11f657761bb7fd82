"""The classes of road that speeds are told for, and what else a stretch of road may be."""

from __future__ import annotations

from enum import IntFlag

ROAD_CLASSES = (
    "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link",
    "tertiary", "tertiary_link", "unclassified", "residential", "living_street", "service", "track", "pedestrian",
    "path", "busway", "ferry",
)  # fmt: skip
"""All classes; arrays hold positions in this tuple. The order is part of kept files: add at the end."""

CLASS_NUMBER = {name: number for number, name in enumerate(ROAD_CLASSES)}


class RoadFlag(IntFlag):
    """What a stretch of road may be beside its class."""

    TUNNEL = 1
    BRIDGE = 2
    FERRY = 4
    ROUNDABOUT = 8
    NO_STOP = 16
    """No place beside the road is reached from here."""
    UNPAVED = 32
    PRIVILEGED = 64
    """Closed to ordinary cars; open to an ambulance by the profile."""
    LIMIT_GUESSED = 128
    """No sign was read: the limit is the default of class, place and country."""
