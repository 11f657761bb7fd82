"""The line of Larsen and others, as printed: 67 % at collapse, 5.5 points lost in every minute without any help."""

from __future__ import annotations

import pytest

from beredt.coverage.larsen import larsen_curve


@pytest.mark.parametrize(("minutes", "share"), [(0.0, 0.67), (1.0, 0.615), (10.0, 0.12), (12.5, 0.0), (60.0, 0.0)])
def test_shares_as_published(minutes: float, share: float) -> None:
    assert float(larsen_curve().share(60.0 * minutes)) == pytest.approx(share, abs=1e-12)
