"""Every purpose has a way of driving at every moment."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.dictionary import load_tables
from beredt.model.issue import Issue, shown
from beredt.model.reading.table import Tables


def check_travel(tables: Tables, start_s: float | None) -> Iterator[Issue]:
    """Travel sets without one of the purposes, and a beginning for which no set holds.

    `start_s` is when the trace begins, None if it could not be read.
    """
    if "travel_sets" in tables:
        table = tables["travel_sets"]
        rows = set(table.frame.select("set", "purpose").iter_rows())
        unread = sum(None in row for row in rows)
        purposes = load_tables()["travel_sets"].get_field("purpose").choices
        sets = list(dict.fromkeys(table.frame["set"].drop_nulls()))
        missing = [(one, purpose) for one in sets for purpose in purposes if (one, purpose) not in rows]
        if len(missing) > unread:
            text = ", ".join(missing[0])
            message = f"set {missing[0][0]} has no mode for {missing[0][1]}"
            remedy = "add a row for every set and purpose: " + ", ".join(purposes)
            yield Issue(table.file, None, "set, purpose", shown(text), len(missing), message, remedy)
    if "travel_timing" in tables and start_s is not None:
        table = tables["travel_timing"]
        starts = table.frame["start_s"]
        if len(starts) and not starts.null_count() and float(starts.to_numpy().min()) > start_s:
            message = f"no set holds from the start at {start_s:g} s"
            yield table.issue([int(starts.to_numpy().argmin())], "start_s", message, "let the first set hold from 0")
