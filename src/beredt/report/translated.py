"""Notes and sources of a study's tables in the language of the report."""

from __future__ import annotations

import polars as pl

from beredt.report.context import ReportContext

TABLE = "translations"


def translated(ctx: ReportContext, text: str | None) -> str:
    """The text as the study's table `translations` has it in the report's language, else as it stands."""
    table = ctx.study.decision.get(TABLE)
    if not text or table is None:
        return text or ""
    for row in table.filter(pl.col("text") == text).iter_rows(named=True):
        written = {language: row[language] for language in ("nb", "nn") if row[language]}
        return ctx.words.local({**written, "en": text})
    return text
