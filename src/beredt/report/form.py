"""How an amount is written: its unit, its scale and its decimals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write an amount.

    `unit` names a pattern `unit.<unit>` of the language file; the amount is multiplied by `factor` and written with
    `digits` decimals.
    """

    unit: str
    factor: float = 1.0
    digits: int = 0


COUNT = Form("count")
PEOPLE = Form("people")
MINUTES = Form("min", 1 / 60, 1)
"""Of seconds."""
WHOLE_MINUTES = Form("min")
"""Of minutes."""
SECONDS = Form("s")
PERCENT = Form("percent", 100.0, 1)
"""Of shares from 0 to 1."""
WHOLE_PERCENT = Form("percent", 100.0, 0)
POINTS = Form("points", 100.0, 1)
"""Of differences between shares, in percentage points."""
HOURS = Form("h")
DAYS = Form("days")
KM = Form("km")
THOUSAND_KM = Form("thousand_km", 1e-3)
"""Of kilometres."""
UNITS = Form("units", 1.0, 2)
"""Of mean numbers of units."""
RATIO = Form("count", 1.0, 2)
FTE = Form("fte", 1.0, 1)
"""Full-time equivalents."""
MILLION_NOK = Form("million_nok", 1e-6, 1)
"""Of Norwegian kroner."""
