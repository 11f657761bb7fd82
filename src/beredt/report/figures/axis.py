"""Axes that write their figures in the manner of the report's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beredt.report.form import Form
from beredt.report.number_format import NumberFormat

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis: its title (with the unit), and how its figures are written."""

    title: str
    form: Form
    signed: bool = False


def write_ticks(
    axes: Axes, which: str, scale: Scale, numbers: NumberFormat, at: Sequence[float] | None = None, count: int = 6
) -> None:
    """Put the ticks of the `x` or `y` axis at given values, or about `count` of them, and write them."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

    axis = axes.xaxis if which == "x" else axes.yaxis
    # Steps are chosen in the unit that is read, not in the one that is stored.
    factor = scale.form.factor
    if at is None:
        low, high = axes.get_xlim() if which == "x" else axes.get_ylim()
        values = MaxNLocator(count, steps=[1, 2, 5, 10]).tick_values(low * factor, high * factor)
        at = [value / factor for value in values if low * factor <= value * (1 + 1e-9) + 1e-12 <= high * factor + 1e-9]
    whole = all(abs(value * factor - round(value * factor)) < 1e-6 for value in at) and len(at) > 1
    form = Form(scale.form.unit, factor, 0 if whole else max(1, scale.form.digits))
    axis.set_major_locator(FixedLocator(list(at)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: numbers.plain(value, form, signed=scale.signed)))
    (axes.set_xlabel if which == "x" else axes.set_ylabel)(scale.title)
