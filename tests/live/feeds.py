"""Feeds for tests: a made-up day of the tiny study, and ways in which a real feed spoils it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from beredt.live.known import Known
from beredt.live.limits import LiveLimits

UNITS = ("e-1", "e-2", "e-3", "w-1", "s-1")
BEGIN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

KNOWN = Known(
    study="tiny",
    units=frozenset(UNITS),
    hospitals=frozenset({"hosp-east", "hosp-west"}),
    centres=frozenset({"centre-east", "centre-west"}),
    south=59.80,
    west=10.40,
    north=59.95,
    east=10.75,
    limits=LiveLimits(),
)

MISSION = ("mobilising", "to_scene", "at_scene", "to_hospital", "at_hospital", "returning", "at_station")


def at(seconds: float) -> str:
    """A moment so long after the beginning."""
    return (BEGIN + timedelta(seconds=seconds)).isoformat()


def status(number: int, unit: str, word: str, seconds: float, **more: Any) -> dict[str, Any]:
    """A unit's status."""
    head = {"id": f"s{number}", "source": "cad", "time": at(seconds), "sequence": number}
    return {**head, "kind": "unit_status", "unit": unit, "status": word, **more}


def position(number: int, unit: str, lat: float, lon: float, seconds: float) -> dict[str, Any]:
    """A unit's position, of a source of its own."""
    head = {"id": f"p{number}", "source": "avl", "time": at(seconds)}
    return {**head, "kind": "unit_position", "unit": unit, "position": {"lat": lat, "lon": lon}}


def opened(number: int, incident: str, urgency: str, lat: float, lon: float, seconds: float) -> dict[str, Any]:
    """An incident."""
    head = {"id": f"o{number}", "source": "cad", "time": at(seconds), "sequence": number}
    place = {"lat": lat, "lon": lon}
    return {**head, "kind": "incident_opened", "incident": incident, "urgency": urgency, "position": place}


def random_feed(seed: int, events: int) -> list[dict[str, Any]]:
    """Events in the order in which they happen, a second apart on average, many of them at equal times."""
    draw = random.Random(seed)
    feed: list[dict[str, Any]] = []
    seconds, incidents = 0.0, 0
    for number in range(events):
        seconds += draw.choice((0.0, 0.0, 1.0, 2.0))
        what, unit = draw.random(), draw.choice(UNITS)
        place = {"lat": round(draw.uniform(59.82, 59.93), 5), "lon": round(draw.uniform(10.45, 10.70), 5)}
        head: dict[str, Any] = {"id": f"x{number}", "source": draw.choice(("cad", "avl")), "time": at(seconds)}
        if draw.random() < 0.5:
            head["sequence"] = draw.randrange(3)
        known = f"i{draw.randrange(max(incidents, 1))}"
        if what < 0.4:
            more: dict[str, Any] = {"kind": "unit_status", "unit": unit, "status": draw.choice((*MISSION, "coffee"))}
            if draw.random() < 0.5:
                more["incident"] = known
        elif what < 0.7:
            more = {"kind": "unit_position", "unit": unit, "position": place}
        elif what < 0.8:
            more = {"kind": "incident_opened", "incident": f"i{incidents}", "urgency": draw.choice("AHV"),
                    "position": place}  # fmt: skip
            incidents += 1
        elif what < 0.88:
            more = {"kind": "incident_changed", "incident": known, "urgency": draw.choice("AHV")}
        elif what < 0.96:
            more = {"kind": "incident_closed", "incident": known}
        else:
            shifts = [{"begins": at(0), "ends": at(3600 * draw.randrange(1, 9))}] if draw.random() < 0.7 else []
            more = {"kind": "roster_changed", "unit": unit, "day": "2026-01-05", "shifts": shifts}
        feed.append({**head, **more})
    return feed


def spoilt(feed: list[dict[str, Any]], seed: int, reach: int = 200) -> list[Any]:
    """The same feed as it may arrive: late by up to so many places, doubled, with what nobody can read in between."""
    draw = random.Random(seed)
    placed = [(place + draw.uniform(0, reach), event) for place, event in enumerate(feed)]
    placed += [(place + draw.uniform(0, 2 * reach), event) for place, event in placed if draw.random() < 0.3]
    rubbish: list[Any] = [None, 7, [], {}, {"id": "x0"}, {"id": "\ud800", "kind": "unit_status"}, "text"]
    for place, event in list(placed):
        if draw.random() < 0.1:
            cut = dict(list(event.items())[: draw.randrange(len(event))])
            no_time = draw.choice((17, "now", "2026-01-05T06:00:00"))
            worse = draw.choice((*rubbish, cut, {**event, "id": "y", "patient": "somebody"},
                                 {**event, "id": "z", "time": no_time}))  # fmt: skip
            placed.append((place, worse))
    return [event for _, event in sorted(placed, key=lambda one: one[0])]
