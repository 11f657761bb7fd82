"""What the simulation says of an event: figures of the run that stand beside what people think."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from beredt.decision.frames import Cell, result_frame

MISROUTED = "misrouted_calls"
"""The one measure that comes from the table `misrouting`: an assumed range, not a simulated figure."""

ANY = "any"
WHOLE_DAY = -1


def evidence_table(
    wanted: pl.DataFrame, alternatives: Sequence[str], baseline: str, results: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """Table `risk_evidence`: every figure that an event asks for, under every alternative.

    A figure that this run does not hold gets a row that says so.

    Args:
        wanted: the study's table of that name: event, measure, urgency, group.
        alternatives: that were run, today first.
        baseline: that differences are taken from.
        results: tables indicators, differences and misrouting; any may be missing.
    """
    levels = _by_key(results.get("indicators"))
    differences = _by_key(_from(results.get("differences"), baseline))
    misrouting = results.get("misrouting")
    assumed = {} if misrouting is None else {row["alternative"]: row for row in misrouting.iter_rows(named=True)}

    def rows() -> Iterator[Mapping[str, Cell]]:
        for want in wanted.iter_rows(named=True):
            urgency = "" if want["urgency"] == ANY else want["urgency"]
            for one in alternatives:
                named = {"event": want["event"], "measure": want["measure"], "urgency": urgency, "group": want["group"]}
                if want["measure"] == MISROUTED:
                    yield {**named, "alternative": one, **_assumed(assumed.get(one))}
                else:
                    key = (one, want["measure"], urgency, want["group"])
                    yield {**named, "alternative": one, **_simulated(levels.get(key), differences.get(key))}

    return result_frame("risk_evidence", rows())


Key = tuple[str, str, str, str]
_NOTHING: Mapping[str, Cell] = {
    "unit": "", "value": None, "low": None, "high": None, "difference": None, "difference_low": None,
    "difference_high": None, "status": "missing",
}  # fmt: skip


def _from(differences: pl.DataFrame | None, baseline: str) -> pl.DataFrame | None:
    return None if differences is None else differences.filter(pl.col("baseline") == baseline)


def _by_key(table: pl.DataFrame | None) -> dict[Key, Mapping[str, Cell]]:
    if table is None:
        return {}
    whole_day = table.filter(pl.col("hour") == WHOLE_DAY)
    return {
        (row["alternative"], row["measure"], row["urgency"] or "", row["group"]): row
        for row in whole_day.iter_rows(named=True)
    }


def _simulated(level: Mapping[str, Cell] | None, difference: Mapping[str, Cell] | None) -> Mapping[str, Cell]:
    if level is None or level["value"] is None:
        return _NOTHING
    found = {"unit": level["unit"], "value": level["value"], "low": level["low"], "high": level["high"]}
    other = difference or {"value": None, "low": None, "high": None}
    differs = {"difference": other["value"], "difference_low": other["low"], "difference_high": other["high"]}
    return {**found, **differs, "status": "simulated"}


def _assumed(row: Mapping[str, Cell] | None) -> Mapping[str, Cell]:
    """A range has no middle that anybody has stated."""
    if row is None:
        return _NOTHING
    return {**_NOTHING, "unit": "calls", "low": row["calls_low"], "high": row["calls_high"], "status": "assumed"}
