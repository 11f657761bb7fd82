"""Colours: one variable per colour, readable in light and dark, and ordered where they are a scale."""

from __future__ import annotations

from itertools import pairwise

import pytest

from beredt.report import theme


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.1)."""
    parts = [int(colour[n : n + 2], 16) / 255.0 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_of_a_drawing_stands_for_one_variable() -> None:
    inks = theme.page_inks()
    assert len({ink.light for ink in inks}) == len({ink.variable for ink in inks}) == len(inks)


@pytest.mark.parametrize("ink", [theme.TEXT, theme.QUIET, theme.ACCENT], ids=lambda ink: str(ink.variable))
def test_text_can_be_read_in_light_and_dark(ink: theme.Ink) -> None:
    assert contrast(ink.light, theme.SURFACE.light) >= 4.5
    assert contrast(ink.dark, theme.SURFACE.dark) >= 4.5


def test_numbers_in_the_calendar_can_be_read_in_both_sets_of_colours() -> None:
    for level in range(1, 6):
        assert contrast(theme.LEVEL_INKS[level].light, theme.LEVEL_TEXT[level]) >= 3.0
        assert contrast(theme.SAFE_LEVELS[level], theme.SAFE_LEVEL_TEXT[level]) >= 3.0


def test_longer_responses_are_darker_also_in_grey_print() -> None:
    levels = [luminance(colour) for colour in theme.RESPONSE_COLOURS]
    assert all(before > after for before, after in pairwise(levels))
    safe = [luminance(colour) for colour in theme.SAFE_LEVELS[1:]]
    assert all(before > after for before, after in pairwise(safe))


def test_scales_have_one_colour_more_than_edges() -> None:
    assert len(theme.RESPONSE_COLOURS) == len(theme.RESPONSE_MINUTES) + 1
    assert len(theme.DIFFERENCE_COLOURS) == len(theme.DIFFERENCE_SECONDS) + 1


def test_today_is_grey_and_alternatives_keep_their_colour() -> None:
    inks = theme.alternative_inks(("today", "0+", "1", "2"))
    assert inks["today"] is theme.TODAY_INK
    assert inks["2"] == theme.alternative_inks(("today", "0+", "1", "2", "3"))["2"]
