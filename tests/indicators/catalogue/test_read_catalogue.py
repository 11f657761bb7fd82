"""Catalogues that come with the program are sound; a faulty one of one's own is a list of issues."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.errors import DefinitionError
from beredt.indicators.catalogue.read_catalogue import BUILT_IN, load_catalogue, read_catalogue

OWN = """[late]
title = { en = "Late", nb = "Sen" }
definition = { en = "Late ones.", nb = "De sene." }
source = "us"
counting = "incident"
kind = "share"
among = 'urgency == "A"'
counts = "response > 12 min"
target = { at_most = 0.1 }
"""


@pytest.mark.parametrize("name", BUILT_IN)
def test_catalogues_of_the_program_are_in_both_languages(name: str) -> None:
    catalogue = load_catalogue(name)
    assert catalogue
    for indicator in catalogue.values():
        assert {"en", "nb"} <= indicator.title.keys()
        assert {"en", "nb"} <= indicator.definition.keys()


def test_the_national_indicator_has_its_target() -> None:
    indicator = load_catalogue("national")["response_urban"]
    assert indicator.target is not None
    assert indicator.target.value == 0.9
    assert indicator.counts == "response <= 12 min"


def test_a_target_may_be_a_length_of_time(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    text = OWN.replace('kind = "share"', 'kind = "p90"').replace('counts = "response > 12 min"', 'value = "response"')
    path.write_text(text.replace("at_most = 0.1", 'at_most = "12 min"'), encoding="utf-8")
    indicator = read_catalogue(path)["late"]
    assert indicator.target is not None
    assert indicator.target.value == 720.0
    assert (indicator.unit, indicator.chart_kind) == ("s", "xmr")


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        (("response > 12 min", "respons > 12 min"), "late.counts", "did you mean response"),
        (("response > 12 min", "response > 12"), "late.counts", "a duration is compared with a number"),
        (('urgency == "A"', "urgency"), "late.among", "this is a text"),
        (('kind = "share"', 'kind = "mean"'), "late", "a mean has value"),
        (('kind = "share"', 'kind = "share"\nchart = "u"'), "late", "has no u chart"),
        (("counting", "countign"), "late.countign", "did you mean counting"),
        (("at_most = 0.1", "at_most = 0.1, at_least = 0.2"), "late.target", "one of them"),
        (("at_most = 0.1", 'at_most = "12 m"'), "late.target", "12 m"),
        (("source = ", "# "), "late.source", "missing"),
        (("[late]", "[Late Ones]"), None, "TOML"),
    ],
)
def test_faults_are_issues_with_their_line(
    tmp_path: Path, change: tuple[str, str], field: str | None, said: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace(*change), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_catalogue(path)
    texts = [issue.text() for issue in caught.value.issues]
    assert any(said in text for text in texts), texts
    assert any(getattr(issue, "field", None) == field for issue in caught.value.issues), texts
    assert all(getattr(issue, "row", 1) for issue in caught.value.issues)
