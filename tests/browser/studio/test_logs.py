"""Mission logs in the browser: sent, guessed, imported, read, one flagged mission worked off, and taken along."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.studio.conftest import Open
from tests.browser.studio.studio_page import StudioPage
from tests.browser.studio.studio_server import StudioServer
from tests.browser.studio.test_languages import is_reached_by_keyboard, looks_right_in_every_language
from tests.browser.wcag import list_faults
from tests.missions.importing.log_writer import write_export
from tests.tiny_study import write_tiny_study

PAGE = "/s/tiny/logs"
ROWS = 300


@pytest.fixture(scope="module")
def clerk(screen: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioServer]:
    """A server of one's own: logs are kept."""
    base = tmp_path_factory.mktemp("logs")
    server = StudioServer((str(write_tiny_study(base / "tiny")),), base / "data", screen)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log in the form of AMIS."""
    return write_export(tmp_path_factory.mktemp("export") / "amis.csv", ROWS, seed=3)


def is_clean(studio: StudioPage, scheme: Literal["light", "dark"] = "light") -> None:
    """No fault of WCAG, and no scrolling sideways down to the width of a phone."""
    page = studio.page
    page.emulate_media(color_scheme=scheme)
    assert studio.sideways() <= 0
    assert list_faults(studio.page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert studio.sideways() <= 0
    assert page.locator("#content").evaluate("(main) => main.scrollWidth - main.clientWidth") <= 0
    page.set_viewport_size({"width": 1280, "height": 800})


def part(studio: StudioPage, name: str) -> Locator:
    return studio.page.get_by_role("navigation", name="Parts of the log").get_by_role("link", name=name)


def bring(studio: StudioPage, clerk: StudioServer, log: Path) -> None:
    """Have a log imported."""
    page = studio.page
    page.goto(clerk.url + PAGE)
    page.get_by_label("Choose a file").set_input_files(log)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name=f"{ROWS} rows in, {ROWS} rows out")).to_be_visible()


def test_from_the_export_to_a_case_that_is_closed(open_studio: Open, clerk: StudioServer, log: Path) -> None:
    studio = open_studio(clerk)
    page = studio.page
    page.goto(clerk.url + PAGE)
    page.get_by_label("Choose a file").set_input_files(log)
    expect(page.get_by_role("heading", name="This looks like: Export from AMIS")).to_be_visible()
    expect(page.get_by_role("rowheader", name="ank_hentested")).to_be_visible()
    is_clean(studio)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name=f"{ROWS} rows in, {ROWS} rows out")).to_be_visible()
    found = page.get_by_role("listitem").filter(has_text="A code of urgency that the profile does not know.").first
    found.get_by_text("Examples").click()
    expect(found.get_by_role("cell", name="X", exact=True)).to_be_visible()
    with page.expect_download() as taken:
        found.get_by_role("link", name="Where: all rows (CSV)").click()
    assert taken.value.suggested_filename == "amis-unknown_urgency.csv"
    is_clean(studio, "dark")
    part(studio, "Review").click()
    page.get_by_label("Last days of the log").fill("")
    page.get_by_role("button", name="Look for missions").click()
    cases = page.get_by_role("link", name=re.compile(r"^Case \d+$"))
    cases.first.wait_for()
    is_clean(studio)
    cases.first.click()
    expect(page.get_by_role("heading", name="What each unit did")).to_be_visible()
    is_clean(studio, "dark")
    page.get_by_role("combobox", name="Status", exact=True).select_option("closed")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.get_by_label("Comment").fill("Snow on the road")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="History")).to_contain_text("Snow on the road")
    page.get_by_role("link", name="All cases").click()
    page.get_by_role("combobox", name="Status", exact=True).select_option("closed")
    expect(page.get_by_role("status").filter(has_text="1 case")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Export (CSV)").click()
    assert "Snow on the road" in taken.value.path().read_text(encoding="utf-8-sig")
    the_next_day_is_forecast(studio)


def the_next_day_is_forecast(studio: StudioPage) -> None:
    """Ask for the hours after the log on the page of demand; so few incidents are told in longer stretches."""
    page = studio.page
    page.locator(".topbar-pages summary").click()
    page.locator(".topbar-pages").get_by_role("link", name="People and demand").click()
    page.get_by_role("link", name="Forecast", exact=True).click()
    page.get_by_label("Hours ahead").fill("24")
    page.get_by_label("Moments of the past").fill("4")
    page.get_by_role("button", name="Ask").click()
    answer = page.locator(".demand-answer")
    answer.get_by_role("heading", name="The next hours").wait_for(timeout=300_000)
    expect(answer).to_contain_text("the simple mean is as good")
    expect(answer).to_contain_text("too few incidents to be told in shorter stretches")
    is_clean(studio, "dark")


@pytest.mark.soak
@pytest.mark.slow
def test_no_page_of_a_log_has_a_fault_in_any_language(open_studio: Open, clerk: StudioServer, log: Path) -> None:
    studio = open_studio(clerk)
    page = studio.page
    page.goto(clerk.url + PAGE)
    page.get_by_label("Choose a file").set_input_files(shutil.copy(log, log.with_name("looked-at.csv")))
    page.get_by_role("rowheader", name="ank_hentested").wait_for()
    is_whole(studio)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("heading", name=f"{ROWS} rows in, {ROWS} rows out").wait_for()
    is_whole(studio)
    part(studio, "Review").click()
    page.get_by_label("Last days of the log").fill("")
    page.get_by_role("button", name="Look for missions").click()
    page.get_by_role("link", name=re.compile(r"^Case \d+$")).first.wait_for()
    is_whole(studio)
    page.get_by_role("link", name=re.compile(r"^Case \d+$")).first.click()
    page.get_by_role("heading", name="What each unit did").wait_for()
    is_whole(studio)
    page.get_by_role("link", name="All cases").click()
    part(studio, "Indicators").click()
    shifts = "unit;on;off;staffed\nA1;01.01.2022 07:00;01.01.2022 19:00;1\n".encode("windows-1252")
    page.get_by_text("Files and links that are counted with").click()
    page.get_by_label("Choose a roster").set_input_files(
        files={"name": "shifts.csv", "mimeType": "text/csv", "buffer": shifts}
    )
    expect(page.get_by_role("button", name="Take shifts.csv away")).to_be_visible()
    page.get_by_role("button", name="Count the indicators").click()
    page.locator(".chapter-view h2").first.wait_for(timeout=300_000)
    is_whole(studio)
    the_next_day_is_forecast(studio)
    page.emulate_media(color_scheme="light")
    is_whole(studio)


def is_whole(studio: StudioPage) -> None:
    """As every page is: in all languages, by keyboard, from a phone on."""
    looks_right_in_every_language(studio)
    is_reached_by_keyboard(studio.page)
    is_clean(studio)


@pytest.mark.slow
def test_indicators_are_counted_and_read(open_studio: Open, clerk: StudioServer, log: Path, tmp_path: Path) -> None:
    own = Path(shutil.copyfile(log, tmp_path / "counted.csv"))
    bring(open_studio(clerk), clerk, own)
    studio = open_studio(clerk, locale="nb-NO")
    page = studio.page
    page.goto(clerk.url + PAGE)
    page.get_by_role("link", name="counted.csv").click()
    page.get_by_role("navigation", name="Deler av loggen").get_by_role("link", name="Indikatorer").click()
    expect(page.get_by_label("Utelat antall under")).to_have_attribute("min", "5")
    a_hospital_is_linked(studio)
    page.get_by_role("button", name="Tell indikatorene").click()
    chapters = page.get_by_role("navigation", name="Kapitler").get_by_role("button")
    chapters.first.wait_for(timeout=300_000)
    expect(page.get_by_text("Antall under 5 er utelatt")).to_be_visible()
    expect(chapters.filter(has_text="Ett forløp av flere logger")).to_be_visible()
    chapters.filter(has_text="Kvalitet").first.click()
    expect(page.locator(".chapter-view h2").first).to_be_visible()
    is_clean(studio)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Alle tabeller som Excel").click()
    assert taken.value.suggested_filename == "counted-tables.xlsx"


def a_hospital_is_linked(studio: StudioPage) -> None:
    """Link a hospital's file by its columns, and count with it."""
    page = studio.page
    page.get_by_text("Filer og koblinger som det telles med").click()
    page.get_by_text("Koble en annen logg").click()
    page.get_by_label("Navnet i rapporten").fill("Bærum sykehus")
    content = "Inn;Ut;Alder\n01.02.2022 08:52;01.02.2022 18:00;71\n".encode("windows-1252")
    page.get_by_label("Velg en fil med oppføringer").set_input_files(
        files={"name": "akutt.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("combobox", name="Begynnelse (tid)").select_option("Inn")
    page.get_by_role("combobox", name="Alder", exact=True).select_option("Alder")
    is_clean(studio, "dark")
    page.get_by_role("button", name="Koble", exact=True).click()
    expect(page.get_by_text("Denne loggen → Bærum sykehus: akutt.csv")).to_be_visible()


def test_what_is_no_log_is_told_and_leaves_nothing(
    open_studio: Open, clerk: StudioServer, log: Path, tmp_path: Path
) -> None:
    studio = open_studio(clerk)
    page = studio.page
    page.goto(clerk.url + PAGE)
    chooser = page.get_by_label("Choose a file")
    for name, content, said in (
        ("empty.csv", b"", "empty.csv is empty"),
        ("letter.docx", b"PK", "Files like letter.docx are not read"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 600, "none of the kinds"),
        ("damaged.xlsx", b"PK\x03\x04", "cannot be read as a spreadsheet"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "cannot be read as a spreadsheet"),
        ("renamed.csv", b"PK\x03\x04" + b"\0" * 600, "give its name the ending .xlsx"),
        ("cut-off.csv.gz", gzip.compress(log.read_bytes())[:-400], "cut off or damaged"),
        ("giant.csv", None, "larger than 2 GB"),
    ):
        with (tmp_path / name).open("wb") as file:
            file.write(content or b"")
            file.truncate(len(content) if content is not None else (2 << 30) + 1)  # without a block on the disk
        chooser.set_input_files(tmp_path / name)
        expect(page.get_by_role("region", name="Add a log")).to_contain_text(said)
    page.context.set_offline(True)
    (tmp_path / "good.csv").write_bytes(b"a;b\n" * 10)
    chooser.set_input_files(tmp_path / "good.csv")
    expect(page.get_by_role("alert")).to_contain_text("The connection was cut off")
    page.context.set_offline(False)
    studio.faults[:] = [one for one in studio.faults if not re.search(r"415|422|ERR_INTERNET", one)]
    assert [path.name for path in (clerk.data_folder / "logs").iterdir() if path.name.startswith(".")] == []


def test_an_import_of_a_server_that_was_killed_goes_on_and_the_log_is_deleted(
    open_studio: Open, clerk: StudioServer, log: Path
) -> None:
    studio = open_studio(clerk)
    page = studio.page
    page.goto(clerk.url + PAGE)
    page.get_by_label("Choose a file").set_input_files(shutil.copy(log, log.with_name("other.csv")))
    page.get_by_role("button", name="Import", exact=True).click()
    whole = page.get_by_role("heading", name=f"{ROWS} rows in, {ROWS} rows out")
    expect(whole).to_be_visible()
    number = re.search(r"log=([\w-]+)", page.url)
    assert number is not None
    clerk.stop()
    as_if_killed(clerk.data_folder, number[1])
    clerk.start()
    page.reload()
    expect(page.get_by_text("It goes on where it was.")).to_be_visible()
    page.get_by_role("button", name="Begin again").click()
    expect(whole).to_be_visible()
    page.get_by_role("button", name="Delete the log").click()
    asked = page.get_by_role("alertdialog")
    expect(asked).to_contain_text("This cannot be undone")
    asked.get_by_role("button", name="Delete the log").click()
    expect(page.get_by_role("heading", name="Add a log")).to_be_visible()
    expect(page.get_by_text("other.csv")).to_have_count(0)
    studio.faults[:] = [one for one in studio.faults if "ERR_" not in one]


def as_if_killed(data: Path, log: str) -> None:
    """Leave an import as a server leaves it that dies in the middle."""
    (data / "logs" / log / "imported.json").unlink()
    (store,) = (data / "logs" / log / "stores").iterdir()
    (store / "store.json").unlink()
    (store / "work").mkdir()
    (store / "work" / "plan.json").write_text("{}", encoding="utf-8")
    file = data / "jobs" / store.name / "job.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "state": "running"}), encoding="utf-8")
