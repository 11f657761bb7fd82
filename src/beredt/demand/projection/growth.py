"""How people grow by age: factors from one year to another, and printed sums that do not add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beredt.demand.population import AGE_BANDS
from beredt.errors import OutOfRangeError
from beredt.model.issue import Issue

DECIMALS = 4
ALL = "all"


@dataclass(frozen=True, slots=True)
class Growth:
    """People of an age band in two years, and the factor between them: NaN where nobody was."""

    age_band: str
    before: float
    after: float

    @property
    def factor(self) -> float:
        """After by before, to four decimals as such tables are printed."""
        return round(self.after / self.before, DECIMALS) if self.before else float("nan")


def growth_by_age(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[Growth, ...]:
    """Growth of each age band in the order of `AGE_BANDS`, and of all together as the last row, `all`.

    Raises OutOfRangeError for a band that only one of the years has, or that is none.
    """
    wrong = sorted((set(before) ^ set(after)) | (set(before) - set(AGE_BANDS)))
    if wrong:
        raise OutOfRangeError("the age bands of both years", ", ".join(wrong), "give the same bands for both years")
    bands = [band for band in AGE_BANDS if band in before]
    rows = [Growth(band, before[band], after[band]) for band in bands]
    return (*rows, Growth(ALL, sum(row.before for row in rows), sum(row.after for row in rows)))


def check_printed(
    rows: Sequence[Growth], totals: tuple[float, float] | None, factors: Mapping[str, float], file: str
) -> tuple[Issue, ...]:
    """Printed totals and factors that are not what their own rows come to.

    Args:
        rows: as from `growth_by_age`.
        totals: printed totals of both years, None where none are printed.
        factors: printed factors by age band or `all`; compared to as many decimals as four.
        file: named in the issues.
    """
    by_band = {row.age_band: row for row in rows}
    found = []
    if totals is not None:
        for printed, computed, what in zip(
            totals, (by_band[ALL].before, by_band[ALL].after), ("before", "after"), strict=True
        ):
            if printed != computed:
                found.append(_issue(file, f"total {what}", printed, computed))
    for band, printed in factors.items():
        if band not in by_band:
            raise OutOfRangeError("an age band", band, f"name one of {', '.join(by_band)}")
        if round(printed, DECIMALS) != by_band[band].factor:
            found.append(_issue(file, f"factor of {band}", printed, by_band[band].factor))
    return tuple(found)


def _issue(file: str, what: str, printed: float, computed: float) -> Issue:
    message = f"the printed {what} is not what its rows come to, which is {_digits(computed)}"
    remedy = "look at the source; the rows are used"
    return Issue(file, None, what, _digits(printed), 1, message, remedy, severity="warning")


def _digits(value: float) -> str:
    """All digits of a figure as people print them: no powers of ten, no 273153.0, no 0.30000000000000004."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
