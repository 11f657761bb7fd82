"""The log of a live server as a past: its entries as they came, and what units said that they were sent to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from beredt.errors import OptionError
from beredt.live.events.words import BUSY_STATUSES
from beredt.live.ground.ground import Ground
from beredt.live.replay.past import TOGETHER_MS, Happened, Past, Stretch, day_of, is_main, no_such_day, nowhere_at
from beredt.live.store.entry import OWN, Entry
from beredt.live.store.event_log import EventLog

ON_THE_WAY = frozenset({"mobilising", "to_scene"})


def past_of_log(log: EventLog, where: str, ground: Ground, stretch: Stretch) -> Past:
    """The entries of a live log up to the last that happened in a stretch, and what was decided in it.

    Args:
        log: of the study.
        where: what the log is called in an error.
        ground: the study.
        stretch: which days.

    Raises:
        OptionError: the log holds nothing of the study, or not this day.
        LiveStoreError: the log cannot be read.
    """
    last, generated, sent, opened = 0, True, list[Entry](), set[str]()
    for entry in log.entries():  # never all of them at once
        if entry.time_ms < stretch.end_ms:  # whenever it was received: a decision sees only what came before it anyway
            last = entry.number
        if entry.kind == "unit_status" and _is_sent(entry):
            sent.append(entry)
        elif entry.kind == "incident_opened":
            opened.add(entry.subject)
        generated &= entry.source in ("simulated", OWN)
    sent = [entry for entry in sent if entry.number <= last]
    if not last:
        name = ground.study.settings.study.id
        raise OptionError("STORE", where, f"its log of the study {name} tells of nothing before the end of these days",
                          "name later days, or the study that the server was started with")  # fmt: skip
    happened, left_out = _decisions(ground, opened, sent, stretch)
    if not happened and not left_out:
        raise no_such_day(stretch, [day_of(of(one.time_ms for one in sent)) for of in (min, max) if sent])
    return Past(stretch, log.entries(0, last), happened, nowhere_at, generated or None, left_out)


def _is_sent(entry: Entry) -> bool:
    return entry.body.get("incident") is not None and entry.body["status"] in BUSY_STATUSES


def _decisions(
    ground: Ground, opened: Set[str], sent: Sequence[Entry], stretch: Stretch
) -> tuple[list[Happened], dict[str, int]]:
    """What was decided in the stretch; the first status of a unit about an incident tells of it."""
    of: dict[str, list[Entry]] = {}
    for entry in sent:
        of.setdefault(entry.body["incident"], []).append(entry)
    happened, left_out = [], Counter[str]()
    for incident, rows in of.items():
        rows.sort(key=lambda one: (one.time_ms, one.number))
        first = rows[0]
        if not stretch.begin_ms <= first.time_ms < stretch.end_ms:
            continue
        if first.body["status"] not in ON_THE_WAY:
            left_out["begun_before_the_log"] += 1
            continue
        together = [one for one in rows if one.time_ms <= first.time_ms + TOGETHER_MS]
        units = {one.subject for one in together}
        main = sorted(unit for unit in units if is_main(ground, unit))
        if incident not in opened or not main:
            left_out["no_place" if incident not in opened else "no_main_unit"] += 1
            continue
        scene = {one.subject: one.time_ms for one in reversed(rows) if one.body["status"] == "at_scene"}
        unit = min(main, key=lambda one: (scene.get(one, float("inf")), one))
        stamped_s = (scene[unit] - first.time_ms) / 1000 if unit in scene else None
        before = min(one.number for one in together) - 1
        happened.append(Happened(incident, first.time_ms, before, unit, tuple(sorted(units)), stamped_s))
    return sorted(happened, key=lambda one: one.before), dict(left_out)
