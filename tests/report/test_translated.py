"""Notes and sources of a study in the language of the report; the bundled study has all of them in all three."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.context import ReportContext, make_context
from beredt.report.results import read_results
from beredt.report.translated import translated
from beredt.report.words import load_words

SHOWN = {
    "published": ("note", "source"),
    "staff_published": ("note", "source"),
    "staff_figures": ("source",),
    "climate_figures": ("source",),
}
"""Columns of the bundled study whose texts stand in the report as they are."""

SAME_EVERYWHERE = {"ambulanseforum.no 2016"}


def context(study: Study, results_dir: Path, language: str) -> ReportContext:
    table = pl.DataFrame({"text": ["a note", "half"], "nb": ["et notat", "halvt"], "nn": ["eit notat", None]})
    told = replace(study, decision={**study.decision, "translations": table})
    return make_context(told, read_results(results_dir), load_words(language))


@pytest.mark.parametrize(
    ("language", "note", "half"),
    [("en", "a note", "half"), ("nb", "et notat", "halvt"), ("nn", "eit notat", "halvt")],
)
def test_a_text_is_told_in_the_nearest_language(
    tiny: Study, results_dir: Path, language: str, note: str, half: str
) -> None:
    ctx = context(tiny, results_dir, language)
    assert translated(ctx, "a note") == note
    assert translated(ctx, "half") == half
    assert translated(ctx, "nowhere") == "nowhere"
    assert translated(ctx, None) == ""


def test_a_study_without_the_table_tells_its_texts_as_they_stand(context: ReportContext) -> None:
    assert translated(context, "a note") == "a note"


def test_every_note_of_the_bundled_study_is_there_in_norwegian() -> None:
    study = load_study("asker-baerum")
    known = study.decision["translations"]
    assert known.select(pl.col("nb", "nn").is_not_null().all()).row(0) == (True, True)
    tables = {**study.decision, "published": pl.read_csv(study.folder / "published.csv")}
    texts = {
        text
        for name, columns in SHOWN.items()
        for column in columns
        for text in tables[name][column].drop_nulls().to_list()
        if text
    }
    assert texts - set(known["text"].to_list()) == SAME_EVERYWHERE
    assert set(known["text"].to_list()) <= texts
