"""Texts that a study's tables carry in several languages, one column each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from beredt.report.words import Words

LANGUAGES = ("en", "nb", "nn")


def local_text(words: Words, row: Mapping[str, Any], column: str = "name") -> str:
    """The text of a row in the report's language, from its columns `<column>_en`, `_nb` and `_nn`.

    Where nynorsk is not given, bokmål stands in; where nothing is given, the text is empty.
    """
    texts = {language: row.get(f"{column}_{language}") for language in LANGUAGES}
    texts["nn"] = texts["nn"] or texts["nb"]
    return words.local({language: str(text) for language, text in texts.items() if text})


def local_names(words: Words, table: pl.DataFrame, column: str = "name") -> Mapping[str, str]:
    """Id → text of every row of a table, in its order; an id without a text stands for itself."""
    return {row["id"]: local_text(words, row, column) or row["id"] for row in table.iter_rows(named=True)}
