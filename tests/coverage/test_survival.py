from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from beredt.coverage.survival import LogisticCurve, TableCurve, get_curve, published_curves
from beredt.errors import OutOfRangeError, UnknownIdError


def test_published_curves_by_hand() -> None:
    assert get_curve("de_maio").share(0.0) == pytest.approx(1 / (1 + math.exp(0.679)))
    assert get_curve("de_maio").share(480.0) == pytest.approx(0.0587, abs=5e-5)  # 8 minutes: e^2.775 = 16.04
    assert get_curve("valenzuela").share(600.0) == pytest.approx(1 / (1 + math.exp(-0.26 + 1.39)))
    assert get_curve("de_maio").share(np.inf) == 0.0
    assert all(curve.source for curve in published_curves().values())


def test_every_curve_falls() -> None:
    times = np.arange(0, 7200, 30)
    for curve in published_curves().values():
        assert (np.diff(curve.share(times)) < 0).all()


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("response_s,share\n60,0.5\n120,0.3\n", encoding="utf-8")
    curve = get_curve(str(file))
    np.testing.assert_allclose(curve.share([0, 60, 90, 120, 999]), [0.5, 0.5, 0.4, 0.3, 0.3])


def test_what_is_no_curve_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'de_maio'"):
        get_curve("de_mayo")
    with pytest.raises(OutOfRangeError, match="slope_per_min"):
        LogisticCurve("x", 0.0, 0.0)
    for times, shares in (((), ()), ((1.0, 1.0), (0.5, 0.4)), ((1.0, 2.0), (0.4, 0.5)), ((1.0,), (1.5,))):
        with pytest.raises(OutOfRangeError):
            TableCurve("x", times, shares)
    file = tmp_path / "own.csv"
    file.write_text("seconds,share\n60,0.5\n", encoding="utf-8")
    with pytest.raises(OutOfRangeError, match="response_s"):
        get_curve(str(file))
