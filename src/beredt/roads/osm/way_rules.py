"""What the tags of a way mean to an ambulance: its class, where it may be driven, how fast. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from beredt.roads.imported.road_class import RoadFlag
from beredt.roads.profile.limits import Limits
from beredt.roads.profile.profile import Profile
from beredt.roads.profile.speed_text import read_kmh

Tags = Mapping[str, str]

UNPAVED = frozenset({
    "unpaved", "gravel", "fine_gravel", "compacted", "dirt", "earth", "grass", "ground", "mud", "sand", "pebblestone",
})  # fmt: skip
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A way that is not driven: the reason, a name of `REASONS`, and the value that says so."""

    reason: str
    value: str


@dataclass(frozen=True, slots=True)
class WayRule:
    """A way that is driven.

    `road_class` of `ROAD_CLASSES`; `flags`: `RoadFlag`; `ahead`, `back`: directions; km/h and whole seconds in both,
    NaN where unknown; `grade`: % up ahead; `remarks`: names of `REASONS` with the value that caused them.
    """

    road_class: str
    flags: int
    ahead: bool
    back: bool
    kmh_ahead: float = NAN
    kmh_back: float = NAN
    seconds: float = NAN
    grade: float = NAN
    remarks: tuple[tuple[str, str], ...] = ()


def rule_of_way(tags: Tags, profile: Profile, limits: Limits) -> WayRule | LeftOut:
    """What becomes of a way with these tags; it has highway=… or route=ferry."""
    highway = tags.get("highway")
    if tags.get("route") == "ferry" and highway is None:
        return _ferry(tags, profile)
    highway = highway or ""
    if highway in profile.not_driven:
        return LeftOut("not_driven", highway)
    if highway in profile.if_opened:
        if not _is_opened(tags, profile):
            return LeftOut("not_driven", highway)
        road_class, stop = profile.if_opened_class, True
    elif highway in profile.classes:
        road_class, stop = profile.classes[highway]
    else:
        return LeftOut("unknown_class", highway)
    rule = _directed(tags, highway, road_class, profile)
    if isinstance(rule, LeftOut):
        return rule
    rule = replace(rule, flags=rule.flags | _flags(tags, stop=stop), grade=_grade(tags.get("incline", "")))
    return _with_speed(tags, rule, limits)


def _directed(tags: Tags, highway: str, road_class: str, profile: Profile) -> WayRule | LeftOut:
    """Access and one-way rules together: which directions are left, and as what class."""
    remarks = [
        ("conditional", key) for key in tags if key.endswith(":conditional") and key.split(":")[0] in profile.keys
    ]
    one_way, uncertain = _one_way(tags, highway, profile)
    if uncertain:
        remarks.append(("uncertain_one_way", uncertain))
    allowed = {direction: _may_enter(tags, direction, road_class, profile) for direction in ("forward", "backward")}
    ahead = one_way >= 0 and allowed["forward"] != "closed"
    back = one_way <= 0 and allowed["backward"] != "closed"
    if not ahead and not back:
        return LeftOut("closed", next((f"{key}={tags[key]}" for key in profile.keys if key in tags), highway))
    privileged = {allowed[name] for name, open_ in (("forward", ahead), ("backward", back)) if open_}
    flags = int(RoadFlag.PRIVILEGED) if privileged - {"open"} else 0
    if "slow" in privileged:
        road_class = "pedestrian"
    return WayRule(road_class, flags, ahead, back, remarks=tuple(remarks))


def _one_way(tags: Tags, highway: str, profile: Profile) -> tuple[int, str]:
    """1 along only, −1 against only, 0 both ways; and the value that is uncertain, if it is."""
    value = tags.get("oneway")
    if value in profile.uncertain:
        return 0, str(value)
    if value in profile.along:
        direction = 1
    elif value in profile.against:
        direction = -1
    elif value is None and (
        tags.get("junction") in profile.implied_by_junction or highway in profile.implied_by_highway
    ):
        direction = 1
    else:
        return 0, ""
    if any(tags.get(key) == "no" for key in profile.both_ways_if_no) or tags.get("busway", "").startswith("opposite"):
        return 0, ""
    return direction, ""


def _may_enter(tags: Tags, direction: str, road_class: str, profile: Profile) -> str:
    """`open`, `privileged` (open to an ambulance, not to everybody), `slow` (a street for people on foot), `closed`."""
    for key in profile.keys:
        value = tags.get(f"{key}:{direction}", tags.get(key))
        if value is None:
            continue
        if value not in profile.closed:
            return "open" if value in ("yes", "permissive", "designated") else "privileged"
        if key == "emergency":
            return "closed"
        if _is_opened(tags, profile):
            return "privileged"
        return "slow" if key in profile.slow_keys and road_class in profile.slow_classes else "closed"
    return "open"


def _is_opened(tags: Tags, profile: Profile) -> bool:
    return any(tags.get(key) in values for key, values in profile.opens.items())


def _flags(tags: Tags, *, stop: bool) -> int:
    flags = RoadFlag(0)
    if tags.get("tunnel", "no") not in ("no", "culvert") or tags.get("covered") == "yes":
        flags |= RoadFlag.TUNNEL
    if tags.get("bridge", "no") != "no":
        flags |= RoadFlag.BRIDGE
    if tags.get("junction") in ("roundabout", "circular"):
        flags |= RoadFlag.ROUNDABOUT
    if tags.get("surface") in UNPAVED:
        flags |= RoadFlag.UNPAVED
    if not stop:
        flags |= RoadFlag.NO_STOP
    return int(flags)


def _with_speed(tags: Tags, rule: WayRule, limits: Limits) -> WayRule:
    """The limits ahead and back; zone tags stand in where there is no sign."""
    remarks = list(rule.remarks)

    def kmh(direction: str) -> float:
        for key in (f"maxspeed:{direction}", "maxspeed", "maxspeed:type", "zone:maxspeed", "source:maxspeed"):
            if key not in tags:
                continue
            read = read_kmh(tags[key], limits)
            if read is not None:
                return read
            if (
                key.startswith("maxspeed")
                and key != "maxspeed:type"
                and (fault := ("unreadable_speed", tags[key])) not in remarks
            ):
                remarks.append(fault)
        return NAN

    return replace(rule, kmh_ahead=kmh("forward"), kmh_back=kmh("backward"), remarks=tuple(remarks))


def _grade(text: str) -> float:
    """Per cent of incline=…, NaN for "up", "down" and what cannot be read."""
    plain = text.strip().replace(",", ".")
    try:
        if plain.endswith("%"):
            grade = float(plain[:-1])
        elif plain.endswith("°"):
            grade = float(plain[:-1]) * 1.7455  # of small angles
        else:
            return NAN
    except ValueError:
        return NAN
    return grade if abs(grade) <= 35 else NAN


def _ferry(tags: Tags, profile: Profile) -> WayRule | LeftOut:
    if any(tags.get(key) == "no" for key in profile.ferry_closed_keys) or (
        tags.get("access") == "no" and not _is_opened(tags, profile)
    ):
        return LeftOut("closed", "ferry not for cars")
    if tags.get("foot") in ("yes", "designated") and not any(tags.get(key) for key in profile.ferry_closed_keys):
        return LeftOut("closed", "ferry for people on foot")
    one_way, _ = _one_way(tags, "", profile)
    seconds = duration_s(tags.get("duration", ""))
    flags = int(RoadFlag.FERRY | RoadFlag.NO_STOP)
    total = seconds + profile.boarding_s  # NaN stays NaN
    return WayRule("ferry", flags, one_way >= 0, one_way <= 0, profile.ferry_kmh, profile.ferry_kmh, total)


def duration_s(text: str) -> float:
    """Seconds of duration=…: "15" and "00:15" are minutes, "1:10" is hours and minutes, "00:15:30" exact; or NaN."""
    parts = text.strip().split(":")
    if not text.strip() or len(parts) > 3 or not all(part.isdigit() for part in parts):
        return NAN
    numbers = [int(part) for part in parts]
    if len(numbers) == 1:
        return numbers[0] * 60.0
    hours, minutes, *seconds = numbers
    return hours * 3600.0 + minutes * 60.0 + (seconds[0] if seconds else 0)


def barrier_delay_s(tags: Tags, profile: Profile) -> float:
    """Seconds that passing a point with these tags takes, infinite where an ambulance cannot pass."""
    kind = tags.get("barrier")
    if kind is None:
        return 0.0
    if kind in profile.gate_s:
        closed = tags.get("emergency") in profile.closed
        return float("inf") if closed else profile.gate_s[kind]
    if kind in profile.walls or (kind in profile.walls_unless_opened and not _is_opened(tags, profile)):
        return float("inf")
    return 0.0
