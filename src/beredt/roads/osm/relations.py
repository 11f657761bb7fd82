"""Turn bans of OpenStreetMap: relations of type restriction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from beredt.roads.profile.profile import Profile

NO, ONLY = "no_", "only_"


@dataclass(frozen=True, slots=True)
class Restriction:
    """A ban by the ids of the source: `via_node` is −1 where the way leads over `via_ways`; `turn_back`: no_u_turn."""

    id: int
    only: bool
    turn_back: bool
    from_way: int
    to_way: int
    via_node: int
    via_ways: tuple[int, ...]


def restriction_of(
    id_: int, tags: Mapping[str, str], members: Iterable[tuple[str, str, int]], profile: Profile
) -> Restriction | str | None:
    """A ban that holds for an ambulance; None where it does not, and what is wrong where it cannot be read.

    `members`: role, type (`n`, `w`, `r`) and id of each.
    """
    text = tags.get("restriction") or tags.get("restriction:motorcar") or tags.get("restriction:motor_vehicle")
    if text is None:
        # Only for other vehicles, or at some hours only: an ambulance on its way is not held to those.
        return None if any(key.startswith("restriction:") for key in tags) else "no value"
    if any(word.strip() in profile.bans_not_for for word in tags.get("except", "").split(";")):
        return None
    if not text.startswith((NO, ONLY)):
        return text
    by_role: dict[str, list[tuple[str, int]]] = {}
    for role, kind, ref in members:
        by_role.setdefault(role, []).append((kind, ref))
    come, go, via = by_role.get("from", []), by_role.get("to", []), by_role.get("via", [])
    if len(come) != 1 or len(go) != 1 or not via or come[0][0] != "w" or go[0][0] != "w":
        return f"{text}: {len(come)} from, {len(via)} via, {len(go)} to"
    nodes = [ref for kind, ref in via if kind == "n"]
    ways = tuple(ref for kind, ref in via if kind == "w")
    if len(nodes) + len(ways) != len(via) or len(nodes) > 1 or (nodes and ways):
        return f"{text}: via is neither one point nor lines"
    return Restriction(
        id=id_,
        only=text.startswith(ONLY),
        turn_back=text == "no_u_turn",
        from_way=come[0][1],
        to_way=go[0][1],
        via_node=nodes[0] if nodes else -1,
        via_ways=ways,
    )
