"""What can be wrong is said in every language: the language files have each sentence of the source."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from beredt.model.dictionary import load_fields
from beredt.report.words import load_words
from beredt.web.complaint_words import GAP, SECTION, find_key, in_words, knows
from beredt.web.errors import TITLES
from beredt.web.faults import Fault, Problem, problem_in_language
from beredt.web.jobs.job import Job
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.routes.job_answers import job_out
from tests.web.said_in_source import list_said

ROOMS = (
    "model",
    "demand/rates.py",
    "demand/population.py",
    "demand/intensity.py",
    "demand/forecast/backtest.py",
    "demand/forecast/count_store.py",
    "indicators/observing/roster_file.py",
    "missions/read",
    "missions/find_profile.py",
    "report/risk_form/read_form.py",
    "report/missions/part_of_store.py",
    "roads/projects/resolve_links.py",
    "roads/projects/resolve_map.py",
    "simulation/case.py",
    "simulation/incident_rules.py",
    "siting/all_models.py",
    "siting/ask_core.py",
    "siting/catchments.py",
    "siting/covering_model.py",
    "siting/criteria.py",
    "siting/dimensioning",
    "siting/from_study.py",
    "siting/lscp.py",
    "siting/p_centre.py",
    "siting/p_median.py",
    "siting/placement.py",
    "siting/plans",
    "siting/study",
    "web/alternative_files.py",
    "decision/major_incident/find_scene.py",
    "decision/major_incident/moments.py",
    "decision/major_incident/respond.py",
    "decision/major_incident/study_events.py",
    "web/analyses",
    "web/answers",
    "web/jobs",
    "web/logs",
    "web/risk",
    "web/roads",
    "web/routes",
    "web/run_chapters.py",
)
"""Rooms and files whose complaints come to the screen: about studies, edits and logs, and why jobs fail."""

KNOWN_OTHERWISE = frozenset({"7 and consequence 7", "give 7", "77", "{sentence}"})
"""Ends of sentences that begin elsewhere, and remedies made of a field's range, which the next test goes through."""


def test_every_sentence_of_the_source_is_in_the_language_files() -> None:
    found = list_said(*ROOMS)
    assert len(found) > 400
    patterns = [one for one in found if find_key(one.text) is None and one.text not in KNOWN_OTHERWISE]
    assert [f"{one.file}:{one.line}: {one.text}" for one in patterns] == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_sentence_can_be_said(language: str) -> None:
    words = load_words(language)
    for key, text in load_words("en").texts.items():
        if key.startswith(SECTION) and not re.search(r"\{\w*(said|described)", text):
            assert GAP.sub("7", words.texts[find_key(GAP.sub("7", text)) or ""]) == in_words(GAP.sub("7", text), words)


def test_no_sentence_is_taken_for_another() -> None:
    texts = {key: text for key, text in load_words("en").texts.items() if key.startswith(SECTION)}
    for key, text in texts.items():
        if "{described}" in text:
            continue
        plain = GAP.sub("7", text)
        found = find_key(plain)
        assert found is not None, key
        assert GAP.sub("7", texts[found]) == plain, (key, found)


@pytest.mark.parametrize(
    ("english", "norwegian"),
    [
        ("there is no 'st-x' in stations.id", "det finnes ingen 'st-x' i stations.id"),
        ("give a number from 0 to 2", "oppgi et tall fra 0 til 2"),
        ("give a whole number from 1 to 5", "oppgi et heltall fra 1 til 5"),
        ("there is no 'x' in y (first in row 7)", "det finnes ingen 'x' i y (først i rad 7)"),
        ("give one of own_first, seamless", "oppgi en av own_first, seamless"),
        ("the moon is full", "the moon is full"),
    ],
)
def test_values_stay_and_words_change(english: str, norwegian: str) -> None:
    assert in_words(english, load_words("nb")) == norwegian
    assert in_words(english, load_words("en")) == english


@pytest.mark.parametrize(
    ("language", "said"), [("nb", "det finnes ingen"), ("nn", "det finst ingen"), ("en", "there is no")]
)
def test_a_page_is_told_in_its_language(client: TestClient, language: str, said: str) -> None:
    edits = [{"edit": "move_unit", "unit": "e-1", "station": "st-nowhere"}]
    lines = client.post("/api/studies/tiny/service", json={"edits": edits, "lang": language}).json()["lines"]
    assert lines[0]["complaints"][0]["message"].startswith(said)
    new = {"id": "new", "title": {"en": "x"}, "edits": edits}
    refused = client.post("/api/studies/tiny/alternatives", json=new, headers={"accept-language": language})
    assert refused.json()["issues"][0]["message"].startswith(f"move_unit: {said}")


def test_every_refusal_of_an_upload_is_in_the_language_files() -> None:
    found = [one.text for one in list_said("web/logs/upload.py", "web/routes/logs.py")]
    assert len(found) >= 10
    assert [title for title in TITLES.values() if not knows(title)] == []


def test_what_stands_in_a_sentence_changes_too() -> None:
    nn = load_words("nn")
    assert in_words("--relocation x: there is no rule 'x'; leave it out", nn).startswith("--relocation x: det finst")
    described = load_fields("settings")[0].description
    told = in_words(f"give a whole number from 1 to 5: {described['en']}", nn)
    assert told.endswith(nn.local(described))
    assert told != f"give a whole number from 1 to 5: {described['en']}"
    assert not knows("set_roster: the moon is full")


def test_a_text_of_many_clauses_is_taken_apart_once_and_not_in_every_order() -> None:
    """Forty clauses have more orders than can be tried while anybody lives: without a memory this does not end."""
    text = "; ".join(["the value: Input should be less than or equal to 30"] * 40)
    assert in_words(text, load_words("nb")) == text


def test_a_job_tells_why_it_failed_in_every_language() -> None:
    problem = Problem(
        title="This cannot be used", status=422, detail="stopped before any answer was found: give it more time"
    )
    job = Job(
        id="1",
        kind="site",
        study="tiny",
        fingerprint="",
        options={},
        asked_s=0,
        state="failed",
        problem=problem.model_dump(),
    )
    told = job_out(job, JobQueue(None)).problem_in
    assert {one: told[one].language for one in told} == {"en": "en", "nb": "nb", "nn": "nn"}
    assert told["nb"].detail.startswith("stanset før noe svar")


def test_what_no_file_knows_is_told_in_english_and_says_so() -> None:
    words = load_words("nn")
    known = Fault(message="lat and lon are swapped", remedy="put the latitude in lat")
    odd = Fault(message="the moon is full", remedy="put the latitude in lat")
    problem = Problem(
        title="This cannot be used", status=422, detail="the study cannot be used: 2 found", issues=[known, odd]
    )
    told = problem_in_language(problem, words)
    assert (told.language, told.title) == ("nn", "Dette kan ikkje brukast")
    assert [one.language for one in told.issues] == ["nn", "en"]
    assert told.issues[1] == odd
    unknown = problem_in_language(problem.model_copy(update={"detail": "the moon is full"}), words)
    assert (unknown.language, unknown.title) == ("en", "This cannot be used")


def test_a_very_long_text_stays_as_it_is() -> None:
    assert not knows("there is no frog 'x'. " * 10_000)
