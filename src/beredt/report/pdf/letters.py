"""How wide text is in the report's typeface."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

_SIZE = 100


@cache
def _advances() -> dict[str, float]:
    return {}


def width_em(text: str) -> float:
    """Width of a line of text in em, from the advance of each letter; kerning is left out."""
    known = _advances()
    missing = {letter for letter in text if letter not in known}
    if missing:
        known.update(_measured(missing))
    return sum(known[letter] for letter in text)


def _measured(letters: set[str]) -> dict[str, float]:
    from matplotlib.ft2font import FT2Font

    # The bolder face: what fits in it fits in the other.
    with as_file(files("beredt.report").joinpath("fonts", "inter-semibold.otf")) as path:
        font = FT2Font(str(path))
        font.set_size(_SIZE, 72)
        return {letter: font.load_char(ord(letter)).linearHoriAdvance / 65536.0 / _SIZE for letter in sorted(letters)}
