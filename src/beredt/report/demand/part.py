"""A part of what is told of demand: its finding, and what stands under it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from beredt.report.page.blocks import Block, Chapter, Heading, Paragraph


@dataclass(frozen=True, slots=True)
class DemandPart:
    """A part that is a chapter on a page of demand alone, and a section in the report."""

    id: str
    title: str
    finding: str
    blocks: tuple[Block, ...]

    def as_chapter(self) -> Chapter:
        """The part by itself."""
        return Chapter(self.id, self.title, self.finding, self.blocks)

    def as_section(self) -> tuple[Block, ...]:
        """The part below a heading of a longer chapter."""
        inner = (replace(one, level=one.level + 1) if isinstance(one, Heading) else one for one in self.blocks)
        return (Heading(self.title), Paragraph(self.finding), *inner)
