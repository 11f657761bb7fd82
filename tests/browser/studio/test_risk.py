"""A risk analysis filled in by two people at two screens: each sees the other, nothing is lost, the study has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Locator, Page, expect
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.decision.risk.risk_tables import risk_tables
from beredt.model.read import load_study
from tests.browser.studio.conftest import Open
from tests.browser.studio.studio_page import StudioPage
from tests.browser.studio.studio_server import StudioServer
from tests.browser.wcag import list_faults
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study

RISK = "/s/tiny/risk?event=dear&under=2"


@pytest.fixture
def workshop(screen: Path, tmp_path: Path) -> Iterator[StudioServer]:
    """A study with a risk analysis, which may be written to."""
    study = write_opinions(write_tiny_study(tmp_path / "tiny"))
    server = StudioServer((str(study),), tmp_path / "data", screen)
    server.start()
    yield server
    server.stop()


def matrix(page: Page, stage: str = "Before") -> Locator:
    return page.get_by_role("table", name=f"{stage} measures")


def cell(page: Page, likelihood: int, consequence: int, stage: str = "Before") -> Locator:
    return matrix(page, stage).locator(f'[data-at="{likelihood} {consequence}"]')


def join(page: Page, role: str, name: str) -> None:
    page.get_by_role("button", name="Somebody else").click()
    form = page.get_by_role("form", name="Take part")
    form.get_by_label("Role").select_option(role)
    form.get_by_label("Name in this workshop").fill(name)
    form.get_by_role("button", name="Take part").click()
    expect(page.get_by_label("Who answers").locator("option:checked")).to_contain_text(name)


def test_two_people_assess_see_each_other_and_the_study_has_it(
    open_studio: Open, workshop: StudioServer, tmp_path: Path
) -> None:
    kari, ola = open_studio(workshop), open_studio(workshop, width=360, height=740, scheme="dark")
    for one, role, name in ((kari, "crew", "Kari"), (ola, "desk", "Ola")):
        one.page.goto(workshop.url + RISK)
        join(one.page, role, name)
    cell(kari.page, 5, 4).click()
    expect(cell(ola.page, 5, 4)).to_contain_text("1", timeout=5_000)
    cell(ola.page, 3, 4).focus()
    ola.page.keyboard.press("ArrowDown")
    ola.page.keyboard.press("Enter")
    expect(cell(kari.page, 2, 4)).to_contain_text("1", timeout=5_000)
    expect(cell(kari.page, 5, 4)).to_have_attribute("aria-pressed", "true")
    expect(cell(kari.page, 2, 4)).to_have_attribute("aria-pressed", "false")
    expect(kari.page.locator(".risk-stage").first).to_contain_text("2 of 6")

    # Both answer for Kari, one of them without a connection: the later one is told, and chooses.
    ola.page.get_by_label("Who answers").select_option(label="Kari · Crews 4")
    ola.context.set_offline(True)
    expect(ola.page.get_by_text("No connection")).to_be_visible()
    cell(ola.page, 1, 1).click()
    expect(ola.page.get_by_text("Kept in this browser")).to_be_visible()
    cell(kari.page, 4, 4).click()
    expect(kari.page.get_by_text("Kept, and seen by all")).to_be_visible()
    ola.context.set_offline(False)
    met = ola.page.get_by_role("alert").filter(has_text="Somebody else was here first")
    expect(met).to_contain_text("4 × 4")
    expect(met).to_contain_text("1 × 1")
    met.get_by_role("button", name="Write mine").click()
    expect(cell(kari.page, 1, 1)).to_have_attribute("aria-pressed", "true", timeout=5_000)
    kari.page.get_by_text("Earlier answers").click()
    expect(kari.page.locator(".risk-history li")).to_have_count(3)

    kari.page.get_by_role("button", name="Take into the study").click()
    kari.page.get_by_role("button", name="Take them in").click()
    expect(ola.page.get_by_text("All 16 answers stand in the study")).to_be_visible(timeout=5_000)
    study = load_study(tmp_path / "tiny")
    dear = study.decision["risk_scores"].filter(pl.col("event") == "dear").sort("role")
    assert dear.select("role", "assessor", "likelihood_before", "consequence_before").rows() == [
        ("crew", 4, 1, 1), ("desk", 2, 2, 4),
    ]  # fmt: skip
    spread = risk_tables(study, ("today", "0+", "2"), "0+", {})["risk_spread"].filter(pl.col("event") == "dear")
    assert spread["median"].to_list() == [1.5, 2.5]
    assert CliRunner().invoke(build_app(), ["study", "check", str(tmp_path / "tiny")]).exit_code == 0
    looks_right(kari)
    looks_right(ola)
    for one in (kari, ola):
        one.faults[:] = [
            fault for fault in one.faults if "ERR_INTERNET_DISCONNECTED" not in fault and "409" not in fault
        ]


def looks_right(studio: StudioPage) -> None:
    """No fault of WCAG and no scrolling sideways, in both views."""
    for view in ("Assess", "Together"):
        studio.page.get_by_role("link", name=view, exact=True).click()
        matrix(studio.page).wait_for()
        assert studio.sideways() <= 0
        assert list_faults(studio.page) == []
