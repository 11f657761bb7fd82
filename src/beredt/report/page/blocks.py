"""What chapters are made of. The page knows how each is shown; chapters know nothing of HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter; `level` is 3 or 4; on paper, `new_page` begins a page."""

    kind: ClassVar[str] = "heading"

    text: str
    level: int = 3
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `lead` marks a sentence that carries a finding."""

    kind: ClassVar[str] = "paragraph"

    text: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `ordered` numbers its lines."""

    kind: ClassVar[str] = "bullets"

    lines: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that is not there, and why: shown instead of what the reader would look for."""

    kind: ClassVar[str] = "notice"

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, the value it sorts by, and a style that the page knows, such as `q3` or `good`."""

    text: str
    sort: float | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and whether it holds figures, which stand to the right and sort by value."""

    title: str
    figures: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row; the first cell is its heading. `style` may be `group` for a row that only parts others, or `total`."""

    cells: tuple[Cell, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what to see in it and where it comes from. `dense` is for wide ones with short cells."""

    kind: ClassVar[str] = "table"

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str
    source: str
    dense: bool = False
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class MapPanel:
    """A map of a drawing: its title, its left, top, width and height in the drawing's units, and a text per cell."""

    title: str
    box: tuple[float, float, float, float]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapValues:
    """What a reader is told of the cells of a map: by pointer or keyboard on the page, nothing on paper.

    `cells` are left, top, width and height as parts of a panel, and the number of the cell's place in `places`; a text
    of a panel is "" where it has no value.
    """

    places: tuple[str, ...]
    cells: tuple[tuple[float, float, float, float, int], ...]
    panels: tuple[MapPanel, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG, its finding in words for those who cannot see it, what to see in it, and its source.

    `values` lets a map tell its figures cell by cell.
    """

    kind: ClassVar[str] = "figure"

    svg: str
    alt: str
    caption: str
    source: str
    style: str = ""
    values: MapValues | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer for one alternative: `outcome` is meets, fails or undecided; `lines` say where and how much."""

    outcome: str
    mark: str
    title: str
    answer: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The answers for all alternatives, side by side."""

    kind: ClassVar[str] = "verdicts"

    cards: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the calendar: its name, and per day the day's number and a level 0 to 5 for every hour."""

    name: str
    days: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days × hours with a number in every cell. `hours` are the column titles, `labels` the text of each level."""

    kind: ClassVar[str] = "calendar"

    months: tuple[Month, ...]
    hours: tuple[str, ...]
    labels: tuple[str, ...]
    caption: str
    source: str


@dataclass(frozen=True, slots=True)
class LevelKey:
    """The key of the simultaneity colours, with the switch to colours for the colour-blind."""

    kind: ClassVar[str] = "level_key"

    labels: tuple[str, ...]
    switch: str


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks behind a click; a printed page shows them open."""

    kind: ClassVar[str] = "details"

    title: str
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Bullets | Notice | Table | Figure | Verdicts | Calendar | LevelKey | Details


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: where links find it, its title, its finding in one sentence, and what follows."""

    id: str
    title: str
    finding: str
    blocks: tuple[Block, ...] = field(default=())
