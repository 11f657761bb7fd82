"""Pictures of all pages for the documentation, of the bundled study: `pytest tests/browser --pictures docs/images`.

They are made when they are asked for and never otherwise: they take a run of the study, and would change files.
"""

from __future__ import annotations

import io
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from beredt.model.find import find_study_folder
from tests.browser.studio.conftest import Open
from tests.browser.studio.studio_page import StudioPage
from tests.browser.studio.studio_server import StudioServer
from tests.missions.importing.log_writer import write_export

STUDY = "/s/asker-baerum"
COLOURS = 256
RUN_S = 1800
VIEWS = {
    "map": f"{STUDY}?with=2",
    "difference": f"{STUDY}?with=2&layer=difference",
    "comparison-on-the-map": f"{STUDY}?compare=1,2,3",
    "compare": f"{STUDY}/compare?compare=2,3",
    "playback": f"{STUDY}/playback?with=2",
}
PLANNED = {
    "siting": ".map-figure",
    "dimensioning": ".fleet",
    "rosters": ".week-chart",
    "major": ".major-map",
}
"""Pages of analyses, and what of each the picture is to show."""
STANDBY = ("planned-tasks", "free-units")
OF_A_RUN = ("report", "runs", "staff", "travel", "income")
OF_RISK = {"risk": "under=2", "risk-together": "under=2&view=together"}


@pytest.fixture
def folder(request: pytest.FixtureRequest) -> Path:
    """Where pictures are kept."""
    asked = request.config.getoption("--pictures")
    if not asked:
        pytest.skip("pictures for the documentation are only made with --pictures DIR")
    kept = Path(asked)
    kept.mkdir(parents=True, exist_ok=True)
    return kept


@pytest.fixture
def bundled(folder: Path, screen: Path, tmp_path: Path) -> Iterator[StudioServer]:
    """The bundled study as it is."""
    del folder
    server = StudioServer(("asker-baerum",), tmp_path / "data", screen)
    server.start()
    yield server
    server.stop()


def keep(studio: StudioPage, folder: Path, name: str) -> None:
    """Keep a picture in few colours: it is small, and the same again from the same screen."""
    shot = Image.open(io.BytesIO(studio.page.screenshot(animations="disabled")))
    shot.convert("RGB").quantize(COLOURS).save(folder / f"studio-{name}.png", optimize=True)


def wait_for_all(studio: StudioPage) -> None:
    """Wait until every replication is there and every map is drawn."""
    whole = (
        "(line) => { const found = line.textContent.match(/(\\d+)\\D+(\\d+)/); return found && found[1] === found[2]; }"
    )
    begun = time.monotonic()
    while not studio.page.locator(".screen-status").evaluate(whole):
        assert time.monotonic() - begun < RUN_S
        studio.page.wait_for_timeout(500)
    studio.map_is_drawn()


def test_pictures_of_all_pages(open_studio: Open, bundled: StudioServer, folder: Path) -> None:
    studio = open_studio(bundled)
    for name, path in VIEWS.items():
        studio.page.goto(bundled.url + path)
        if "/s/asker-baerum?" in path:
            studio.map_is_drawn()
            wait_for_all(studio)
        else:
            studio.page.locator("#content, main").first.wait_for()
            studio.page.wait_for_timeout(5000)
        keep(studio, folder, name)
    phone = open_studio(bundled, locale="nb-NO", width=360, height=740)
    dark = open_studio(bundled, locale="nb-NO", scheme="dark")
    for name, other in (("phone", phone), ("dark", dark)):
        other.go(VIEWS["map"])
        other.page.locator(".answer-title").wait_for(state="attached")
        other.page.wait_for_timeout(8000)
        keep(other, folder, name)


def test_pictures_of_risk(open_studio: Open, bundled: StudioServer, folder: Path) -> None:
    studio = open_studio(bundled)
    assess_risk(studio)
    for name, query in OF_RISK.items():
        studio.page.goto(f"{bundled.url}{STUDY}/risk?{query}")
        studio.page.locator(".risk-matrix").first.wait_for()
        studio.page.wait_for_timeout(1000)
        keep(studio, folder, name)


def test_pictures_of_plans(open_studio: Open, bundled: StudioServer, folder: Path) -> None:
    studio = open_studio(bundled)
    plan_it(studio)
    for name, seen in PLANNED.items():
        studio.page.goto(f"{bundled.url}{STUDY}/{name}")
        studio.page.locator(seen).first.wait_for()
        studio.page.wait_for_timeout(5000)
        studio.page.locator(seen).first.scroll_into_view_if_needed()
        keep(studio, folder, name)


def test_pictures_of_standby_time(open_studio: Open, bundled: StudioServer, folder: Path) -> None:
    studio = open_studio(bundled)
    save_example(studio)
    page = studio.page
    for name in STANDBY:
        page.goto(f"{bundled.url}{STUDY}/{name}")
        page.get_by_label("Simulated years").fill("2")
        page.get_by_role("button", name="Ask").click()
        page.locator(".analysis-finding").wait_for(timeout=1000 * RUN_S)
        page.wait_for_timeout(1000)
        keep(studio, folder, name)


def test_picture_of_the_roads(open_studio: Open, bundled: StudioServer, folder: Path) -> None:
    studio = open_studio(bundled)
    studio.page.goto(f"{bundled.url}{STUDY}/roads?from=59.89000,10.52000")
    studio.page.locator(".roads-figures table").first.wait_for()
    studio.map_is_drawn()
    keep(studio, folder, "roads")


def test_pictures_of_a_run(open_studio: Open, bundled: StudioServer, folder: Path) -> None:
    studio = open_studio(bundled)
    run_it(studio)
    for name in OF_A_RUN:
        studio.page.goto(f"{bundled.url}{STUDY}/{name}")
        studio.page.locator("#content h1, #content h2").first.wait_for()
        studio.page.wait_for_timeout(2000)
        keep(studio, folder, name)


def plan_it(studio: StudioPage) -> None:
    """Ask for stations, units, rosters of Asker and Bærum, and a bus that drives off the road."""
    page = studio.page
    page.goto(f"{studio.server.url}{STUDY}/siting")
    page.get_by_label("Stations", exact=True).fill("10")
    page.get_by_role("button", name="Ask").click()
    page.locator(".analysis-finding").wait_for(timeout=1000 * RUN_S)
    page.goto(f"{studio.server.url}{STUDY}/dimensioning")
    page.get_by_label("Today").check()
    page.get_by_label("Simulated years").fill("2")
    page.get_by_role("button", name="Ask").click()
    page.locator(".analysis-finding").wait_for(timeout=1000 * RUN_S)
    page.goto(f"{studio.server.url}{STUDY}/rosters")
    page.locator("summary", has_text="Stations").click()
    for station in ("Asker", "Bærum"):
        page.get_by_label(station, exact=True).check()
    page.get_by_role("button", name="Ask").click()
    page.locator(".analysis-finding").wait_for(timeout=1000 * RUN_S)

    page.goto(f"{studio.server.url}{STUDY}/major")
    page.get_by_label("Place", exact=True).fill("59.88, 10.50")
    page.get_by_label("Weekday").select_option("5")
    page.get_by_label("Time of day").fill("17:00")
    page.get_by_role("button", name="Ask").click()
    page.locator(".analysis-finding").wait_for(timeout=1000 * RUN_S)
    page.get_by_role("slider", name="Minute after the alarm").fill("16")


def test_pictures_of_a_mission_log(open_studio: Open, bundled: StudioServer, folder: Path, tmp_path: Path) -> None:
    studio = open_studio(bundled)
    page = studio.page
    page.goto(f"{bundled.url}{STUDY}/logs")
    page.get_by_label("Choose a file").set_input_files(write_export(tmp_path / "amis.csv", 3_000))
    page.get_by_label("Nothing in this log is real").check()
    page.get_by_role("button", name="Import", exact=True).click()
    page.locator(".balance").wait_for()
    keep(studio, folder, "logs-findings")
    parts = page.get_by_role("navigation", name="Parts of the log")
    for part, button, seen in (
        ("Review", "Look for missions", ".case-row"),
        ("Indicators", "Count the indicators", ".chapter-view h2"),
    ):
        parts.get_by_role("link", name=part).click()
        page.get_by_role("button", name=button).click()
        page.locator(seen).first.wait_for(timeout=1000 * RUN_S)
        page.wait_for_timeout(1000)
        keep(studio, folder, f"logs-{part.lower()}")


def test_pictures_of_demand(open_studio: Open, bundled: StudioServer, folder: Path, tmp_path: Path) -> None:
    studio = open_studio(bundled)
    page = studio.page
    page.goto(f"{bundled.url}{STUDY}/demand?part=calls")
    page.locator(".demand .chapter-view h2").wait_for(timeout=1000 * RUN_S)
    page.wait_for_timeout(8000)  # the map is drawn
    keep(studio, folder, "demand")
    page.goto(f"{bundled.url}{STUDY}/logs")
    page.get_by_label("Choose a file").set_input_files(write_export(tmp_path / "amis.csv", 40_000))
    page.get_by_label("Nothing in this log is real").check()
    page.get_by_role("button", name="Import", exact=True).click()
    page.locator(".balance").wait_for(timeout=1000 * RUN_S)
    page.goto(f"{bundled.url}{STUDY}/demand?part=forecast")
    page.get_by_role("button", name="Ask").click()
    page.locator(".demand-answer .chapter-view h2").first.wait_for(timeout=1000 * RUN_S)
    page.wait_for_timeout(1000)
    keep(studio, folder, "demand-forecast")


def save_example(studio: StudioPage) -> None:
    """Save the example of home visits among the study's alternatives: the study itself has no planned tasks."""
    ask, api = studio.context.request, f"{studio.server.url}/api"
    headers = {"x-beredt-csrf": ask.get(f"{api}/session").json()["csrf"]}
    example = find_study_folder("asker-baerum") / "examples" / "community-paramedic.toml"
    made = tomllib.loads(example.read_text("utf-8"))
    assert ask.post(f"{api}{STUDY.replace('/s/', '/studies/')}/alternatives", data=made, headers=headers).ok


def assess_risk(studio: StudioPage) -> None:
    """Have five made-up people assess every event under one alternative."""
    ask, risk = studio.context.request, f"{studio.server.url}/api{STUDY.replace('/s/', '/studies/')}/risk"
    headers = {"x-beredt-csrf": ask.get(f"{studio.server.url}/api/session").json()["csrf"]}
    events = [one["id"] for one in ask.get(f"{risk}/form").json()["events"]]
    nothing = dict.fromkeys(("likelihood_before", "consequence_before", "likelihood_after", "consequence_after"))
    for person in range(5):
        role = ("amk", "ambulance")[person % 2]
        made = ask.post(f"{risk}/assessors", data={"role": role, "name": f"P{person + 1}"}, headers=headers).json()
        for number, event in enumerate(events):
            apart = (0, 1, 0, -1, number % 3 - 1)[person]
            one, other = 2 * number, 3 * number + number // 5
            likelihood, consequence = (max(1, min(5, 1 + step % 5 + apart)) for step in (one, other))
            scores = (likelihood, consequence, max(1, likelihood - 1 - person % 2), consequence)
            answer = dict(zip(nothing, scores, strict=True))
            path = f"{risk}/assessors/{role}/{made['number']}/answers/{event}/2"
            assert ask.put(path, data={"seen": nothing, "answer": answer}, headers=headers).ok


def run_it(studio: StudioPage) -> None:
    """Run the study twice through its year, so that the pages of a run have something to show."""
    page = studio.page
    page.goto(f"{studio.server.url}{STUDY}/runs")
    page.get_by_label("Replications").fill("2")
    page.get_by_role("button", name="Start a run").click()
    page.get_by_role("link", name="Open the report").wait_for(timeout=1000 * RUN_S)
