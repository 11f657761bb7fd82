"""Words as whole numbers, so that compiled code can count by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

I4 = NDArray[np.int32]

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Words:
    """Ids in the order of their codes, and the code of everything that may be written for one of them."""

    ids: tuple[str, ...]
    code_of: Mapping[str, int]

    def codes(self, words: pl.Series) -> I4:
        """The codes [N] of a column of words or categories; UNKNOWN for nulls and for words that are not known."""
        if words.dtype == pl.String:
            words = words.cast(pl.Categorical())
        if words.null_count() == len(words):
            return np.full(len(words), UNKNOWN, np.int32)
        some = words.drop_nulls()
        place = some.to_physical().to_numpy()
        # A row in which each different word stands: whichever, so that none has to be looked for.
        row = np.full(int(place.max()) + 1, -1, np.int64)
        row[place] = np.arange(place.size)
        own = np.flatnonzero(row >= 0)
        table = np.full(row.size, UNKNOWN, np.int32)
        table[own] = [self.code_of.get(word, UNKNOWN) for word in some.gather(row[own]).cast(pl.String).to_list()]
        found: I4 = pl.Series(table).gather(words.to_physical()).fill_null(UNKNOWN).to_numpy()
        return found


def words_of(ids: Iterable[str], also: Mapping[str, str] | None = None, seen: Iterable[str] = ()) -> Words:
    """Number some ids.

    Args:
        ids: Known ids, in the order in which they are to come.
        also: What else may be written for an id, in lower case, by that.
        seen: Words that occur. One that is no id and stands for none, in whatever case, becomes an id of its own,
            after all others; the empty word is no id.
    """
    known = list(dict.fromkeys(ids))
    code = {name: number for number, name in enumerate(known)}
    folded = {name.lower(): number for name, number in code.items()}
    folded |= {word: code[name] for word, name in (also or {}).items() if word not in folded}
    for word in sorted(set(seen)):
        plain = word.strip()
        if word in code or not plain:
            continue
        if plain.lower() not in folded:
            folded[plain.lower()] = len(known)
            known.append(plain)
        code[word] = folded[plain.lower()]
    return Words(tuple(known), code)


def chosen(ids: Sequence[str], codes: I4) -> pl.Series:
    """The ids of codes, as categories; null for UNKNOWN."""
    words = pl.Series([*ids, None], dtype=pl.String).cast(pl.Categorical())
    return words.gather(np.where(codes < 0, len(ids), codes))
