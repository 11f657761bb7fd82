"""The whole story, by mouse and by keyboard alone: open a study, add a station, see the year, compare, report."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from beredt.model.find import find_study_folder
from tests.browser.studio.conftest import Open
from tests.browser.studio.studio_page import StudioPage
from tests.browser.studio.studio_server import StudioServer


def test_a_station_is_added_seen_compared_and_reported(studio: StudioPage) -> None:
    page = studio.page
    studio.go()
    studio.is_answered()
    page.get_by_role("button", name="New station").click()
    form = page.get_by_role("form", name="New station")
    form.get_by_label("Name", exact=True).fill("Bekkestua")
    page.locator(".maplibregl-canvas").click(position={"x": 300, "y": 250})
    form.get_by_role("button", name="Open").click()
    expect(page.get_by_role("region", name="Changes in")).to_contain_text("Bekkestua")
    expect(page.get_by_role("button", name=re.compile("^Bekkestua, 1 unit"))).to_be_attached()
    studio.is_answered_for("With Bekkestua")
    expect(studio.answer.get_by_role("article")).to_have_count(4)
    page.get_by_role("checkbox", name="Compare West takes over").check()
    expect(studio.answer.locator(".compare-sentences > li")).to_have_count(2)
    expect(studio.answer.get_by_role("table")).to_contain_text("With Bekkestua")
    page.get_by_role("link", name="Report", exact=True).click()
    expect(page.locator(".report-reading h1, .report-reading h2").first).to_be_visible()
    chapters = page.get_by_role("navigation", name="Chapters").get_by_role("link")
    chapters.nth(5).wait_for()  # the list comes after the page
    chapters.nth(2).click()
    expect(chapters.nth(2)).to_have_attribute("aria-current", "page")
    page.go_back()


def test_the_same_by_keyboard_alone(studio: StudioPage) -> None:
    page = studio.page
    studio.go()
    studio.is_answered()
    studio.tab_to("New station")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Bekkestua")
    studio.tab_to("Latitude")
    page.keyboard.press("Control+A")
    page.keyboard.type("59.9")
    studio.tab_to("Open")
    page.keyboard.press("Enter")
    studio.is_answered_for("With Bekkestua")
    page.keyboard.press("Control+z")
    expect(page.get_by_role("region", name="Changes in")).not_to_contain_text("Open station")
    page.keyboard.press("Control+Shift+z")
    expect(page.get_by_role("region", name="Changes in")).to_contain_text("Open station")
    studio.tab_to(re.compile("^Bekkestua, 1 unit"))
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.goto(page.url)  # a reload loses nothing
    studio.is_answered_for("With Bekkestua")
    studio.tab_to("Compare West takes over")
    page.keyboard.press("Space")
    expect(studio.answer.locator(".compare-sentences > li")).to_have_count(2)
    studio.tab_to("Report")
    page.keyboard.press("Enter")
    expect(page.locator(".report-reading h1, .report-reading h2").first).to_be_visible()


def test_every_control_shows_that_it_has_the_keyboard(studio: StudioPage) -> None:
    studio.go()
    studio.is_answered()
    bare = []
    for _ in range(60):
        studio.page.keyboard.press("Tab")
        seen = studio.page.evaluate(
            """() => { const one = document.activeElement;
               const shown = [one, ...one.children].map((part) => getComputedStyle(part))
                   .some((look) => look.outlineStyle !== "none" || look.boxShadow !== "none");
               return [one.tagName, one.textContent.slice(0, 40), shown]; }"""
        )
        if seen[0] == "BODY":
            break
        if not seen[2]:
            bare.append(seen[:2])
    assert bare == []


@pytest.fixture
def asker_baerum(screen: Path, tmp_path: Path) -> Iterator[StudioServer]:
    """The bundled study with three replications instead of twenty."""
    folder = tmp_path / "asker-baerum"
    shutil.copytree(find_study_folder("asker-baerum"), folder)
    settings = folder / "study.toml"
    text = settings.read_text(encoding="utf-8")
    short = re.sub(r"(?m)^replications = \d+", "replications = 3", text, count=1)
    assert short != text
    settings.write_text(short, encoding="utf-8")
    server = StudioServer((str(folder),), tmp_path / "data", screen)
    server.start()
    yield server
    server.stop()


@pytest.mark.slow
def test_bekkestua_in_the_bundled_study(open_studio: Open, asker_baerum: StudioServer) -> None:
    studio = open_studio(asker_baerum, locale="nb-NO")
    page = studio.page
    studio.go()
    page.get_by_role("button", name="Ny stasjon").click()
    form = page.get_by_role("form", name="Ny stasjon")
    form.get_by_label("Navn", exact=True).fill("Bekkestua")
    for label, value in (("Breddegrad", "59.9170"), ("Lengdegrad", "10.5870")):
        form.get_by_label(label).fill(value)
        form.get_by_label(label).blur()
    form.get_by_role("button", name="Åpne").click()
    studio.is_answered_for("Med Bekkestua")
    sentence = studio.answer.locator("p[role=status]").text_content() or ""
    assert "Bærum" in sentence
    assert re.search(r"\d", sentence)
