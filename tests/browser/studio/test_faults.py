"""What goes wrong outside of Studio is said, and loses nothing: the connection, the server, the browser's own store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.studio.conftest import Open
from tests.browser.studio.studio_page import StudioPage
from tests.browser.studio.studio_server import StudioServer
from tests.tiny_study import write_tiny_study

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


EXPECTED = ("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED", "422")
"""What the browser says of a server that is killed, and of a study that cannot be used."""


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


def test_a_server_killed_in_the_middle_of_a_job_is_told_and_the_job_begun_again(
    open_studio: Open, screen: Path, tmp_path: Path
) -> None:
    """What becomes of a job, of changes that are not saved, and of a study whose shapes go wrong meanwhile."""
    study = write_tiny_study(tmp_path / "tiny")
    server = StudioServer((str(study),), tmp_path / "data", screen)
    server.start()
    studio = open_studio(server)
    keep(studio, json.dumps(DRAFT))
    page = studio.page
    page.goto(f"{server.url}/s/tiny/runs")
    page.get_by_label("Replications").fill("2")
    page.get_by_role("button", name="Start a run").click()
    card = page.locator(".runs-list article")
    expect(card).to_contain_text("Running")
    (file,) = (tmp_path / "data" / "jobs").glob("*/job.json")
    as_running = file.read_text("utf-8")
    server.stop()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    file.write_text(as_running, encoding="utf-8")  # as one leaves it that is killed and can write nothing more
    server.start()
    expect(card).to_contain_text("Interrupted")
    expect(card).to_contain_text("The server was stopped in the middle of this")
    expect(page.get_by_role("alert")).to_have_count(0)
    card.get_by_role("button", name="Begin again").click()
    expect(card).to_contain_text("Running")
    card.get_by_role("button", name="Cancel the run").click()
    expect(card).to_contain_text("Cancelled")

    outlines = json.loads((study / "outlines.geojson").read_text("utf-8"))
    flat, crossed = outlines["features"][:2]
    crossed["geometry"]["coordinates"][0][1:3] = reversed(crossed["geometry"]["coordinates"][0][1:3])
    (study / "outlines.geojson").write_text(json.dumps(outlines), encoding="utf-8")
    studio.go("/s/tiny?with=draft-1")
    expect(page.get_by_role("region", name="Changes in")).to_contain_text("Moved by hand")
    flat["geometry"]["coordinates"] = flat["geometry"]["coordinates"][0]
    (study / "outlines.geojson").write_text(json.dumps(outlines), encoding="utf-8")
    page.reload()
    expect(page.locator("#content")).to_contain_text("the coordinates do not make a Polygon")
    server.stop()
    studio.faults[:] = [one for one in studio.faults if not any(said in one for said in EXPECTED)]


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
