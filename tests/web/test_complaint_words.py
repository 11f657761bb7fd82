"""What can be wrong with an edit is said in every language: the language files have each sentence of the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from beredt.report.words import load_words
from beredt.web.complaint_words import in_words, knows
from beredt.web.errors import TITLES
from beredt.web.faults import Fault, Problem, problem_in_language

EDITS = Path(__file__).parents[2] / "src/beredt/model/edits"
PLACES = {"Objection": (1, 2), "ValueError": (0,), "_Fault": (2, 3)}
"""Which arguments are sentences."""
NAMES = ("message", "remedy")


def written(node: ast.expr) -> str | None:
    """A sentence with something in each of its gaps; None for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return None


def sentences() -> Iterator[tuple[str, str]]:
    for path in sorted(EDITS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found: list[ast.expr] = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLACES:
                found = [node.args[at] for at in PLACES[node.func.id] if at < len(node.args)]
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in NAMES:
                found = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
            for one in found:
                text = written(one)
                if text is not None:
                    yield path.name, text


def test_every_sentence_of_the_source_is_in_the_language_files() -> None:
    found = list(sentences())
    assert len(found) > 45
    # A remedy made of a field's range is known by its forms, which the next test goes through.
    assert [(file, text) for file, text in found if not knows(text) and text != "give 7"] == []


@pytest.mark.parametrize(
    ("english", "norwegian"),
    [
        ("there is no 'st-x' in stations.id", "det finnes ingen 'st-x' i stations.id"),
        ("give a number from 0 to 2", "oppgi et tall fra 0 til 2"),
        ("give a whole number from 1 to 5", "oppgi et heltall fra 1 til 5"),
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


SAYS = (
    Path(__file__).parents[2] / "src/beredt/web/logs/upload.py",
    Path(__file__).parents[2] / "src/beredt/web/routes/logs.py",
)


def test_every_refusal_of_an_upload_is_in_the_language_files() -> None:
    found = [
        "; ".join(filter(None, map(written, node.args[1:])))
        for path in SAYS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "UploadError"
    ]
    assert len(found) >= 6
    assert [text for text in found if not knows(text)] == []
    assert [title for title in TITLES.values() if not knows(title)] == []


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
