"""Figures in the manner of each language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.report import form
from beredt.report.estimate import Estimate
from beredt.report.number_format import NumberFormat
from beredt.report.words import load_words

NAN = float("nan")
NB = NumberFormat(load_words("nb"))
EN = NumberFormat(load_words("en"))


def plain_spaces(text: str) -> str:
    """Text with ordinary spaces, which the tests below can show."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "how", "nb", "en"),
    [
        (744.0, form.MINUTES, "12,4 min", "12.4 min"),
        (1240.4, form.COUNT, "1 240", "1,240"),
        (1_349_000, form.PEOPLE, "1 349 000", "1,349,000"),
        (0.862, form.PERCENT, "86,2 %", "86.2%"),
        (-0.027, form.POINTS, "−2,7 pp", "−2.7 pp"),
        (38.0, form.SECONDS, "38 s", "38 s"),
        (8760.0, form.HOURS, "8 760 t", "8,760 h"),
        (4_130_000.0, form.THOUSAND_KM, "4 130 tusen km", "4,130 thousand km"),
        (NAN, form.PERCENT, "–", "–"),
    ],
)
def test_amounts_with_units(value: float, how: form.Form, nb: str, en: str) -> None:
    assert plain_spaces(NB.text(value, how)) == nb
    assert plain_spaces(EN.text(value, how)) == en


def test_a_number_and_its_unit_never_part_at_the_end_of_a_line() -> None:
    assert " " not in NB.text(1_234_567.0, form.KM)


@pytest.mark.parametrize("value", [0.0, -0.0, 0.04, -0.04])
def test_what_rounds_to_zero_has_no_sign(value: float) -> None:
    assert EN.plain(value, form.Form("count", 1.0, 1), signed=True) == "0.0"


def test_intervals_have_a_dash_and_a_word_where_signs_differ() -> None:
    assert EN.estimate(Estimate(0.078, 0.076, 0.08), form.POINTS, signed=True) == "+7.8\u00a0pp (7.6–8.0)"
    assert EN.estimate(Estimate(-40.0, -42.0, -38.0), form.SECONDS, signed=True) == "−40\u00a0s (−42 to −38)"
    assert EN.estimate(Estimate(0.001, -0.001, 0.003), form.POINTS, signed=True) == "+0.1\u00a0pp (−0.1 to +0.3)"
    assert NB.estimate(Estimate(-40.0, -42.0, -38.0), form.SECONDS, signed=True) == "−40\u00a0s (−42 til −38)"


def test_what_has_no_interval_says_so_and_what_does_not_vary_needs_none() -> None:
    assert EN.estimate(Estimate(10.0, NAN, NAN), form.SECONDS) == "10\u00a0s (no interval)"
    assert EN.estimate(Estimate(8760.0, 8760.0, 8760.0), form.HOURS) == "8,760\u00a0h"
    assert EN.estimate(None, form.SECONDS) == "–"
    assert EN.estimate(Estimate(NAN, NAN, NAN), form.SECONDS) == "–"


def test_clock_and_labels() -> None:
    assert EN.clock(8 * 3600 + 5 * 60) == "08:05"
    assert EN.clock(86_400) == "24:00"
    assert NB.label(2026) == "2026"


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_reading_back_gives_the_rounded_number(value: float) -> None:
    text = EN.plain(value, form.Form("count", 1.0, 1)).replace(",", "").replace("−", "-")
    assert float(text) == pytest.approx(value, abs=0.0501 + abs(value) * 1e-12)
