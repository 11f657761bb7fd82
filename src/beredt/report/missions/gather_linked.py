"""Tables about more than one log, or about a queue: pathways, people who call again, and cases under review."""

from __future__ import annotations

import calendar
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from beredt.indicators.pathway.link_file import read_link_file
from beredt.indicators.pathway.pathways import find_pathways
from beredt.indicators.pathway.read_records import needs_key, read_all
from beredt.indicators.pathway.records import records_of_store
from beredt.indicators.pathway.repeat_callers import repeat_callers
from beredt.indicators.pathway.tables import pathway_tables
from beredt.indicators.review.queue import open_queue
from beredt.indicators.review.queue_file import iso
from beredt.indicators.review.summary import summary_table
from beredt.missions.read.identity import default_key_file, load_or_make_key
from beredt.missions.store import Store


def pathway_tables_of(store: Store, links: Path, key_file: Path | None, threshold: int) -> dict[str, pl.DataFrame]:
    """Tables of the pathways that a link file finds, and of people who call again in the store.

    Args:
        store: The log that is reported.
        links: The link file; paths in it are relative to its folder.
        key_file: Key that patients are hashed with [default: the user's].
        threshold: Counts below it are left out.

    Raises:
        DefinitionError: The link file cannot be used.
    """
    file = read_link_file(links)
    key = load_or_make_key(key_file or default_key_file()) if needs_key(file) else b""
    records, _ = read_all(file, links.parent, key)
    found = pathway_tables(file, find_pathways(file, records), threshold=threshold)
    again = repeat_callers(records_of_store(store), threshold=threshold)
    named = {f"pathway_{name}": table for name, table in found._asdict().items()}
    return {**named, "repeat_callers": again.callers, "repeat_within": again.within}


def review_table_of(queue: Path, zone: str, month: str | None, threshold: int) -> pl.DataFrame:
    """The table `review_summary` of a queue, of calls in a month on the log's own clock where one is named."""
    begin, end = ("", "") if month is None else _month(month, zone)
    with open_queue(queue) as held:
        return summary_table(held.list_cases(since=begin, until=end), threshold)


def _month(month: str, zone: str) -> tuple[str, str]:
    year, number = (int(part) for part in month.split("-"))
    first = datetime(year, number, 1, tzinfo=ZoneInfo(zone))
    following = (year + 1, 1) if number == len(calendar.month_name) - 1 else (year, number + 1)
    return iso(first), iso(datetime(*following, 1, tzinfo=ZoneInfo(zone)))
