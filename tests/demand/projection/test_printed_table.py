"""Printed growth tables: the regional one adds up; a wrong sum and a wrong factor are flagged, a fault is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.demand.population import AGE_BANDS
from beredt.demand.projection.printed_table import read_printed
from beredt.errors import OptionError
from tests.demand.projection.test_growth import ST_OLAV


def _write(path: Path, **changed: str) -> Path:
    rows = [(band, *row) for band, row in zip(AGE_BANDS, ST_OLAV, strict=True)] + [("all", 244_223, 273_153, 1.1185)]
    lines = ["age_band,before,after,factor"]
    lines += [changed.get(row[0], ",".join(map(str, row))) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_printed_table_of_a_region_adds_up(tmp_path: Path) -> None:
    assert read_printed(_write(tmp_path / "printed.csv")).issues == ()


def test_a_sum_and_a_factor_that_do_not_add_up_are_flagged(tmp_path: Path) -> None:
    found = read_printed(
        _write(tmp_path / "p.csv", **{"all": "all,244 223,273154,1.1185", "0-9": "0–9,26305,28167,1.1"})
    )
    assert [(one.field, one.value) for one in found.issues] == [("total after", "273154"), ("factor of 0-9", "1.1")]
    assert found.rows[-1].after == 273_153


@pytest.mark.parametrize("row", ["teens,1,2,", "0-9,many,2,", "0-9,,2,"])
def test_what_is_no_row_is_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(OptionError, match="row 3"):
        read_printed(_write(tmp_path / "p.csv", **{"10-19": row}))
