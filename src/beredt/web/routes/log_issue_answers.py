"""What a page is told of what cleaning found in a mission log."""

from __future__ import annotations

from pydantic import BaseModel

from beredt.web.routes.log_answers import StoreOut
from beredt.web.routes.log_reading import ReadingOut


class Example(BaseModel):
    """The first row of a kind of finding, `count` how many there are of it."""

    file: str
    row: int | None
    field: str
    value: str
    count: int
    lat: float | None
    lon: float | None


class FoundOut(BaseModel):
    """A rule with how many rows it found, of how many `kinds`, and examples of them."""

    rule: str
    count: int
    kinds: int
    examples: list[Example]


class IssuesOut(BaseModel):
    """What came of cleaning. `columns` were left out, `issues` are of the header."""

    store: StoreOut
    found: list[FoundOut]
    reading: ReadingOut | None
