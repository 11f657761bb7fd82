"""The figures of a report as files for slides and documents: SVG, and PNG that fits a wide slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from beredt.report.page.blocks import Block, Chapter, Details, Figure
from beredt.report.page.standalone_svg import standalone_svg, view_box
from beredt.report.typesetting import set_png

SLIDE_PT = (960.0, 540.0)
"""A slide of 16:9 in points; a drawing is as large as fits on it."""

_PPI = 192
"""2,560 × 1,440 pixels for a drawing that fills a slide."""


@dataclass(frozen=True, slots=True)
class FigureFile:
    """A drawing and the name of its files, without ending."""

    name: str
    svg: str
    width_pt: float


def write_figures(folder: Path, chapters: Sequence[Chapter]) -> list[Path]:
    """Write every figure of the chapters as `NUMBER-CHAPTER.svg` and `.png`; give the files in order.

    What an earlier run wrote by such names is removed. Numbers are those of the captions.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("[0-9][0-9]-*.svg"), *folder.glob("[0-9][0-9]-*.png")]:
        old.unlink()
    drawings = list(figure_files(chapters))
    written = []
    for one, png in zip(drawings, _as_png(drawings), strict=True):
        for ending, content in ((".svg", one.svg.encode("utf-8")), (".png", png)):
            path = folder / f"{one.name}{ending}"
            path.write_bytes(content)
            written.append(path)
    return written


def figure_files(chapters: Sequence[Chapter]) -> Iterator[FigureFile]:
    """Every figure of a report, in the order of the captions, named by number and chapter."""
    found = ((chapter.id, figure) for chapter in chapters for figure in _figures(chapter.blocks))
    for number, (chapter, figure) in enumerate(found, start=1):
        _, _, width, height = view_box(figure.svg)
        fits = min(SLIDE_PT[0], SLIDE_PT[1] * width / height)
        svg = standalone_svg(figure.svg, of_map="map" in figure.style.split())
        yield FigureFile(f"{number:02d}-{chapter}", svg, fits)


def _figures(blocks: Sequence[Block]) -> Iterator[Figure]:
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, Details):
            yield from _figures(block.blocks)


def _as_png(drawings: Sequence[FigureFile]) -> list[bytes]:
    """Every drawing as pixels, set by typst: a page of its own for each."""
    if not drawings:
        return []
    pages = "\n#pagebreak()\n".join(
        f'#image("{number}.svg", width: {one.width_pt:.3f}pt)' for number, one in enumerate(drawings)
    )
    main = f"#set page(width: auto, height: auto, margin: 0pt, fill: white)\n{pages}"
    sources = {f"{number}.svg": one.svg.encode("utf-8") for number, one in enumerate(drawings)}
    return set_png({"main.typ": main.encode("utf-8"), **sources}, _PPI)
