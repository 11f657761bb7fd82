"""Other logs that a log is linked with, chosen in the browser and kept as the link file of `beredt missions link`.

Nobody sends a link file: it names paths, and whoever could name them could read what lies on the server.
"""

from __future__ import annotations

import json
import os
import tempfile
from asyncio import to_thread
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, Field

from beredt.errors import OptionError
from beredt.report.words import list_languages, load_words
from beredt.web.logs.names import file_name, inside
from beredt.web.logs.upload import receive_file

if TYPE_CHECKING:
    from beredt.web.logs.header import Header
    from beredt.web.logs.log import MissionLog
    from beredt.web.logs.log_folder import LogFolder
    from beredt.web.logs.shelf import LogShelf

THIS = "missions"
"""The name that the log itself has in a link file: every pathway begins there."""

LINKED, LINKS_FILE, FILES = "linked", "links.json", "files"
"""Folder beside a log, and what lies in it: the links, and files that are no logs of missions."""

Column = Literal["start", "end", "key", "patient", "lat", "lon", "municipality", "age", "sex"]

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=40)]

PlainName = Annotated[str, Field(min_length=1, max_length=200)]


class LinkedLog(BaseModel):
    """Another log, and how its records are found: `title` is its name for people, `name` that in tables.

    It is a log of missions of the same study (`log`, its id), or a file that was sent (`file`), whose `columns` are
    named. Its records begin between `earliest_min` and `latest_min` minutes after the start or end of those of `after`;
    pairs of `threshold_bits` or more are links, and so are records with the same key.
    """

    name: Name
    title: Annotated[str, Field(min_length=1, max_length=80)]
    after: Name = THIS
    log: Annotated[str, Field(max_length=80)] = ""
    file: Annotated[str, Field(max_length=200)] = ""
    columns: dict[Column, PlainName] = {}
    date_order: Literal["day", "month", "year"] = "day"
    decimal: Literal[".", ","] = ","
    hash_key: bool = False
    measured: Literal["start", "end"] = "end"
    earliest_min: Annotated[float, Field(ge=-100_000, le=100_000)] = -15.0
    latest_min: Annotated[float, Field(ge=-100_000, le=1_000_000)] = 120.0
    threshold_bits: Annotated[float, Field(ge=-50, le=200)] = 8.0


def read_links(folder: Path) -> tuple[LinkedLog, ...]:
    """The links that are kept in the folder of a log; none where there are none."""
    try:
        kept = json.loads((folder / LINKED / LINKS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(LinkedLog.model_validate(one) for one in kept["links"])


def write_links(folder: Path, links: Sequence[LinkedLog]) -> None:
    """Keep links in the folder of a log, and throw away files that none of them names."""
    from beredt.missions.write_files import write_json

    (folder / LINKED).mkdir(exist_ok=True)
    write_json({"links": [one.model_dump() for one in links]}, folder / LINKED / LINKS_FILE)
    named = {one.file for one in links}
    for path in (folder / LINKED / FILES).glob("*"):
        if path.name not in named:
            path.unlink(missing_ok=True)


async def receive_linked(
    shelf: LogShelf, log: MissionLog, name: str, stream: AsyncIterator[bytes], size: int | None, largest: int
) -> tuple[str, Header]:
    """Take a file of other records that a log is to be linked with, and tell its name here and its header.

    Raises:
        OptionError: Its name is none of a table.
        UploadError: It did not arrive whole.
        LogError: It cannot be read.
    """
    plain = file_name(name)
    folder = shelf.folder_of(log).path / LINKED / FILES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".coming-") as coming:
        draft = Path(coming) / plain
        await receive_file(stream, draft, size, largest)
        header = await to_thread(shelf.look, draft)
        os.replace(draft, folder / plain)
    return plain, header


def link_file(links: Sequence[LinkedLog], zone: str, this: str, place: Callable[[LinkedLog], str]) -> str:
    """The link file that says the same, as TOML.

    Args:
        links: In the order in which they hang on each other.
        zone: Of the clocks of files.
        this: Path of the store of the log itself.
        place: Path of the store or the file of a link.
    """
    import tomlkit

    sources: dict[str, Any] = {THIS: {"store": this}}
    sources |= {one.name: _source(one, place(one)) for one in links}
    rules = [
        {"from": one.after, "to": one.name, "measured": one.measured, "earliest_min": one.earliest_min,
         "latest_min": one.latest_min, "threshold_bits": one.threshold_bits}
        for one in links
    ]  # fmt: skip
    durations = [duration for one in links for duration in _durations(one)]
    return tomlkit.dumps({"zone": zone, "sources": sources, "links": rules, "durations": durations})


def _source(one: LinkedLog, path: str) -> dict[str, Any]:
    if one.log:
        return {"store": path}
    habits = {"date_order": one.date_order, "decimal": one.decimal}
    return {"file": path, "columns": dict(one.columns), "habits": habits, "hash_key": one.hash_key}


def _durations(one: LinkedLog) -> list[dict[str, Any]]:
    """From the call to the beginning of the other log's record, and to its end where it has one."""
    ends = ["start", *(["end"] if one.log or "end" in one.columns else [])]
    return [
        {
            "name": f"{one.name}-{end}",
            "title": {lang: load_words(lang)(f"studio.logs.links.to_{end}", log=one.title)
                      for lang in list_languages()},
            "begin": f"{THIS}.start",
            "end": f"{one.name}.{end}",
        }
        for end in ends
    ]  # fmt: skip


def path_of(one: LinkedLog, own: LogFolder, shelf: LogShelf, study: str) -> Path:
    """Where the store or the file of a link lies.

    Raises:
        UnknownIdError: The other log is gone.
        OptionError: It is not imported, or the file is not here any more.
    """
    if one.log:
        return shelf.folder_of(shelf.get(study, one.log)).get_store().path
    path = inside(own.path / LINKED / FILES, one.file)
    if path is None:
        raise OptionError("file", one.file, "its file is not here any more", "take the link away, and make it again")
    return path
