"""What goes wrong outside of Studio is said, and loses nothing: the connection, the server, the browser's own store."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.studio.conftest import Open
from tests.browser.studio.studio_page import StudioPage
from tests.browser.studio.studio_server import StudioServer

DRAFT = {
    "draft-1": {
        "id": "draft-1",
        "title": {"en": "Moved by hand"},
        "description": {},
        "note": {},
        "edits": {
            "past": [[]],
            "now": [{"edit": "move_station", "station": "st-west", "lat": 59.9, "lon": 10.54}],
            "future": [],
        },
    }
}
STORE = "beredt.drafts.tiny"


def keep(studio: StudioPage, text: str, key: str = STORE) -> None:
    """Put something into the browser's store before any page is opened."""
    script = f"localStorage.setItem({json.dumps(key)}, {json.dumps(text)})"
    studio.context.add_init_script(
        f"if (!sessionStorage.getItem('put')) {{ {script}; sessionStorage.setItem('put', '1'); }}"
    )


def test_a_lost_connection_and_a_server_that_is_started_again_lose_nothing(studio: StudioPage) -> None:
    keep(studio, json.dumps(DRAFT))
    page = studio.page
    studio.go("/s/tiny?with=draft-1")
    studio.is_answered_for("Moved by hand")
    studio.server.stop()
    page.get_by_role("checkbox", name="Compare West takes over").check()
    expect(studio.answer.get_by_role("status").first.or_(studio.answer.get_by_role("alert"))).to_be_visible()
    expect(studio.answer).to_contain_text("connection")
    studio.server.start()
    expect(studio.answer.locator(".compare-sentences > li")).to_have_count(2, timeout=60_000)
    expect(page.get_by_role("region", name="Changes in")).to_contain_text("Moved by hand")
    studio.faults[:] = [fault for fault in studio.faults if "ERR_CONNECTION_REFUSED" not in fault]


ODD = [
    "{",
    "null",
    "[]",
    '"text"',
    json.dumps({"draft-1": None}),
    json.dumps({"draft-1": {"id": "draft-1"}}),
    json.dumps({"draft-1": {**DRAFT["draft-1"], "edits": {"past": [], "now": [{"edit": "fly"}, 7], "future": []}}}),
]


@pytest.mark.parametrize("text", ODD)
def test_odd_drafts_in_the_store_never_keep_the_study_from_opening(
    open_studio: Open, server: StudioServer, text: str
) -> None:
    studio = open_studio(server)
    keep(studio, text)
    studio.go("/s/tiny")
    expect(studio.page.get_by_role("button", name="Today", exact=True)).to_be_visible()


def test_a_draft_that_no_longer_fits_says_so_and_stays(open_studio: Open, server: StudioServer) -> None:
    gone = json.loads(json.dumps(DRAFT))
    gone["draft-1"]["edits"]["now"][0]["station"] = "st-nowhere"
    studio = open_studio(server)
    keep(studio, json.dumps(gone))
    studio.go("/s/tiny?with=draft-1")
    expect(studio.page.get_by_role("region", name="Changes in")).to_contain_text("st-nowhere")
    expect(studio.answer).to_contain_text("st-nowhere")
    studio.faults[:] = [fault for fault in studio.faults if "422" not in fault]


@pytest.mark.parametrize("path", ["/s/nowhere", "/s/tiny/nowhere", "/s/tiny?with=nowhere&layer=odd&at=x", "/s/%00"])
def test_a_link_that_leads_nowhere_says_so(open_studio: Open, server: StudioServer, path: str) -> None:
    studio = open_studio(server)
    studio.page.goto(server.url + path)
    expect(studio.page.locator("#content").first).to_be_visible()
    assert (studio.page.locator("body").inner_text() or "").strip() != ""
    studio.faults[:] = [fault for fault in studio.faults if "404" not in fault]
