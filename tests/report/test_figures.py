"""Drawings: ids that clash with no other, colours that follow the page, names that lie on nothing."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np

from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.figures.area_cells import area_cells
from beredt.report.figures.atlas import make_atlas
from beredt.report.figures.axis import Scale
from beredt.report.figures.interval_chart import IntervalPanel, IntervalRow, draw_intervals
from beredt.report.figures.look import alternative_looks
from beredt.report.figures.projection import projection_of
from beredt.report.figures.year_strip import draw_year_strip
from beredt.report.form import SECONDS


def chart(ctx: ReportContext, name: str) -> str:
    rows = [IntervalRow("A place", ({"2": Estimate(3.0, 1.0, 5.0)},)), IntervalRow("Nowhere", ({},))]
    panel = IntervalPanel("Title", Scale("Seconds", SECONDS, signed=True), edge=15.0, left="better", right="worse")
    return draw_intervals(rows, [panel], alternative_looks(ctx), ctx.numbers, name, edge_text="margin")


def test_a_drawing_is_xml_with_ids_of_its_own(english: ReportContext) -> None:
    one, other = chart(english, "one"), chart(english, "other")
    for text in (one, other):
        ElementTree.fromstring(text)
    ids = [set(re.findall(r' id="([^"]+)"', text)) for text in (one, other)]
    assert ids[0]
    assert not ids[0] & ids[1]
    for text, own in zip((one, other), ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= own


def test_text_stays_text_and_colours_become_variables(english: ReportContext) -> None:
    text = chart(english, "one")
    assert ">A place</text>" in text
    assert "Beredt Inter" in text
    assert "var(--ink)" in text
    assert "var(--alt-1)" in text
    assert "#16191d" not in text


def test_drawing_twice_gives_the_same_bytes(english: ReportContext) -> None:
    assert chart(english, "one") == chart(english, "one")


def test_cells_hold_their_people_and_have_their_size(english: ReportContext) -> None:
    areas = english.study.service.areas
    projection = projection_of(english.study.settings.study.region)
    cells = area_cells(areas, projection)
    x, y = projection.xy([a.lat for a in areas], [a.lon for a in areas])
    low, high = cells.min(axis=1), cells.max(axis=1)
    assert ((low[:, 0] <= x) & (x <= high[:, 0]) & (low[:, 1] <= y) & (y <= high[:, 1])).all()
    side = np.hypot(*(cells[:, 1] - cells[:, 0]).T)
    assert np.allclose(side, [a.size_m / 1000.0 for a in areas], rtol=0.02)


def test_the_focus_is_part_of_the_whole(english: ReportContext) -> None:
    atlas = make_atlas(english.study)
    assert atlas.whole.west <= atlas.focus.west < atlas.focus.east <= atlas.whole.east
    assert len(atlas.rows) == len(atlas.cells) == len(english.study.service.areas)


def test_the_year_strip_draws_every_hour_once() -> None:
    levels = np.zeros((3, 24), dtype=np.int64)
    levels[0, 5:8] = 2
    levels[2, 23] = 5
    text = draw_year_strip(levels, [(0, "Jan & co")], [(0, "00")])
    ElementTree.fromstring(text)
    assert text.count('class="level-2" d="M34 59h3v33h-3z"') == 1
    assert text.count('class="level-5" d="M40 257h3v11h-3z"') == 1
    assert 'class="level-1" d=""' in text
    assert "Jan &amp; co" in text
