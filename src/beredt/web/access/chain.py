"""The chain of the log: each link carries the hash of the one before, so that no line is changed or taken out unseen.

    digest(n) = SHA-256 of everything in line n,   hash(n) = SHA-256(hash(n−1) · n · digest(n)),   hash(0) = 64 zeros

Who can write to the database can forge all of a chain from some link on; not so that it ends in a hash that somebody
has noted elsewhere before: an anchor. One is kept beside the database by every server; `beredt serve audit anchor`
tells it to be kept where nobody who can write here can write.

When lines are deleted by a rule of retention their links stay, and so does the chain: a line in it says up to which
number lines were deleted.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, select

from beredt.errors import OptionError
from beredt.web.access.database import AUDIT, AUDIT_LINKS

START = "0" * 64
RETENTION = "retention"
"""Kind of the entry that says what was deleted by rule."""
DELETED = "delete entries of this log up to number {number}: older than {days} days"
_DELETED = re.compile(r"delete entries of this log up to number (\d+):")
_ANCHOR = re.compile(r"(\d+)[ :]([0-9a-f]{64})")
ROWS_AT_ONCE = 1000
MOST_TOLD = 100
ANCHOR_FILE = "audit.anchor"


class Anchor(NamedTuple):
    """How far a chain had come: the number of its last link, and its hash."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit at a `number` of the chain."""

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at a whole chain found: where it ends, how many lines it has, how many were deleted by rule.

    `before` are lines from before there was a chain: the next one links them all.
    """

    end: Anchor
    lines: int
    deleted: int
    before: int
    faults: tuple[Fault, ...]


def new_id(connection: Connection) -> dict[str, ColumnElement[int]]:
    """The id of a line that is to be added, as a value for its column; none where the database counts by itself.

    SQLite gives that of a last line that was taken out to the next one: there, no id that a link has is free. It is
    asked for within the insert, which waits for other writers.
    """
    if connection.dialect.name != "sqlite":
        return {}
    used = [func.coalesce(select(func.max(one)).scalar_subquery(), 0) for one in (AUDIT.c.id, AUDIT_LINKS.c.audit_id)]
    return {"id": func.max(*used) + 1}


def link_new(connection: Connection, line: int) -> Anchor:
    """Put a line at the end of the chain, within the transaction that added it; returns where the chain ends.

    No other line that has no link gets one: somebody may have put it in. Only where there is no chain yet, all lines
    from before are linked with it.

    Args:
        connection: whose user holds a lock against other writers.
        line: id of the line that was added.
    """
    asked = select(AUDIT_LINKS.c.number, AUDIT_LINKS.c.hash)
    last = connection.execute(asked.order_by(AUDIT_LINKS.c.number.desc()).limit(1)).first()
    number, before = (0, START) if last is None else (last.number, last.hash)
    new = AUDIT.c.id <= line if last is None else AUDIT.c.id == line
    links = []
    for row in connection.execute(select(AUDIT).where(new).order_by(AUDIT.c.id)).mappings():
        number, digest = number + 1, line_digest(row)
        before = link_hash(before, number, digest)
        links.append({"number": number, "audit_id": row["id"], "digest": digest, "hash": before})
    if links:
        connection.execute(insert(AUDIT_LINKS), links)
    return Anchor(number, before)


def line_digest(row: Mapping[Any, Any]) -> str:
    """Equal for lines that say the same, and have the same id."""
    said = json.dumps([row[column.name] for column in AUDIT.columns], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def link_hash(before: str, number: int, digest: str) -> str:
    """The hash of a link."""
    return hashlib.sha256(f"{before} {number} {digest}".encode()).hexdigest()


def check_chain(engine: Engine, anchors: Sequence[Anchor] = ()) -> Checked:
    """Go through a whole chain and tell everything that does not fit.

    Args:
        engine: its database.
        anchors: that it must go through.
    """
    faults: list[Fault] = []
    wanted = {one.number: one.hash for one in anchors}
    number, before, lines, missing, allowed = 0, START, 0, list[int](), 0
    with engine.connect() as connection:
        for link in _links(connection):
            if link["number"] != number + 1:
                faults.append(Fault(number + 1, _gap(number + 1, link["number"])))
            number = link["number"]
            if link["hash"] != link_hash(before, number, link["digest"]):
                faults.append(Fault(number, "the link does not follow from the one before: one of them was changed"))
            if wanted.pop(number, link["hash"]) != link["hash"]:
                faults.append(
                    Fault(number, "an anchor that was kept has another hash: the chain up to here was forged")
                )
            before = link["hash"]
            if link["id"] is None:
                missing.append(number)
                continue
            lines += 1
            if line_digest({column.name: link[column.name] for column in AUDIT.columns}) != link["digest"]:
                faults.append(Fault(number, "the line was changed"))
            elif link["kind"] == RETENTION and (found := _DELETED.search(link["what"])):
                allowed = max(allowed, int(found[1]))
        faults += [Fault(one, "the line is missing, and no rule deleted it") for one in missing if one > allowed]
        unlinked = _unlinked(connection)
    if number:
        faults += unlinked
    faults += [
        Fault(one, f"the end is missing: the chain had come to {one} when an anchor was kept, and ends at {number}")
        for one in sorted(wanted)
        if one > number
    ]
    deleted = sum(one <= allowed for one in missing)
    from_before = 0 if number else len(unlinked)
    return Checked(
        Anchor(number, before), lines, deleted, from_before, tuple(sorted(faults, key=lambda one: one.number))
    )


def _links(connection: Connection) -> Iterator[Mapping[Any, Any]]:
    joined = AUDIT_LINKS.outerjoin(AUDIT, AUDIT.c.id == AUDIT_LINKS.c.audit_id)
    asked = select(AUDIT_LINKS, AUDIT).select_from(joined).order_by(AUDIT_LINKS.c.number)
    yield from connection.execution_options(yield_per=ROWS_AT_ONCE).execute(asked).mappings()


def _unlinked(connection: Connection) -> list[Fault]:
    """Lines beside the chain or behind its end: put in without it."""
    joined = AUDIT.outerjoin(AUDIT_LINKS, AUDIT.c.id == AUDIT_LINKS.c.audit_id)
    asked = select(AUDIT.c.id).select_from(joined).where(AUDIT_LINKS.c.number.is_(None))
    return [
        Fault(0, f"the line with id {one} is in no link: it was put in beside the chain")
        for one in connection.execute(asked.order_by(AUDIT.c.id)).scalars()
    ]


def _gap(first: int, after: int) -> str:
    last = after - 1
    return f"the link is missing, and all up to {last}" if last > first else "the link is missing"


def keep_anchor(path: Path, anchor: Anchor) -> None:
    """Note how far the chain has come, unless a longer one is noted: two servers may share a folder.

    Where it cannot be noted the one before stays: it is as true as it was.
    """
    noted = find_anchor(path)
    if noted is not None and noted.number >= anchor.number:
        return
    line = f"{anchor.number} {anchor.hash}".ljust(100)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("r+b", buffering=0) as file:
            file.write(line.encode())  # one write in place: there is always a whole line


def find_anchor(path: Path) -> Anchor | None:
    """The anchor of a file; None where there is none."""
    try:
        return parse_anchor(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def parse_anchor(text: str) -> Anchor:
    """An anchor as it is told, `NUMBER:HASH`. Raises OptionError."""
    found = _ANCHOR.fullmatch(text.strip())
    if found is None:
        remedy = "give it as `beredt serve audit anchor` has told it: NUMBER:HASH"
        raise OptionError("--anchor", text[:100], "it is no anchor", remedy)
    return Anchor(int(found[1]), found[2])


def told(faults: Iterable[Fault]) -> list[str]:
    """Faults as lines of text, the first of many."""
    lines = [f"number {one.number}: {one.what}" if one.number else one.what for one in faults]
    return lines if len(lines) <= MOST_TOLD else [*lines[:MOST_TOLD], f"and {len(lines) - MOST_TOLD} more"]
