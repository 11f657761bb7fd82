"""Which decisions of a log can be asked about again, and why the others cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from beredt.live.ground.ground import Ground
from beredt.live.replay.past import TOGETHER_MS, Happened, Stretch, is_main
from beredt.live.replay.store_rows import LATER, Row, by_incident
from beredt.live.store.entry import Entry
from beredt.model.urgency import URGENCIES


def decisions_of(
    ground: Ground, rows: Sequence[Row], entries: Sequence[Entry], stretch: Stretch
) -> tuple[list[Happened], dict[str, int]]:
    """What was decided in a stretch of days, in order of time, and how many decisions cannot be asked about, by reason.

    Args:
        ground: the study whose units they are.
        rows: unit responses of the log, in order of alert.
        entries: the events that were made of them.
        stretch: which days.
    """
    happened, left_out = [], Counter[str]()
    mobilised = {(entry.subject, entry.body.get("incident"), entry.time_ms): entry.number for entry in entries
                 if entry.kind == "unit_status" and entry.body["status"] == "mobilising"}  # fmt: skip
    for name, of in by_incident(rows).items():
        decided_ms = of[0]["begin"]
        if decided_ms < stretch.begin_ms:
            continue
        together = [row for row in of if row["begin"] <= decided_ms + TOGETHER_MS]
        reason = _why_left_out(ground, together)
        if reason is not None:
            left_out[reason] += 1
            continue
        main = [row for row in together if is_main(ground, row["unit"])]
        first = min(main, key=lambda row: (row["scene_t"] or LATER, row["begin"], row["unit"]))
        before = min(mobilised[row["unit"], name, row["begin"]] for row in together if row["unit"] in ground.unit_index)
        scene_ms = first["scene_t"]
        stamped_s = None if scene_ms is None else (scene_ms - decided_ms) / 1000
        units = tuple(sorted({row["unit"] for row in together}))
        happened.append(Happened(name, decided_ms, before - 1, first["unit"], units, stamped_s))
    return sorted(happened, key=lambda one: (one.decided_ms, one.before)), dict(left_out)


def _why_left_out(ground: Ground, together: Sequence[Row]) -> str | None:
    first = together[0]
    if all(row["planned"] for row in together):
        return "planned"
    if first["lat"] is None or first["lon"] is None:
        return "no_place"
    if first["urgency"] not in URGENCIES:
        return "no_urgency"
    if all(row["unit"] not in ground.unit_index for row in together):
        return "unit_not_in_the_study"
    return None if any(is_main(ground, row["unit"]) for row in together) else "no_main_unit"
