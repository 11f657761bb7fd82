"""One readable line for every kind of edit."""

from __future__ import annotations

import pytest

from beredt.model.edits.edit import Edit
from beredt.model.edits.kinds import EDIT_KINDS
from beredt.model.edits.set_border_policy import SetBorderPolicy
from beredt.model.edits.set_roster_hours import SetRosterHours
from beredt.report.context import ReportContext, make_context
from beredt.report.edit_lines import edit_line
from beredt.report.words import load_words


def line(ctx: ReportContext, edit: Edit) -> str:
    return edit_line(edit, ctx.words, ctx.numbers, ctx.names)


def test_the_alternative_of_the_tiny_study_in_english(english: ReportContext) -> None:
    edits = english.study.get_alternative("2").edits
    assert [line(english, edit) for edit in edits] == [
        "Vest: new centre AMK Vest and new organisation Vestre HF",
        "Station Vest with its units: new organisation Vestre HF and new centre AMK Vest",
        "Open station Midt for Vestre HF, coordinated by AMK Vest (at 59.8990, 10.6000)",
        "One more ambulance at Midt, round the clock every day",
        "At the border, when any centre looks for units of any other centre, urgency A: rule own units first, "
        "must be sooner by 0\u00a0s, asking takes 90\u00a0s, units are seen with a delay "
        "and refreshed every 300\u00a0s",
    ]


def test_the_same_in_norwegian(english: ReportContext) -> None:
    ctx = make_context(english.study, english.results, load_words("nb"))
    edits = ctx.study.get_alternative("2").edits
    assert line(ctx, edits[0]) == "Vest: ny sentral AMK Vest og nytt helseforetak Vestre HF"
    assert line(ctx, edits[3]) == "Én ambulanse til på Midt, hele døgnet alle dager"


def test_clocks_are_clocks(english: ReportContext) -> None:
    edit = SetRosterHours(roster="day-shift", start="08:00", end="16:00")
    assert line(english, edit) == "Shifts of roster 08:00–20:00 Mon–Fri last from 08:00 to 16:00"


def test_what_is_not_given_is_not_said(english: ReportContext) -> None:
    edit = SetBorderPolicy(asking_centre="centre-east", owning_centre="centre-west", urgency="*", ask_s=120.0)
    expected = "At the border, when AMK Øst looks for units of AMK Vest, urgency all: asking takes 120\u00a0s"
    assert line(english, edit) == expected


@pytest.mark.parametrize("kind", EDIT_KINDS, ids=lambda kind: kind.kind)
def test_every_kind_has_a_text(context: ReportContext, kind: type[Edit]) -> None:
    assert context.words.has(f"edit.{kind.kind}")
