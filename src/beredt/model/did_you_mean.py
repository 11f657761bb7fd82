"""What somebody probably meant by a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def find_closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like `name`, None if none is. Swapped letters count as the likeliest slip."""
    close = get_close_matches(name.lower(), sorted(known), n=3)
    return min(close, key=lambda one: sorted(one) != sorted(name.lower())) if close else None
