"""The picture by the plainest way: all that was ever said, sorted by its own time, each over what was there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from beredt.live.picture.picture import Picture
from tests.live.feeds import KNOWN

STATUSES = {
    "off_duty", "at_station", "mobilising", "to_scene", "at_scene", "to_hospital", "at_hospital", "returning",
    "to_standby", "at_standby", "moving", "going_off", "to_task", "at_task", "free", "unavailable",
}  # fmt: skip


def naive_picture(feed: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What is known of units and incidents after a feed, in the form of `plain`."""
    units: dict[str, dict[str, Any]] = {}
    incidents: dict[str, dict[str, Any]] = {}
    ordered = sorted(
        {(one["source"], one["id"]): one for one in feed}.values(),
        key=lambda one: (datetime.fromisoformat(one["time"]), one.get("sequence", -1), one["source"], one["id"]),
    )
    for one in ordered:
        if one["kind"].startswith("incident"):
            known = incidents.setdefault(one["incident"], {})
            if one["kind"] == "incident_opened":
                known["state"] = "open"
                first = round(datetime.fromisoformat(one["time"]).timestamp() * 1000)
                known.setdefault("opened", [first, one["urgency"]])
            if one["kind"] == "incident_closed":
                known["state"] = "closed"
            if "urgency" in one:
                known["urgency"] = one["urgency"]
            if "position" in one:
                known["position"] = [one["position"]["lat"], one["position"]["lon"]]
        elif one["unit"] in KNOWN.units:
            known = units.setdefault(one["unit"], {})
            if one["kind"] == "unit_status":
                word = one["status"] if one["status"] in STATUSES else "unknown"
                known["status"] = {"status": word, "said": one["status"], "incident": one.get("incident"),
                                   "hospital": one.get("hospital")}  # fmt: skip
            if "position" in one:
                known["position"] = [one["position"]["lat"], one["position"]["lon"]]
            if one["kind"] == "roster_changed":
                known[f"roster {one['day']}"] = [
                    [round(datetime.fromisoformat(shift[end]).timestamp() * 1000) for end in ("begins", "ends")]
                    for shift in one["shifts"]
                ]
    return {"units": units, "incidents": incidents}


def plain(picture: Picture) -> dict[str, Any]:
    """What a picture knows of units and incidents, without who said it and when."""
    return {
        "units": {name: {of: one.value for of, one in data.items()} for name, data in picture.units.items()},
        "incidents": {name: {of: one.value for of, one in data.items()} for name, data in picture.incidents.items()},
    }
