"""Typst, asked in one way: files in memory, the report's own typeface, and no clock."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import Any

STANDARD = "ua-1"
"""PDF/UA-1 (ISO 14289-1): typst refuses to write a file without title, language, order of headings or alt texts."""

_NO_TIME = 0
"""Seconds since 1970 that typst takes for now, so that the same report has the same bytes."""


def set_pdf(sources: Mapping[str, bytes]) -> bytes:
    """Set a document whose files are given by name, `main.typ` among them, as a tagged PDF."""
    made = _compile(sources, format="pdf", pdf_standards=[STANDARD])
    assert isinstance(made, bytes)
    return made


def set_png(sources: Mapping[str, bytes], ppi: float) -> list[bytes]:
    """Set a document as one PNG per page, with this many pixels to the inch."""
    made = _compile(sources, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _compile(sources: Mapping[str, bytes], **choices: Any) -> Any:
    import typst

    compile_any: Any = typst.compile  # its stub does not know that a mapping of files is taken
    with as_file(files("beredt.report").joinpath("fonts")) as fonts:
        return compile_any(
            dict(sources), font_paths=[str(fonts)], ignore_system_fonts=True, timestamp=_NO_TIME, **choices
        )
