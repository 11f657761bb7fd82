"""Several people fill in one risk analysis: whatever order they write in, nothing is lost and all see the same."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beredt.decision.risk.risk_tables import risk_tables
from beredt.errors import NotYoursError, OptionError, StaleVersionError, StudyError, UnknownIdError
from beredt.model.read import load_study
from beredt.web.library import open_library
from beredt.web.open_study import OpenStudy
from beredt.web.risk.answer import NOTHING, Answer, Question, Who
from beredt.web.risk.open_workshop import open_workshop
from beredt.web.risk.picture import picture_of
from beredt.web.risk.workshop import Workshop
from tests.web.risk.plain_workshop import PlainWorkshop

CREW_1, CREW_2, DESK_1 = Who("crew", 1), Who("crew", 2), Who("desk", 1)
LATE = Question(CREW_1, "late", "2")


def pair(likelihood: int, consequence: int, measures: str | None = None) -> Answer:
    return Answer(likelihood_before=likelihood, consequence_before=consequence, measures=measures)


# ---- stories -----------------------------------------------------------------------------------------------


def test_what_is_answered_is_seen_by_all_and_taken_into_the_study(workshop: Workshop, opened: OpenStudy) -> None:
    me = workshop.join(opened, "desk", "Kari", "", by="")
    assert me.who == Who("desk", 2), "desk 1 has answers in the study"
    question = Question(me.who, "dear", "2")
    workshop.answer(opened, question, NOTHING, pair(5, 4, "Buy early"), "")
    state = workshop.state(opened)
    assert state.answer(question) == pair(5, 4, "Buy early")
    assert state.unlike() == (question,)
    assert "dear" not in load_study(opened.folder).decision["risk_scores"]["event"].to_list()

    taken = workshop.take(opened, "")
    assert (taken.answers, taken.assessors, taken.changed) == (15, 5, 1)
    table = load_study(opened.folder).decision["risk_scores"]
    row = table.filter(pl.col("event") == "dear").row(0, named=True)
    assert row == {
        "event": "dear", "alternative": "2", "role": "desk", "assessor": 2, "likelihood_before": 5,
        "consequence_before": 4, "likelihood_after": None, "consequence_after": None, "knowledge": None,
        "measures": "Buy early",
    }  # fmt: skip
    assert "Kari" not in (opened.folder / "risk_scores.csv").read_text(encoding="utf-8")
    assert workshop.state(opened).unlike() == ()
    assert workshop.take(opened, "").changed == 0


def test_the_later_of_two_is_told_and_nothing_is_lost(workshop: Workshop, opened: OpenStudy) -> None:
    seen = workshop.state(opened).answer(LATE)
    workshop.answer(opened, LATE, seen, pair(1, 1), "")
    with pytest.raises(StaleVersionError, match="somebody else has answered"):
        workshop.answer(opened, LATE, seen, pair(2, 2), "")
    workshop.answer(opened, LATE, pair(1, 1), pair(2, 2), "")
    workshop.answer(opened, LATE, seen, pair(2, 2), "")  # sent again, since the answer to the first was lost
    told = [one.deed.answer for one in workshop.history(opened, LATE, "")]
    assert told == [pair(1, 1), pair(2, 2)]


def test_a_newer_table_of_the_study_is_not_hidden_by_what_was_taken_into_it(
    workshop: Workshop, opened: OpenStudy
) -> None:
    workshop.answer(opened, LATE, workshop.state(opened).answer(LATE), pair(1, 1), "")
    workshop.take(opened, "")
    table = load_study(opened.folder).decision["risk_scores"]
    mine = (pl.col("event") == "late") & (pl.col("alternative") == "2") & (pl.col("assessor") == 1)
    newer = table.with_columns(likelihood_before=pl.when(mine).then(5).otherwise(pl.col("likelihood_before")))
    (opened.folder / "risk_scores.csv").write_text(newer.write_csv(), encoding="utf-8")
    assert workshop.state(opened).answer(LATE).likelihood_before == 5


def test_an_answer_taken_back_leaves_the_study_too(workshop: Workshop, opened: OpenStudy) -> None:
    workshop.answer(opened, LATE, workshop.state(opened).answer(LATE), NOTHING, "")
    workshop.take(opened, "")
    assert workshop.state(opened).answer(LATE) == NOTHING
    assert load_study(opened.folder).decision["risk_scores"].height == 13


def test_the_picture_has_the_figures_that_the_report_will_have(workshop: Workshop, opened: OpenStudy) -> None:
    workshop.answer(opened, Question(DESK_1, "late", "2"), workshop.state(opened).answer(Question(DESK_1, "late", "2")),
                    Answer(2, 2, 1, 1, "weak"), "")  # fmt: skip
    picture = picture_of(opened.get_study(), workshop.state(opened), "v", "", names=True)
    workshop.take(opened, "")
    study = load_study(opened.folder)
    told = risk_tables(study, ("today", "0+", "2"), "0+", {})["risk_spread"]
    shown = {(one.event, one.alternative, one.stage, one.role): one for one in picture.spreads}
    assert told.height == 2 * len(shown)
    for row in told.iter_rows(named=True):
        one = shown[row["event"], row["alternative"], row["stage"], row["role"]]
        dimension = one.likelihood if row["dimension"] == "likelihood" else one.consequence
        assert (dimension.median, dimension.low, dimension.high, dimension.disagreement, one.assessors) == (
            row["median"], row["low"], row["high"], row["disagreement"], row["assessors"],
        )  # fmt: skip
        assert sum(cell.assessors for cell in one.counts) == one.assessors


# ---- whose -------------------------------------------------------------------------------------------------


def test_nobody_answers_for_an_account_but_itself(workshop: Workshop, opened: OpenStudy) -> None:
    ane = workshop.join(opened, "crew", "", "Ane", by="Ane")
    assert workshop.join(opened, "crew", "", "Ane", by="Ane") == ane, "joining twice is joining once"
    question = Question(ane.who, "dear", "2")
    workshop.answer(opened, question, NOTHING, pair(3, 3), "Ane")
    with pytest.raises(NotYoursError):
        workshop.answer(opened, question, pair(3, 3), pair(1, 1), "Eva")
    with pytest.raises(NotYoursError):
        workshop.history(opened, question, "Eva")
    picture = picture_of(opened.get_study(), workshop.state(opened), "v", "Eva", names=True)
    assert (ane.who.role, ane.who.number) not in {(one.role, one.number) for one in picture.own}
    assert len(picture.own) == 14, "answers of the study's table are nobody's account's"
    unnamed = picture_of(opened.get_study(), workshop.state(opened), "v", "Rolf", names=False)
    assert {one.name for one in unnamed.assessors} == {""}


def test_who_has_answered_stays_and_who_has_not_may_leave(workshop: Workshop, opened: OpenStudy) -> None:
    new = workshop.join(opened, "desk", "", "", by="")
    workshop.leave(opened, new.who, "")
    assert new.who not in workshop.state(opened).assessors
    assert workshop.join(opened, "desk", "", "", by="").who.number == new.who.number + 1, "no number is given twice"
    with pytest.raises(OptionError, match="has answered"):
        workshop.leave(opened, CREW_1, "")


@pytest.mark.parametrize(
    ("question", "answer", "kind"),
    [
        (LATE, Answer(likelihood_before=3), StudyError),
        (LATE, pair(3, 3, "ask ola@example.no"), StudyError),
        (LATE, pair(3, 3, "x" * 501), StudyError),
        (LATE, pair(3, 3, "a\0b"), StudyError),
        (LATE._replace(event="nothing"), pair(3, 3), UnknownIdError),
        (LATE._replace(alternative="9"), pair(3, 3), UnknownIdError),
        (LATE._replace(who=Who("crew", 77)), pair(3, 3), UnknownIdError),
    ],
)
def test_what_the_study_could_not_hold_is_not_kept(
    workshop: Workshop, opened: OpenStudy, question: Question, answer: Answer, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        workshop.answer(opened, question, workshop.state(opened).answer(question), answer, "")
    assert workshop.state(opened).step == 0


# ---- any order of writers ------------------------------------------------------------------------------------

QUESTIONS = [Question(who, event, "2") for who in (CREW_1, CREW_2, DESK_1) for event in ("late", "dear")]
ANSWERS = st.sampled_from([NOTHING, pair(1, 1), pair(2, 5), Answer(1, 2, 3, 4, "weak", "m"), pair(5, 5)])
DEEDS = st.one_of(
    st.tuples(st.just("look"), st.integers(0, 2)),
    st.tuples(st.just("write"), st.integers(0, 2), st.sampled_from(QUESTIONS), ANSWERS),
    st.tuples(st.just("take"), st.just(0)),
)
runs = count()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DEEDS, max_size=25))
def test_any_order_of_writers_ends_as_in_the_plain_twin(
    folder: Path, tmp_path: Path, deeds: list[tuple[object, ...]]
) -> None:
    """Three people look, write over what they saw, and take into the study, in any order."""
    place = tmp_path / f"run-{next(runs)}"
    shutil.copytree(folder, place / "tiny")
    opened = open_library([str(place / "tiny")], place).get("tiny")
    workshop, plain = open_workshop(place), PlainWorkshop()
    own = workshop.state(opened).own
    plain.here, plain.study = dict(own), dict(own)
    seen = [dict(own) for _ in range(3)]
    for deed in deeds:
        if deed[0] == "look":
            seen[int(str(deed[1]))] = {one: given.answer for one, given in workshop.state(opened).given.items()}
        elif deed[0] == "take":
            workshop.take(opened, "")
            plain.take()
        else:
            _, writer, question, answer = deed
            assert isinstance(question, Question)
            assert isinstance(answer, Answer)
            was = seen[int(str(writer))].get(question, NOTHING)
            try:
                workshop.answer(opened, question, was, answer, "")
                written = True
                seen[int(str(writer))][question] = answer
            except StaleVersionError:
                written = False
            assert plain.write(question, was, answer) == written
    state = open_workshop(place).state(opened)  # as a server that is started again reads it
    assert {one: given.answer for one, given in state.given.items()} == plain.here
    assert dict(state.own) == plain.study
    told = [entry.deed for question in QUESTIONS for entry in workshop.history(opened, question, "")]
    wrote = [(question, answer) for question in QUESTIONS for one, answer in plain.written if one == question]
    assert [(Question(one.who, one.event, one.alternative), one.answer) for one in told] == wrote


def test_writers_at_the_same_moment_are_told_or_kept(workshop: Workshop, opened: OpenStudy, tmp_path: Path) -> None:
    """Eight threads at two servers raise one score as often as they can: every step that was kept is in the history."""
    other = open_workshop(tmp_path / "data")
    question = Question(CREW_1, "dear", "2")

    def climb(one: Workshop, name: int) -> list[Answer]:
        kept = []
        for turn in range(6):
            answer = pair(1 + turn % 5, 1 + name % 5, f"{name} {turn}")
            try:
                one.answer(opened, question, one.state(opened).answer(question), answer, "")
                kept.append(answer)
            except StaleVersionError:
                pass
        return kept

    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(climb, [workshop, other] * 4, range(8)))
    told = [one.deed.answer for one in workshop.history(opened, question, "")]
    assert sorted(map(repr, told)) == sorted(repr(one) for each in kept for one in each)
    assert told[-1] == other.state(opened).answer(question)
    assert [one.step for one in workshop.history(opened, question, "")] == list(range(1, len(told) + 1))


def test_people_who_join_at_the_same_moment_have_numbers_of_their_own(workshop: Workshop, opened: OpenStudy) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda name: workshop.join(opened, "desk", f"P{name}", "", by=""), range(8)))
    assert sorted(one.who.number for one in made) == list(range(2, 10))
