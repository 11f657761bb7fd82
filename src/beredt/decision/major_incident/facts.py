"""What was asked and assumed, beside the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from beredt.decision.major_incident.respond import Answered


def facts_of(answered: Answered) -> Mapping[str, object]:
    """What was assumed, for `results.json` and `--json`."""
    assumed = asdict(answered.assumptions)
    assumed["capacity"] = {key: list(value) for key, value in answered.assumptions.capacity.items()}
    when = answered.event.when
    return {
        "event": answered.event.id,
        "weekday": when.weekday,
        "clock_s": when.clock_s,
        "samples": len(answered.alarm_s),
        "alternatives": list(answered.tallies),
        "needed": [asdict(one) | {"wanted": list(one.wanted)} for one in answered.event.needed],
        "assumptions": {
            key: list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
            for key, value in assumed.items()
        },
    }
