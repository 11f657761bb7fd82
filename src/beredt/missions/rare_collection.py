"""Garbage looked for less often than Python does by itself: a report makes objects by the hundred thousand."""

from __future__ import annotations

import atexit
import gc
from typing import Final

YOUNG: Final = 100_000
"""New objects after which the newest are looked through; Python's own choice is 700."""

ROUNDS: Final = 20
"""Times that the newest are looked through before the older ones are, too."""


def collect_rarely() -> None:
    """Let this process look for garbage rarely: drawing a page and its figures took a quarter longer.

    What nobody refers to is still freed at once; only what refers to itself in a circle stays longer, which arrays and
    tables never do. When the process ends nothing is looked for any more: that alone took it up to half a second.
    """
    gc.set_threshold(YOUNG, ROUNDS, ROUNDS)
    atexit.register(gc.freeze)
