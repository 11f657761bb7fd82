"""Units per station and part of the day: what the rule asks for as bars, what the alternative has as lines."""

from __future__ import annotations

from beredt.report import form, theme
from beredt.report.dimensioning.page import UNITS, DimensionPage
from beredt.report.figures.axis import Scale, write_ticks
from beredt.report.figures.drawing import SMALL_PT, WIDTH_IN, axes_at, new_figure, report_style
from beredt.report.figures.series_key import KeyEntry, key_height_in, write_key
from beredt.report.page.blocks import Figure
from beredt.report.page.svg import to_svg
from beredt.siting.dimensioning.dimension_study import Dimensioned
from beredt.siting.dimensioning.rule import DAY_H
from beredt.siting.dimensioning.shares import TARGET

_INKS = (theme.READY, theme.AWAY, theme.BUSY, theme.ACCENT)
_LEFT_IN, _FOOT_IN, _HEIGHT_IN, _TOP_IN = 0.45, 0.95, 1.9, 0.05
_GROUP = 0.78
"""Width of a station's bars, of 1 from station to station."""


def fleet_figure(page: DimensionPage, one: Dimensioned) -> Figure:
    """The figure of one scenario."""
    words, rule = page.words, page.done.rule
    units, own = one.found.fleet.array(), one.own_fleet
    stations, bands = units.shape
    entries = [
        KeyEntry(page.band(band.id), _INKS[number % len(_INKS)].light, box=True)
        for number, band in enumerate(rule.bands)
    ]
    entries.append(KeyEntry(words("dimension.column.own_units_around"), theme.TEXT.light, line="-"))
    head = key_height_in(entries)
    name = f"fleet-{list(page.done.services).index(one.scenario.alternative)}"
    with report_style():
        figure = new_figure(WIDTH_IN, head + _TOP_IN + _HEIGHT_IN + _FOOT_IN)
        axes = axes_at(figure, _LEFT_IN, _FOOT_IN, WIDTH_IN - _LEFT_IN - 0.05, _HEIGHT_IN)
        width = _GROUP / bands
        for band in range(bands):
            left = [s - _GROUP / 2 + band * width for s in range(stations)]
            colour = _INKS[band % len(_INKS)].light
            axes.bar(left, units[:, band], width=width * 0.92, align="edge", color=colour, linewidth=0)
            right = [x + width * 0.92 for x in left]
            axes.hlines(own[:, band], left, right, colors=theme.TEXT.light, linewidth=1.6)
        axes.set_xlim(-0.6, stations - 0.4)
        axes.set_ylim(0.0, max(float(units.max()), float(own.max())) * 1.08)
        axes.spines["left"].set_visible(False)
        axes.grid(visible=True, axis="y")
        names = [page.station(station) for station in one.scenario.stations]
        axes.set_xticks(range(stations), names, rotation=35, ha="right", rotation_mode="anchor", fontsize=SMALL_PT)
        write_ticks(axes, "y", Scale(words("roster_page.chart.units"), form.COUNT), page.numbers, count=5)
        write_key(figure, entries)
        svg = to_svg(figure, name, theme.svg_variables())
    around = float(one.found.fleet.around_the_clock(rule).sum())
    own_around = float((own @ rule.band_hours).sum()) / DAY_H
    alt = words(
        "dimension.find.fleet",
        units=page.numbers.text(around, UNITS),
        own=page.numbers.text(own_around, UNITS),
        asked=page.numbers.whole(int(one.found.asked[TARGET].sum())),
        cells=page.numbers.whole(int(one.found.asked[TARGET].size)),
    )
    return Figure(svg, alt, words("dimension.caption.fleet"), "results/dimension_cells.parquet")
