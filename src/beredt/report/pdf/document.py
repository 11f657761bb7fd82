"""From blocks to plain data that the typst template lays out: no text of a report is ever read as typst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from beredt.report.page.blocks import (
    Block,
    Bullets,
    Calendar,
    Chapter,
    Details,
    Figure,
    Heading,
    LevelKey,
    Notice,
    Paragraph,
    Table,
    Verdicts,
)
from beredt.report.page.numbering import Numbering
from beredt.report.page.standalone_svg import standalone_svg, view_box
from beredt.report.pdf.columns import halves, keep_brackets, layout
from beredt.report.words import Words

Node = dict[str, Any]

_TALLEST_MM = 214.0
_WIDEST_MM = 180.0
_SMALL_MM = 122.0
_FIRST_MM = 172.0
"""A drawing right below the head of a chapter leaves room for it."""

ONE_PAGE = "summary"
"""The chapter that a reader must have in front of them at one glance."""


class Setter:
    """Turns the blocks of chapters into nodes, numbering figures and tables as it goes."""

    def __init__(self, words: Words, numbering: Numbering, short_fingerprint: str) -> None:
        self._words = words
        self._numbering = numbering
        self._fingerprint = short_fingerprint

    def chapter(self, chapter: Chapter) -> Node:
        """A chapter with all that is in it."""
        one_page = chapter.id == ONE_PAGE
        return {
            "id": chapter.id,
            "title": chapter.title,
            "finding": chapter.finding,
            "one_page": one_page,
            "blocks": list(self._nodes(chapter.blocks, 1, may_lie=not one_page)),
        }

    def _nodes(self, blocks: Sequence[Block], outer: int, *, may_lie: bool) -> Iterator[Node]:
        """Nodes of blocks below a heading of level `outer`. Levels are never skipped, which PDF/UA asks for."""
        level = outer
        for block in blocks:
            match block:
                case Heading():
                    level = min(outer + block.level - 2, level + 1)
                    yield {"kind": "heading", "text": block.text, "level": level, "new_page": block.new_page}
                case Details():
                    level = outer + 1
                    yield {"kind": "heading", "text": block.title, "level": level, "new_page": False}
                    yield from self._nodes(block.blocks, level, may_lie=may_lie)
                case Table():
                    yield from self._tables(block, may_lie=may_lie)
                case _:
                    yield self._node(block)

    def _node(self, block: Block) -> Node:
        match block:
            case Paragraph():
                return {"kind": "paragraph", "text": block.text, "lead": block.lead}
            case Bullets():
                return {"kind": "bullets", "lines": list(block.lines), "ordered": block.ordered}
            case Notice():
                return {"kind": "notice", "text": block.text}
            case Figure():
                return self._figure(block)
            case Verdicts():
                cards = [
                    {"outcome": one.outcome, "mark": one.mark, "title": one.title, "answer": one.answer,
                     "lines": list(one.lines)}
                    for one in block.cards
                ]  # fmt: skip
                return {"kind": "verdicts", "cards": cards}
            case Calendar():
                return self._calendar(block)
            case LevelKey():
                return {"kind": "level_key", "labels": list(block.labels)}
        raise TypeError(f"the report on paper knows no block of kind {type(block).__name__}: add it to pdf/document.py")

    def _caption(self, number: str, text: str, source: str) -> Node:
        told = self._words("page.source", source=source, fingerprint=self._fingerprint)
        return {"number": number, "text": text, "source": told}

    def _figure(self, block: Figure) -> Node:
        _, _, width, height = view_box(block.svg)
        widest = _SMALL_MM if "small" in block.style.split() else _WIDEST_MM
        tallest = _FIRST_MM if "first" in block.style.split() else _TALLEST_MM
        shown = min(widest, tallest * width / height)
        svg = standalone_svg(block.svg, of_map="map" in block.style.split())
        caption = self._caption(self._numbering.figure(), block.caption, block.source)
        return {"kind": "figure", "svg": svg, "alt": block.alt, "width_mm": round(shown, 3), "caption": caption}

    def _tables(self, table: Table, *, may_lie: bool) -> Iterator[Node]:
        """One node, or several with the same number when the table is too wide for a page."""
        number = self._numbering.table()
        waiting = [table]
        while waiting:
            one = waiting.pop(0)
            made = layout(one, may_lie=may_lie)
            if made is None:
                waiting = [*halves(one), *waiting]
                continue
            keep = keep_brackets if made.whole else str
            rows = [
                {"style": row.style, "cells": [[keep(cell.text), cell.style] for cell in row.cells]} for row in one.rows
            ]
            yield {
                "kind": "table",
                "columns": [[column.title, column.figures] for column in one.columns],
                "rows": rows,
                "caption": self._caption(number, one.caption, one.source),
                "size_pt": made.size_pt,
                "widths": list(made.widths),
                "share": made.share,
                "across": made.across,
                "turned": made.turned,
            }

    def _calendar(self, block: Calendar) -> Node:
        return {
            "kind": "calendar",
            "months": [
                {"name": month.name, "days": [[day, list(levels)] for day, levels in month.days]}
                for month in block.months
            ],
            "hours": list(block.hours),
            "labels": list(block.labels),
            "caption": self._caption(self._numbering.table(), block.caption, block.source),
        }
