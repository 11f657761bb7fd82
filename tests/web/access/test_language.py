"""The language in which a caller is told something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.web.access.language import choose_words


@pytest.mark.parametrize(
    ("wanted", "accept", "language"),
    [
        (None, None, "en"),
        (None, "nb-NO,nb;q=0.9,en;q=0.8", "nb"),
        (None, "no", "nb"),
        (None, "de,fr;q=0.9,nn;q=0.4,en;q=0.3", "nn"),
        (None, "en;q=0.2,nb;q=0.9", "nb"),
        ("nn", "nb", "nn"),
        ("xx", "nb", "nb"),
        ("../nb", "de", "en"),
    ],
)
def test_what_is_asked_for_goes_before_what_the_browser_reads(
    wanted: str | None, accept: str | None, language: str
) -> None:
    assert choose_words(wanted, accept).language == language


@given(st.text(max_size=200))
def test_any_header_gives_a_language(accept: str) -> None:
    assert choose_words(None, accept).language in ("en", "nb", "nn")
