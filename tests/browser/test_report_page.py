"""The report's page as its readers meet it: no WCAG fault, by keyboard alone, on a narrow screen, from a USB stick."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.wcag import WITH_BEST_PRACTICE, list_faults

LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
"""Rules about what another colour or width changes within a chapter."""


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 400)])
def test_no_fault_of_wcag(browser: Browser, report: Path, scheme: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    # Nine thousand squares of one kind: looking at each takes minutes, and a month of them says the same.
    page.evaluate("document.querySelectorAll('.months table:nth-child(n+2)').forEach((one) => one.remove())")
    chapters = page.evaluate("[...document.querySelectorAll('main section')].map((one) => one.id)")
    assert {"income", "risk", "patient-travel", "cost", "staff", "comparison"} <= set(chapters)
    if scheme == "light":
        found = list_faults(page, WITH_BEST_PRACTICE)
    else:  # what chapters are made of is the same in another colour and width
        found = list_faults(page, LOOKS)
        found += list_faults(page, WITH_BEST_PRACTICE, {"exclude": [["main section"]]})
    page.close()
    assert found == []


def test_nothing_is_fetched(browser: Browser, report: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    page.close()
    assert [url for url in asked if not url.startswith(("data:", report.as_uri()))] == []


def first_map(page: Page) -> Locator:
    return page.locator("figure.map:has(.map-values)").first


def test_a_map_is_used_by_keyboard_alone(page: Page) -> None:
    figure = first_map(page)
    frame, said = figure.locator(".scroll"), figure.locator("output")
    frame.focus()
    whole = frame.locator("svg").get_attribute("viewBox")
    page.keyboard.press("ArrowRight")
    first = said.inner_text()
    assert "min" in first
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert said.inner_text() != ""
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert frame.locator("svg").get_attribute("viewBox") != whole
    page.keyboard.press("0")
    assert [float(one) for one in str(frame.locator("svg").get_attribute("viewBox")).split()] == pytest.approx(
        [float(one) for one in str(whole).split()]
    )
    page.keyboard.press("Escape")
    assert said.inner_text() == ""


def test_the_pointer_tells_the_square_below_it(page: Page) -> None:
    figure = first_map(page)
    figure.scroll_into_view_if_needed()
    told = page.evaluate(
        """(figure) => {
            const { cells, panels, places } = JSON.parse(figure.querySelector(".map-values").textContent);
            const svg = figure.querySelector("svg");
            const box = svg.getBoundingClientRect();
            const scale = box.width / svg.viewBox.baseVal.width;
            const cell = panels[0].values.findIndex((text) => text !== "");
            const [x, y, w, h, place] = cells[cell];
            const [left, top, width, height] = panels[0].box;
            return { x: box.left + (left + (x + w / 2) * width) * scale,
                     y: box.top + (top + (y + h / 2) * height) * scale,
                     place: places[place], text: panels[0].values[cell] };
        }""",
        figure.element_handle(),
    )
    page.mouse.move(told["x"], told["y"])
    assert figure.locator("output").inner_text().endswith(f"{told['place']} · {told['text']}")


def test_a_table_is_filtered_and_taken_along(page: Page) -> None:
    figure = page.locator("figure.table:has(input)").first
    rows = figure.locator("tbody tr:not([hidden])")
    before = rows.count()
    name = figure.locator("tbody th").nth(2).text_content() or ""
    figure.locator("input").fill(name)
    assert 1 <= rows.count() < before
    figure.get_by_role("button", name="Kopier som CSV").click()
    figure.locator("output", has_text="Kopiert.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert len(copied) == rows.count() + 1
    assert any(name in line for line in copied[1:])
    figure.locator("input").fill("")
    assert rows.count() == before


def test_a_table_is_sorted_by_its_heads_from_the_keyboard(page: Page) -> None:
    table = page.locator("table[data-sortable]").first
    head = table.locator("thead th").nth(1)
    values = "(table) => [...table.tBodies[0].rows].map((row) => Number(row.cells[1].dataset.v))"
    head.locator("button").focus()
    for order in ("descending", "ascending"):
        page.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == order
        found = table.evaluate(values)
        assert found == sorted(found, reverse=order == "descending")


def test_every_control_is_reached_by_the_tab_key_and_shows_it(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    controls = page.evaluate(
        "[...document.querySelectorAll('main button, main input, main .scroll')].filter((o) => o.tabIndex < 0).length"
    )
    assert controls == 0
    frame = first_map(page).locator(".scroll")
    frame.focus()
    page.keyboard.press("ArrowRight")  # a key, so that the browser shows where it is
    assert frame.evaluate("(one) => getComputedStyle(one).outlineStyle") != "none"


def test_a_narrow_screen_never_scrolls_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_print_shows_the_report_and_none_of_its_controls(page: Page) -> None:
    page.emulate_media(media="print")
    shown = page.evaluate(
        "[...document.querySelectorAll('nav, .tools, .skip, .switch')].filter((o) => o.getClientRects().length).length"
    )
    assert shown == 0
    assert page.locator("h1").is_visible()
