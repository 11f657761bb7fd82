"""The queue keeps status, comments and all history, whatever is imported again and whoever else writes."""

from __future__ import annotations

import json
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import OptionError, QueueError
from beredt.indicators.review.cases import Case, Flag, cases_of
from beredt.indicators.review.export import review_tables, safe_cells, write_review
from beredt.indicators.review.find_flags import find_flags
from beredt.indicators.review.looked_at import look_at
from beredt.indicators.review.queue import open_queue
from beredt.indicators.review.queued import STATUSES, Period
from beredt.indicators.review.rules import choose_rules
from beredt.model.dictionary import load_fields
from tests.indicators.made_store import make_store

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
ALWAYS = Period()


def case(name: str, *rules: str, call_t: str = "2026-01-31T07:05:00Z", value: float = 2.0) -> Case:
    flags = tuple(Flag(rule, None, value, 1.0, "") for rule in rules)
    return Case(name, call_t, "A", "Town", "U1", flags)


def test_a_case_is_flagged_looked_at_and_closed(tmp_path: Path) -> None:
    with open_queue(tmp_path / "q.sqlite", make=True) as queue:
        assert queue.add([case("K1", "late")], ["late"], "ann", NOW, ALWAYS).new == 1
        queue.assign(1, "bo", "ann", NOW)
        queue.comment(1, "  Icy road ", "bo", NOW + timedelta(minutes=1))
        queue.set_status(1, "closed", "bo", NOW + timedelta(minutes=2), "Nothing to be done")
    with open_queue(tmp_path / "q.sqlite") as queue:
        found = queue.get_case(1)
        assert (found.status, found.assigned, found.rules) == ("closed", "bo", ("late",))
        assert [
            (one.at[11:16], one.who, one.what, one.before, one.after, one.comment) for one in queue.list_events(1)
        ] == [
            ("12:00", "ann", "flagged", "", "new", "late"),
            ("12:00", "ann", "assigned", "", "bo", ""),
            ("12:01", "bo", "comment", "", "", "Icy road"),
            ("12:02", "bo", "status", "new", "closed", "Nothing to be done"),
        ]


def test_running_the_rules_again_changes_nothing_that_people_did(tmp_path: Path) -> None:
    with open_queue(tmp_path / "q.sqlite", make=True) as queue:
        queue.add([case("K1", "late"), case("K2", "late")], ["late"], "ann", NOW, ALWAYS)
        queue.set_status(1, "dismissed", "ann", NOW, "Wrong stamp")
        again = queue.add([case("K1", "late"), case("K2", "late")], ["late"], "ann", NOW, ALWAYS)
        assert (again.new, again.reopened, again.flags, again.gone) == (0, 0, 0, 0)
        assert queue.get_case(1).status == "dismissed"
        assert len(queue.list_events(1)) == 2


def test_a_new_flag_opens_a_case_again_and_a_flag_not_found_is_gone(tmp_path: Path) -> None:
    with open_queue(tmp_path / "q.sqlite", make=True) as queue:
        queue.add([case("K1", "late")], ["late", "misrouted"], "ann", NOW, ALWAYS)
        queue.set_status(1, "closed", "ann", NOW, "ok")
        again = queue.add([case("K1", "misrouted")], ["late", "misrouted"], "ann", NOW, ALWAYS)
        assert (again.reopened, again.gone) == (1, 1)
        found = queue.get_case(1)
        assert (found.status, found.rules) == ("open", ("misrouted",))
        assert [one.gone_at is None for one in queue.list_flags(1)] == [True, False]
        # Found once more: the same flag stands again.
        queue.add([case("K1", "late", "misrouted")], ["late"], "ann", NOW, ALWAYS)
        assert queue.get_case(1).rules == ("late", "misrouted")


def test_only_flags_that_were_looked_for_can_go(tmp_path: Path) -> None:
    with open_queue(tmp_path / "q.sqlite", make=True) as queue:
        old = case("K1", "late", call_t="2025-06-01T00:00:00Z")
        queue.add([old, case("K2", "late"), case("K3", "misrouted")], ["late", "misrouted"], "ann", NOW, ALWAYS)
        assert queue.add([], ["late"], "ann", NOW, Period("2026-01-01T00:00:00Z")).gone == 1
        assert [queue.get_case(number).rules for number in (1, 2, 3)] == [("late",), (), ("misrouted",)]


def test_lists_are_filtered_and_the_gravest_stands_first(tmp_path: Path) -> None:
    with open_queue(tmp_path / "q.sqlite", make=True) as queue:
        cases = [case("K1", "late"), case("K2", "late", value=9.0), case("K3", "misrouted", "late"), case("K4", "late")]
        queue.add(cases, ["late", "misrouted"], "ann", NOW, ALWAYS)
        queue.set_status(4, "waiting", "ann", NOW)
        queue.assign(1, "bo", "ann", NOW)

        def names(**filters: object) -> list[str]:
            return [one.name for one in queue.list_cases(**filters)]  # type: ignore[arg-type]

        assert names() == ["K2", "K3", "K1", "K4"]
        assert names(rule=["misrouted"]) == ["K3"]
        assert names(status=["waiting", "closed"]) == ["K4"]
        assert names(assigned="bo") == ["K1"]
        assert names(assigned="", limit=1) == ["K2"]
        assert names(since="2026-02-01") == []
        assert names(until="2026-02-01", municipality="Town") == ["K2", "K3", "K1", "K4"]
        assert names(municipality="'; DROP TABLE case_; --") == []
        assert queue.counts() == {
            "status": {"new": 3, "open": 0, "waiting": 1, "closed": 0, "dismissed": 0},
            "open_by_rule": {"late": 4, "misrouted": 1},
        }


def test_history_cannot_be_changed_or_deleted_even_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "q.sqlite"
    with open_queue(path, make=True) as queue:
        queue.add([case("K1", "late")], ["late"], "ann", NOW, ALWAYS)
        queue.note_access("ann", "export", 1, NOW)
        assert [tuple(row) for row in queue.list_access()] == [("2026-02-01T12:00:00Z", "ann", "export", 1)]
    connection = sqlite3.connect(path)
    for change in (
        "UPDATE event SET who = 'x'",
        "DELETE FROM event",
        "DELETE FROM access_",
        "UPDATE access_ SET who = 'x'",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="history is never"):
            connection.execute(change)
    connection.close()


def test_only_its_owner_can_read_the_file(tmp_path: Path) -> None:
    with open_queue(tmp_path / "q.sqlite", make=True):
        pass
    assert stat.S_IMODE((tmp_path / "q.sqlite").stat().st_mode) == 0o600


def test_whoever_comes_second_is_told(tmp_path: Path) -> None:
    path = tmp_path / "q.sqlite"
    with open_queue(path, make=True) as one, open_queue(path) as other:
        one.add([case("K1", "late")], ["late"], "ann", NOW, ALWAYS)
        other.set_status(1, "open", "bo", NOW, expected="new")
        with pytest.raises(QueueError, match="is open by now, not new"):
            one.set_status(1, "dismissed", "ann", NOW, "seen", expected="new")
        assert one.get_case(1).status == "open"


def test_wrong_calls_change_nothing(tmp_path: Path) -> None:
    with open_queue(tmp_path / "q.sqlite", make=True) as queue:
        queue.add([case("K1", "late")], ["late"], "ann", NOW, ALWAYS)
        with pytest.raises(OptionError, match="did you mean closed"):
            queue.set_status(1, "close", "ann", NOW, "x")
        with pytest.raises(OptionError, match="without a word"):
            queue.set_status(1, "closed", "ann", NOW, "  ")
        with pytest.raises(OptionError, match="says nothing"):
            queue.comment(1, " ", "ann", NOW)
        for wrong in (lambda: queue.comment(7, "x", "ann", NOW), lambda: queue.get_case(7)):
            with pytest.raises(QueueError, match="no case 7"):
                wrong()
        assert len(queue.list_events(1)) == 1


def test_what_is_no_queue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueueError, match="no review queue yet"), open_queue(tmp_path / "none.sqlite"):
        pass
    (tmp_path / "text").write_text("not a database, but long enough to be looked at" * 9, encoding="utf-8")
    with pytest.raises(QueueError, match="cannot be used"), open_queue(tmp_path / "text"):
        pass
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE meta (name, value)")
    other.commit()
    other.close()
    with pytest.raises(QueueError, match="format none"), open_queue(tmp_path / "other.sqlite"):
        pass


RUNS = st.lists(
    st.tuples(
        st.dictionaries(
            st.sampled_from("abc"), st.sets(st.sampled_from(["late", "misrouted"]), min_size=1), max_size=3
        ),
        st.sampled_from(STATUSES),
        st.integers(1, 3),
    ),
    max_size=6,
)


@settings(max_examples=40)
@given(RUNS)
def test_any_story_leaves_a_history_that_tells_it(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[dict[str, set[str]], str, int]]
) -> None:
    """The last status in the history is the status; what stands is what the last run found."""
    with open_queue(tmp_path_factory.mktemp("q") / "q.sqlite", make=True) as queue:
        for found, status, number in runs:
            cases = [case(name, *sorted(rules)) for name, rules in found.items()]
            queue.add(cases, ["late", "misrouted"], "ann", NOW, ALWAYS)
            known = {one.name: one for one in queue.list_cases()}
            for name, one in known.items():
                assert set(one.rules) == found.get(name, set())
                told = [event.after for event in queue.list_events(one.id) if event.what in {"flagged", "status"}]
                assert told[-1] == one.status
            if number <= len(known):
                queue.set_status(number, status, "bo", NOW, "seen")


def test_cases_keep_their_names_in_a_later_import(tmp_path: Path) -> None:
    slow = {"urgency": "A", "unit": "U1", "alerted_t": 1, "rolling_t": 2, "scene_t": 99, "lat": 59.9, "lon": 10.5}
    rows = [slow | {"call_t": 0}, slow | {"call_t": 0}, slow | {"call_t": 5, "key": "K9"}, slow | {"lat": None}]
    names = []
    for number, some in enumerate((rows, [slow | {"call_t": -500}, *rows])):
        seen = look_at(make_store(tmp_path / str(number), some))
        names.append([one.name for one in cases_of(seen, find_flags(seen, choose_rules(["late"])))])
    first = "call 2026-01-01T12:00:00Z 59.9,10.5"
    assert names[0] == [first, f"{first}#2", "K9"]
    assert names[1][1:] == names[0]


def test_exports_hold_everything_and_no_formula(tmp_path: Path) -> None:
    with open_queue(tmp_path / "q.sqlite", make=True) as queue:
        queue.add([case("=1+1", "late")], ["late"], "ann", NOW, ALWAYS)
        queue.comment(1, "Ærlig talt; «nei»", "ann", NOW)
        tables = review_tables(queue, queue.list_cases())
    for name, table in tables._asdict().items():
        assert [field.name for field in load_fields(f"missions_report/review_{name}")] == table.columns
    for ending in ("xlsx", "csv", "json"):
        write_review(tables, tmp_path / f"out.{ending}")
        assert stat.S_IMODE((tmp_path / f"out.{ending}").stat().st_mode) == 0o600
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert pl.read_csv(tmp_path / "out.csv")["name"].to_list() == ["'=1+1"]
    book = fastexcel.read_excel(tmp_path / "out.xlsx")
    assert book.sheet_names == ["cases", "flags", "history"]
    assert book.load_sheet("cases").to_polars()["name"].to_list() == ["=1+1"]
    document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert document["history"][1]["comment"] == "Ærlig talt; «nei»"
    with pytest.raises(OptionError, match=r"\.xlsx, \.csv, \.json"):
        write_review(tables, tmp_path / "out.doc")
    assert safe_cells(pl.DataFrame({"x": ["+47", "ok", None]}))["x"].to_list() == ["'+47", "ok", None]
