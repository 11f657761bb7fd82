"""Growth by age as printed for Midt-Norge, to the printed digit, and sums that do not add up."""

from __future__ import annotations

import math

import pytest

from beredt.demand.population import AGE_BANDS
from beredt.demand.projection.growth import check_printed, growth_by_age
from beredt.errors import OutOfRangeError

# Printed by Helse Midt-Norge, 2021 → 2035: people of St. Olavs hospital's area, and of the whole region.
ST_OLAV = (
    (26305, 28167, 1.0708), (27733, 27347, 0.9861), (41542, 41051, 0.9882), (36148, 39740, 1.0994),
    (31547, 37287, 1.1820), (29806, 30671, 1.0290), (24097, 29410, 1.2205), (18072, 22453, 1.2424),
    (7237, 14123, 1.9515), (1736, 2904, 1.6728),
)  # fmt: skip
REGION = (
    (80020, 78272, 0.9782), (88845, 80793, 0.9094), (100567, 95189, 0.9465), (96267, 98896, 1.0273),
    (92891, 101102, 1.0884), (95975, 90593, 0.9439), (83885, 95079, 1.1334), (65090, 77154, 1.1853),
    (27538, 50630, 1.8386), (6987, 10522, 1.5059),
)  # fmt: skip
PRINTED = [(ST_OLAV, (244223, 273153), 1.1185), (REGION, (738065, 778230), 1.0544)]


def _bands(rows: tuple[tuple[int, int, float], ...], column: int) -> dict[str, float]:
    return {band: row[column] for band, row in zip(AGE_BANDS, rows, strict=True)}


@pytest.mark.parametrize(("rows", "totals", "factor"), PRINTED)
def test_printed_factors_come_out_to_the_digit(
    rows: tuple[tuple[int, int, float], ...], totals: tuple[int, int], factor: float
) -> None:
    growth = growth_by_age(_bands(rows, 0), _bands(rows, 1))
    assert [row.factor for row in growth] == [*(row[2] for row in rows), factor]
    assert (growth[-1].before, growth[-1].after) == totals
    assert not check_printed(growth, totals, _bands(rows, 2) | {"all": factor}, "facts")


def test_what_does_not_add_up_is_flagged() -> None:
    growth = growth_by_age(_bands(ST_OLAV, 0), _bands(ST_OLAV, 1))
    issues = check_printed(growth, (244223, 273154), {"80-89": 1.9516, "90+": 1.6728}, "facts")
    assert [(issue.field, issue.value) for issue in issues] == [
        ("total after", "273154"),
        ("factor of 80-89", "1.9516"),
    ]
    assert "273153" in issues[0].message


def test_figures_are_told_with_all_their_digits() -> None:
    growth = growth_by_age({"0-9": 1_234_567.0}, {"0-9": 1_300_000.0})
    (issue,) = check_printed(growth, (1_234_567.0, 12_345_678.5), {}, "facts")
    assert (issue.value, issue.message.rsplit(" ", 1)[1]) == ("12345678.5", "1300000")


def test_bands_of_one_year_only_are_refused() -> None:
    with pytest.raises(OutOfRangeError, match=r"90\+"):
        growth_by_age({"0-9": 1.0}, {"0-9": 1.0, "90+": 2.0})


def test_nobody_has_no_factor() -> None:
    assert math.isnan(growth_by_age({"90+": 0.0}, {"90+": 3.0})[0].factor)
