"""The story of siting: ask, see the k best, the second on the map, the trade-off, and make an alternative of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.studio.studio_page import StudioPage
from tests.browser.wcag import list_faults


def wait_for_answer(studio: StudioPage) -> None:
    """Wait until an answer is told."""
    studio.page.locator(".analysis-finding").wait_for()


def is_made(studio: StudioPage, title: str) -> None:
    """The alternative is in the list of the map, and nothing objects to its edits."""
    expect(studio.page).to_have_url(re.compile(r"/s/tiny\?.*with=draft-"))
    expect(studio.page.get_by_role("region", name="Changes in")).to_contain_text(title)
    expect(studio.page.locator(".change-line-complaint")).to_have_count(0)


@pytest.mark.slow
def test_sites_are_asked_for_seen_traded_and_made_an_alternative(studio: StudioPage) -> None:
    page = studio.page
    page.goto(f"{studio.server.url}/s/tiny/siting")
    form = page.get_by_role("form", name="Siting")
    form.get_by_label("Stations", exact=True).fill("2")
    form.get_by_text("Which answers").click()
    form.get_by_label("against").select_option("sites")
    form.get_by_role("button", name="Ask").click()
    wait_for_answer(studio)
    expect(page.locator(".analysis-finding")).to_contain_text("2 stations reach")
    rows = page.get_by_role("button", name=re.compile("^Show answer"))
    assert rows.count() > 1
    rows.nth(1).click()
    expect(page).to_have_url(re.compile("answer=2"))
    expect(page.get_by_role("heading", name="Answer 2 on the map")).to_be_visible()
    studio.map_is_drawn()
    points = page.get_by_role("button", name=re.compile("^Point"))
    points.nth(1).focus()
    page.keyboard.press("Enter")
    expect(points.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", name="Point 2 of the trade-off on the map")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        studio.map_is_drawn()
        assert list_faults(studio.page) == []
    for width, height in ((360, 740), (3840, 2160), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        assert studio.sideways() <= 0
    link = page.url
    page.goto(link)  # every view has a link
    expect(page.get_by_role("button", name=re.compile("^Point")).nth(1)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Show answer 2").click()
    page.get_by_role("button", name="Make an alternative of it").click()
    is_made(studio, "answer 2")
    page.goto(f"{studio.server.url}/s/tiny/siting")
    form.get_by_label("Model").select_option("mexclp")
    form.get_by_label("Share of time a unit is busy").fill("0.3")
    form.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing limits the units")
