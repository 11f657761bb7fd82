"""The words of the event form: statuses of a unit, and which of them mean what."""

from __future__ import annotations

from beredt.simulation.playback.playback import STATUSES as SIMULATED

FREE, UNAVAILABLE, UNKNOWN = "free", "unavailable", "unknown"
"""Free where it stands · on duty and not to be sent · said in a word that nobody has explained."""

STATUSES = (*SIMULATED, FREE, UNAVAILABLE)
"""What a feed may say that a unit does: the words of a simulated day, and two that only real days need."""

FREE_STATUSES = frozenset({"at_station", "returning", "to_standby", "at_standby", "to_task", "at_task", "moving", FREE})
"""A unit that may be sent."""

BUSY_STATUSES = frozenset({"mobilising", "to_scene", "at_scene", "to_hospital", "at_hospital"})
"""A unit on a mission."""

DRIVING_STATUSES = frozenset({"to_scene", "to_hospital", "returning", "to_standby", "to_task", "moving", "going_off"})
"""A unit whose position grows old while it drives."""

URGENCIES = ("A", "H", "V")
