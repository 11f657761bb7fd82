"""Scales are read from what logs write; a file of one's own is checked."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from beredt.errors import DefinitionError, UnknownIdError
from beredt.indicators.triage.scale import get_scale, guess_scale, level_of, load_scales, read_scales


def levels(scale: str, values: list[str | None]) -> list[str | None]:
    one = load_scales()[scale]
    places = pl.DataFrame({"triage": values}, schema={"triage": pl.String}).select(level_of(one)).to_series().to_list()
    return [None if place is None else one.levels[place].id for place in places]


def test_words_of_logs() -> None:
    found = levels("retts", ["Rød ", "ORANGE", "gul", "4", "blå", "lilla", "", None])
    assert found == ["red", "orange", "yellow", "green", "blue", None, None, None]


def test_scores_fall_into_bands() -> None:
    found = levels("news", ["0", "4", "5", " 6", "7", "20", "4,0", "-1", "high", None])
    assert found == ["low", "low", "medium", "medium", "high", "high", "low", None, None, None]


def test_a_categorical_column_is_read_too() -> None:
    frame = pl.DataFrame({"triage": ["red", "red", None]}, schema={"triage": pl.Categorical})
    assert frame.select(level_of(load_scales()["retts"])).to_series().to_list() == [0, 0, None]


def test_the_guess_is_the_scale_that_reads_most() -> None:
    values = pl.DataFrame({"triage": ["rød", "oransje", "gul", "?"], "n": [5, 5, 80, 10]})
    best = guess_scale(values, load_scales())[0]
    assert (best.scale, best.recognised) == ("retts", 0.9)
    assert guess_scale(pl.DataFrame({"triage": ["0", "9", "12"], "n": [90, 5, 5]}), load_scales())[0].scale == "news"
    assert guess_scale(
        pl.DataFrame({"triage": [], "n": []}, schema={"triage": pl.String, "n": pl.Int64}), load_scales()
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("codes = ['x']", "codse = ['x']"), "no such key"),
        (("urgency = 'A'", "urgency = 'V'"), "most urgent down"),
        (("id = 'low'", "id = 'high'"), "stands twice"),
        (("codes = ['y']", "from = 3"), "every level"),
        (("codes = ['y']", ""), "every level needs codes"),
        (("[own]", "[own"), "not valid TOML"),
    ],
)
def test_a_faulty_file_is_a_list_of_issues(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    text = """[own]
title = { en = "own" }
source = "us"
levels = [
    { id = 'high', urgency = 'A', title = { en = "high" }, codes = ['x'] },
    { id = 'low', urgency = 'H', title = { en = "low" }, codes = ['y'] },
]
"""
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    assert read_scales(path)["own"].level_urgency == (0, 1)
    path.write_text(text.replace(*change).replace(", }", " }").replace(",  }", " }"), encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        read_scales(path)


def test_an_unknown_scale_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'retts'"):
        get_scale(load_scales(), "rets")
