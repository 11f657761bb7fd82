"""The map of an answer, and the curve of a trade-off."""

from __future__ import annotations

import numpy as np

from beredt.report import form, theme
from beredt.report.figures.area_map import Mark, Panel, Scale, draw_area_maps
from beredt.report.figures.atlas import make_atlas
from beredt.report.figures.axis import Scale as Axis
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import Look
from beredt.report.page.blocks import Figure
from beredt.report.siting.page import SitePage

MINUTE_S = 60.0
WHOLE = ("sites", "longest")
"""Criteria that are whole numbers: half a site is no place on an axis."""
MOST_TICKS = 15

_EDGES = (4, 6, 8, 10, 15, 20)
"""Minutes of driving: half of them within the urban target, less handling and mobilisation."""


def site_map(page: SitePage) -> Figure:
    """Open sites on a map of how far they are by car."""
    sited, words = page.sited, page.words
    atlas = make_atlas(sited.study)
    _, drive_s = sited.nearest
    drives = dict(zip(sited.problem.area_ids, (drive_s / MINUTE_S).tolist(), strict=True))
    marks = [
        Mark(
            page.short(site) if count == 1 else f"{page.short(site)} {page.numbers.whole(count)}",
            sited.sites[site].lat,
            sited.sites[site].lon,
            new=sited.status(site, page.best.chosen) == "new",
        )
        for site, count in page.best.chosen.items()
    ]
    scale = Scale(
        _EDGES, theme.RESPONSE_COLOURS, [page.numbers.whole(edge) for edge in _EDGES], words("site_page.chart.drive")
    )
    svg = draw_area_maps(atlas, atlas.whole, [Panel("", drives, marks)], scale, "site-map", 1)
    calls = sited.problem.demand.sum(axis=0)
    near = float(calls[drive_s <= 10 * MINUTE_S].sum() / calls.sum()) if calls.any() else 0.0
    alt = words(
        "site_page.text.map_alt", sites=page.numbers.whole(len(page.best.chosen)), share=page.percent(near),
        minutes=page.numbers.text(10.0, form.WHOLE_MINUTES),
    )  # fmt: skip
    return Figure(svg, alt, words("site_page.caption.map"), "results/site_areas.parquet")


def trade_off_curve(page: SitePage) -> Figure | None:
    """What the second criterion costs in the first; None where there are not two points."""
    traded, words = page.sited.asked.trade_off, page.words
    if traded is None or len(traded.front.points) < 2:
        return None
    first, second = traded.names
    points = sorted((point.second, point.first) for point in traded.front.points)
    x, y = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    look = Look(theme.BUSY.light, "o", "-", page.criterion(first))
    frame = CurveFrame(
        Axis(page.criterion(second), page.criterion_form(second)),
        Axis("", page.criterion_form(first)),  # its title stands above: it may be long
        _ends(x),
        _ends(y),
        x_at=np.unique(x).tolist() if second in WHOLE and np.unique(x).size <= MOST_TICKS else None,
        dots=True,
    )
    panel = CurvePanel(words.sentence(page.criterion(first)), {"front": Curve(x.tolist(), y.tolist())})
    svg = draw_curves([panel], frame, {"front": look}, page.numbers, "trade-off", columns=1, height_in=2.4)
    low, high = points[0], points[-1]
    form1, form2 = page.criterion_form(first), page.criterion_form(second)
    alt = words(
        "site_page.text.curve_alt", first=page.criterion(first), second=page.criterion(second),
        a1=page.numbers.text(low[1], form1), a2=page.numbers.text(low[0], form2),
        b1=page.numbers.text(high[1], form1), b2=page.numbers.text(high[0], form2),
    )  # fmt: skip
    return Figure(svg, alt, words("site_page.caption.curve"), "results/site_trade_off.parquet")


def _ends(values: np.ndarray) -> tuple[float, float]:
    room = 0.06 * float(np.ptp(values)) or 1.0
    return float(values.min()) - room, float(values.max()) + room
