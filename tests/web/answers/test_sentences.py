"""Stories: numbers made up by hand, and the sentences that must come of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

import pytest

from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.estimate import Estimate
from beredt.report.estimates import Estimates
from beredt.report.results import Results
from beredt.web.answers.compare import compared_in
from beredt.web.answers.figures import MEAN, SHARE, Figures
from beredt.web.answers.sentences import sentences_of
from beredt.web.answers.telling import telling_of
from tests.tiny_study import write_tiny_study
from tests.web.answers.simulated import question

NAN = float("nan")
OPEN = {"edit": "open_station", "id": "st-new", "name": "Bekkestua", "lat": 59.899, "lon": 10.6,
        "organisation": "trust-west", "centre": "centre-west"}  # fmt: skip
UNIT = {"edit": "add_unit", "id": "n-1", "station": "st-new", "unit_kind": "ambulance", "roster": "all-day"}
MOVE = {"edit": "move_station", "station": "st-west", "lat": 59.905, "lon": 10.53}
SLOWER = {"edit": "set_speed", "purpose": "A", "factor": 0.9}

NOTHING, GAIN = (0.0, 0.0, 0.0), (0.02, 0.01, 0.03)
SOONER, SOONER_HERE, LATER, UNSURE = (-30.0, -35.0, -25.0), (-1.0, -2.0, -0.5), (38.0, 21.0, 55.0), (2.0, -3.0, 7.0)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


def told(
    study: Study,
    edits: list[dict[str, Any]],
    places: Mapping[str, tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]],
    language: str = "en",
    *,
    urgency: str = "A",
    **asked: object,
) -> list[str]:
    """Sentences about places, each with its differences: of the count, of the share, of the mean response."""
    draft = {"id": "draft", "edits": edits, "title": asked.pop("title", None)}
    telling = telling_of(study, compared_in(study, question(of=[draft], **asked)), urgency, language)
    against = telling.compared.against
    levels = {("draft", MEAN, urgency, group, -1): Estimate(600.0, 590.0, 610.0) for group in places}
    changes = {}
    for group, (_, share, mean) in places.items():
        changes["draft", SHARE, urgency, group, -1] = Estimate(*share)
        changes["draft", MEAN, urgency, group, -1] = Estimate(*mean)
    figures = cast(
        Figures,
        SimpleNamespace(
            runs={"draft": SimpleNamespace(frame=None)},
            against=against,
            urgency=urgency,
            levels=Estimates(MappingProxyType(levels)),
            changes=Estimates(MappingProxyType(changes)),
            count_difference=lambda _name, group: Estimate(*places[group][0]),
        ),
    )
    ctx = telling.context(Results({}, {}), figures.levels, figures.changes)
    return [one.replace("\u00a0", " ").replace("\u202f", " ") for one in sentences_of(ctx, telling, figures, "draft")]


def test_more_get_help_and_nobody_waits_longer(study: Study) -> None:
    places = {
        "west": ((1240.0, 1090.0, 1390.0), GAIN, SOONER),
        "forest": ((3.0, 1.0, 5.0), NOTHING, SOONER_HERE),
    }
    assert told(study, [OPEN, UNIT], places) == [
        "With Bekkestua, 1,240 more acute patients a year in The west get help within "
        "12 min in towns and 25 min elsewhere (1,090–1,390).",
        "Nobody waits longer.",
    ]
    assert told(study, [OPEN, UNIT], places, "nb") == [
        "Med Bekkestua får 1 240 flere akutte pasienter i året i Vestsiden hjelp innen "
        "12 min i tettsted og 25 min ellers (1 090–1 390).",
        "Ingen venter lenger.",
    ]
    assert told(study, [OPEN, UNIT], places, "nn")[1] == "Ingen ventar lenger."


def test_nobody_is_only_said_when_every_interval_says_so(study: Study) -> None:
    places = {"west": ((40.0, 30.0, 50.0), GAIN, SOONER), "forest": ((1.0, -3.0, 5.0), (0.0, -0.01, 0.01), UNSURE)}
    assert told(study, [OPEN], places)[1:] == ["No declared place clearly waits longer."]


def test_who_waits_longer_is_named_with_how_much(study: Study) -> None:
    places = {"west": ((40.0, 30.0, 50.0), GAIN, SOONER), "forest": ((-9.0, -12.0, -6.0), (-0.1, -0.2, -0.05), LATER)}
    assert told(study, [MOVE], places) == [
        "With Vest moved, 40 more acute patients a year in The west get help within "
        "12 min in towns and 25 min elsewhere (30–50).",
        "In The forest, acute patients wait 38 s longer on average (21–55).",
    ]


def test_a_loss_in_the_share_alone_is_told_as_one(study: Study) -> None:
    places = {"west": ((40.0, 30.0, 50.0), GAIN, SOONER), "forest": ((-9.0, -12.0, -6.0), (-0.1, -0.2, -0.05), UNSURE)}
    assert told(study, [MOVE], places)[1] == (
        "In The forest, 10.0 pp fewer acute patients get help within 12 min in towns and 25 min elsewhere (5.0–20.0)."
    )


def test_an_interval_that_holds_zero_is_no_clear_difference(study: Study) -> None:
    places = {"west": ((4.0, -3.0, 11.0), (0.001, -0.001, 0.003), UNSURE)}
    assert told(study, [SLOWER], places) == [
        "With these changes, there is no clear difference in how many acute patients get help within "
        "12 min in towns and 25 min elsewhere.",
        "No declared place clearly waits longer.",
    ]


def test_only_losses_make_the_headline(study: Study) -> None:
    places = {"west": ((-40.0, -50.0, -30.0), (-0.02, -0.03, -0.01), LATER)}
    assert told(study, [SLOWER], places, title="Slower cars")[0] == (
        "With “Slower cars”, 40 fewer acute patients a year in The west get help within "
        "12 min in towns and 25 min elsewhere (30–50)."
    )


def test_nothing_at_all_changes(study: Study) -> None:
    assert told(study, [SLOWER], {"west": (NOTHING, NOTHING, NOTHING)}) == [
        "With these changes, acute patients are reached exactly as before."
    ]


def test_after_one_year_nothing_is_sure_and_nobody_is_promised_anything(study: Study) -> None:
    places = {"west": ((40.0, NAN, NAN), (0.02, NAN, NAN), (-30.0, NAN, NAN))}
    assert told(study, [OPEN, UNIT], places) == [
        "With Bekkestua, 40 more acute patients in The west got help within "
        "12 min in towns and 25 min elsewhere in the first simulated year. How sure that is, the next ones tell."
    ]


def test_an_urgency_without_target_is_told_in_time(study: Study) -> None:
    nobody = (NAN, NAN, NAN)
    places = {"west": (nobody, nobody, SOONER), "forest": (nobody, nobody, SOONER_HERE)}
    assert told(study, [OPEN, UNIT], places, urgency="H") == [
        "With Bekkestua, urgent patients in The west get help 30 s sooner on average (25–35).",
        "Nobody waits longer.",
    ]


def test_what_it_is_compared_with_is_named_unless_it_is_today(study: Study) -> None:
    places = {"west": ((40.0, 30.0, 50.0), GAIN, SOONER)}
    assert told(study, [OPEN, UNIT], places, against="2")[0] == (
        "With Bekkestua, 40 more acute patients a year in The west get help within "
        "12 min in towns and 25 min elsewhere than under alternative 2 (30–50)."
    )


def test_a_station_opened_beside_other_changes_is_not_the_whole_story(study: Study) -> None:
    places = {"west": ((40.0, 30.0, 50.0), GAIN, SOONER)}
    assert told(study, [OPEN, UNIT, SLOWER], places)[0].startswith("With these changes, ")
