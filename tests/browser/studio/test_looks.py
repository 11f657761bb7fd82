"""Every page of Studio looked at: no WCAG fault light and dark, no scrolling sideways from 360 px to 4K."""

from __future__ import annotations

import pytest

from tests.browser.studio.conftest import Open
from tests.browser.studio.finished_run import ANSWERED, RUN
from tests.browser.studio.studio_page import StudioPage
from tests.browser.studio.studio_server import StudioServer
from tests.browser.wcag import list_faults

MAPS = {
    "map": "/s/tiny?with=2",
    "difference": "/s/tiny?with=2&layer=difference",
    "comparison-on-the-map": "/s/tiny?compare=0%2B,2",
}
PAGES = {
    "compare": "/s/tiny/compare?compare=0%2B,2",
    "playback": "/s/tiny/playback?with=2",
    "report": f"/s/tiny/report?run={RUN}",
    "runs": "/s/tiny/runs",
    "roads": "/s/tiny/roads?from=59.90000,10.53000",
    "siting": "/s/tiny/siting",
    "dimensioning": f"/s/tiny/dimensioning?job={ANSWERED['dimension']}",
    "rosters": f"/s/tiny/rosters?job={ANSWERED['roster']}",
    "major": f"/s/tiny/major?job={ANSWERED['major']}&minute=30",
    "demand": "/s/tiny/demand",
    "staff": f"/s/tiny/staff?run={RUN}",
    "travel": f"/s/tiny/travel?run={RUN}",
    "income": f"/s/tiny/income?run={RUN}",
    "risk": f"/s/tiny/risk?run={RUN}",
}
ALL = MAPS | PAGES
CHAPTER = ".chapter-view h2"
SEEN = {
    "playback": ".playback-counts",
    "report": CHAPTER,
    "runs": ".runs-list article",
    "roads": ".roads-figures table",
    "staff": CHAPTER,
    "travel": CHAPTER,
    "income": CHAPTER,
    "risk": "#content .risk-nothing",
    "demand": ".demand .chapter-view h2",
    "compare": ".compare-table td svg",
    "siting": ".analysis .analysis-none",
    "dimensioning": ".fleet td",
    "rosters": ".week-chart svg",
    "major": ".major-measures td",
}
"""What is there when a page is: all keep a line open, to hear of others or of the year that is simulated."""

ON_A_WALL = (*MAPS, "dimensioning", "rosters", "major")
"""Pages that are also looked at on a wall of 4K."""


def show(studio: StudioPage, name: str) -> None:
    """Open a page and wait until all of it is there."""
    if name in MAPS:
        studio.go(ALL[name])
    else:
        studio.page.goto(studio.server.url + ALL[name])
    if name in MAPS:
        studio.page.locator(".answer-title, .compare-sentences > li").first.wait_for(state="attached")
    studio.page.locator("#content").first.wait_for()
    if name in SEEN:
        studio.page.locator(SEEN[name]).first.wait_for()


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_no_fault_of_wcag_and_no_scrolling_sideways(open_studio: Open, server: StudioServer, name: str) -> None:
    studio = open_studio(server)
    show(studio, name)
    assert studio.sideways() <= 0
    assert list_faults(studio.page) == []
    studio.page.emulate_media(color_scheme="dark")
    if name in MAPS:
        studio.map_is_drawn()
    assert list_faults(studio.page) == []
    studio.page.set_viewport_size({"width": 360, "height": 740})
    assert studio.sideways() <= 0
    if name in ON_A_WALL:
        studio.page.set_viewport_size({"width": 3840, "height": 2160})
        assert studio.sideways() <= 0


@pytest.mark.slow
def test_a_phone_has_the_map_with_a_sheet(open_studio: Open, server: StudioServer) -> None:
    studio = open_studio(server, width=360, height=740, locale="nb-NO")
    show(studio, "map")
    assert studio.sideways() <= 0
    assert list_faults(studio.page) == []
    studio.page.get_by_role("button", name="Hjelp", exact=True).click()
    box = studio.page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= 360) == (True, True)
    assert list_faults(studio.page) == []


@pytest.mark.slow
def test_a_wall_has_room_for_all(open_studio: Open, server: StudioServer) -> None:
    studio = open_studio(server, width=3840, height=2160, locale="nn-NO", scheme="dark")
    show(studio, "map")
    assert studio.sideways() <= 0
    box = studio.answer.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 3840


def test_languages_are_switched_without_losing_the_view(studio: StudioPage) -> None:
    studio.go("/s/tiny?with=2&layer=people")
    for name, title in (("nn", "Alternativ"), ("nb", "Alternativer"), ("en", "Alternatives")):
        studio.page.get_by_role("group").get_by_role("button", name=name, exact=True).or_(
            studio.page.locator(f"button[lang={name}]")
        ).first.click()
        studio.page.get_by_role("heading", name=title, exact=True).wait_for()
        assert studio.page.locator("html").get_attribute("lang") == name
        assert "layer=people" in studio.page.url
