"""Codes of words, held to looking each word up."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from beredt.indicators.log.codes import UNKNOWN, words_of

WORDS = st.lists(st.one_of(st.none(), st.sampled_from(["", "A", "b", "B ", "Å", "other", "never"])), max_size=30)


@given(WORDS, st.booleans())
def test_the_code_of_every_word_is_the_one_it_has(told: list[str | None], text: bool) -> None:
    words = words_of(["A", "B"], seen=["b", "Å", "B "])
    column = pl.Series(["far", "from", "all", *told], dtype=pl.String)
    column = (column if text else column.cast(pl.Categorical()))[3:]
    assert words.codes(column).tolist() == [UNKNOWN if one is None else words.code_of.get(one, UNKNOWN) for one in told]
