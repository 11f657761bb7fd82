"""Names that a study's tables bring along, one column per language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from beredt.report.words import Words


def local_name(words: Words, row: Mapping[str, Any], stem: str = "name") -> str:
    """The name in the language of the report, from `<stem>_en`, `<stem>_nb` and, where there is one, `<stem>_nn`."""
    texts = {language: str(row.get(f"{stem}_{language}") or "") for language in ("en", "nb", "nn")}
    return words.local({language: text for language, text in texts.items() if text})
