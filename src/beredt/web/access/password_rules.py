"""Which passwords are taken: long ones that are not easily thought of.

Length is what helps; signs of several kinds are not asked for, as they only make passwords alike. Fifteen characters is
what NIST SP 800-63B-4 asks of a password that stands alone, without a second factor.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import pairwise

LEAST_LENGTH = 15
MOST_LENGTH = 256

LEAST_DIFFERENT = 6
"""Different characters that a password must have."""


def find_password_fault(password: str, user_name: str) -> str | None:
    """Why a password is not taken: `short`, `long`, `plain` or `name`; None if it is.

    `plain` is one that is repeated, that runs along the alphabet or the keyboard, or that is one of the bad ones with
    digits and signs put to it.

    Args:
        password: As it was typed.
        user_name: Of the account; the password must not be made of it.
    """
    if len(password) < LEAST_LENGTH:
        return "short"
    if len(password) > MOST_LENGTH:
        return "long"
    folded = _fold(password)
    if len(set(folded)) < LEAST_DIFFERENT:
        return "plain"
    name = _fold(user_name)
    if name and name in folded and not _without(folded, {name}).strip("0123456789"):
        return "name"
    if len(_letters(_without(folded, load_bad_words()))) < LEAST_DIFFERENT and len(_letters(folded)) > 0:
        return "plain"
    return "plain" if _is_run(folded) else None


@cache
def load_bad_words() -> frozenset[str]:
    """Words that a password must not be made of alone, folded."""
    text = files("beredt.web.access").joinpath("bad_words.txt").read_text(encoding="utf-8")
    return frozenset(_fold(line) for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _fold(text: str) -> str:
    """Small letters and digits only, with the digits and signs that stand for letters read as these."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", plain.translate(str.maketrans("@$!", "asi")))


def _without(folded: str, words: frozenset[str] | set[str]) -> str:
    """What is left of a text when words are taken out of it, the longest first, wherever they stand."""
    for word in sorted(words, key=len, reverse=True):
        folded = folded.replace(word, "")
    return folded


def _letters(folded: str) -> str:
    return "".join(sign for sign in folded if not sign.isdigit())


def _is_run(folded: str) -> bool:
    """Whether most neighbours are one apart, as in 123456789 and abcdefghi."""
    steps = [ord(after) - ord(before) for before, after in pairwise(folded)]
    return bool(steps) and sum(step in (-1, 0, 1) for step in steps) > 0.7 * len(steps)
