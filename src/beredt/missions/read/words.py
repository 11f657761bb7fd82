"""Text to words: codes of a log made the program's own, and names kept as they are. Each different text is looked at
once, however many rows have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from beredt.missions.profile import ANY, is_pattern
from beredt.missions.schema import WORD

_SPACES = "".join(letter for letter in map(chr, range(0x3001)) if letter.isspace())
"""What `str.strip` takes away, U+3000 the last; polars keeps some of it, such as separators of old systems."""


def read_words(cells: pl.Series, absent: Sequence[str], codes: Mapping[str, str] | None = None) -> pl.Series:
    """A column as words: without spaces at its ends, "" where nothing is given, translated where `codes` knows it.

    A text that `codes` does not know stays as it is: cleaning finds it.
    """
    words = as_text(cells).cast(WORD)
    different = words.unique().drop_nulls().cast(pl.String)
    bare = different.str.strip_chars(_SPACES)
    given = ~bare.is_in(list(absent))
    if codes:
        translate = translator(codes)
        bare = pl.Series([translate(word) for word in bare], dtype=pl.String)
    changed = pl.select(pl.when(given).then(bare).otherwise(pl.lit(""))).to_series()
    if not (changed == different).all():
        words = words.replace_strict(different.cast(WORD), changed.cast(WORD), return_dtype=WORD)
    return words.fill_null("") if words.null_count() else words


def yes_no(words: pl.Series) -> pl.Series:
    """Words that a table of yes and no has translated as booleans; null where it knows nothing of one."""
    return pl.select(pl.when(words == "yes").then(True).when(words == "no").then(False)).to_series()


def as_text(cells: pl.Series) -> pl.Series:
    """Cells as text: whole numbers without a decimal point, booleans as true and false."""
    if cells.dtype == pl.String:
        return cells
    if cells.dtype.is_float() and (cells.drop_nulls() == cells.drop_nulls().round()).all():
        return cells.cast(pl.Int64, strict=False).cast(pl.String)
    return cells.cast(pl.String)


def translator(codes: Mapping[str, str]) -> Callable[[str], str]:
    """A function from what is written to what it means; what no code fits stays as it is.

    Plain codes go before regular expressions, these in their order, and `*` comes last.
    """
    plain = {code.casefold(): meaning for code, meaning in codes.items() if code != ANY and not is_pattern(code)}
    patterns = [(re.compile(code[1:-1], re.IGNORECASE), meaning) for code, meaning in codes.items() if is_pattern(code)]

    def translate(text: str) -> str:
        if text.casefold() in plain:
            return plain[text.casefold()]
        for pattern, meaning in patterns:
            if pattern.search(text):
                return meaning
        return codes.get(ANY, text)

    return translate
