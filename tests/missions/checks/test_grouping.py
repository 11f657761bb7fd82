"""Which rows are one incident."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from beredt.missions.clean import Cleaned
from beredt.missions.cleaning_context import CleaningContext
from tests.missions.plain_rows import CALL, REGION, X, Y, cleaned, marked, mission


def incidents(done: Cleaned) -> list[int]:
    return done.missions.sort("row_id")["incident"].to_list()


def test_rows_with_one_key_are_one_incident_whatever_else_they_say() -> None:
    done = cleaned(mission(key="7"), mission(key="8"), mission(key="7", unit="bil-2", call_t="12:01", x=X + 500))
    assert incidents(done) == [0, 1, 0]
    assert marked(done, "grouped") == []


def test_rows_without_a_key_are_one_incident_by_time_place_and_urgency() -> None:
    done = cleaned(
        mission(unit="bil-1"),
        mission(unit="bil-2", x=X + 3),
        mission(unit="bil-3", x=X + 300),
        mission(unit="bil-4", urgency="H"),
        mission(unit="bil-5", call_t="12:00:01", created_t=None),
    )
    assert incidents(done) == [0, 0, 2, 3, 4]
    assert marked(done, "grouped") == [0, 1]


def test_a_row_with_a_key_never_joins_one_without() -> None:
    assert incidents(cleaned(mission(key="7"), mission(unit="bil-2"), mission(unit="bil-3"))) == [0, 1, 1]


def test_unknown_places_are_alike_and_unlike_all_others() -> None:
    nowhere: dict[str, Any] = {"x": None, "y": None}
    assert incidents(cleaned(mission(**nowhere), mission(), mission(unit="bil-2", **nowhere))) == [0, 1, 0]


def test_a_mended_position_is_where_its_incident_is() -> None:
    assert incidents(cleaned(mission(), mission(unit="bil-2", x=Y, y=X))) == [0, 0]


def test_the_urgency_at_the_call_counts() -> None:
    assert incidents(cleaned(mission(), mission(unit="bil-2", urgency="H", urgency_first="A"))) == [0, 0]


def test_without_a_time_of_call_nothing_is_known_to_be_one_incident() -> None:
    assert incidents(cleaned(mission(call_t=None), mission(call_t=None, unit="bil-2"))) == [0, 1]


def test_switched_off_every_row_without_a_key_is_an_incident() -> None:
    context = CleaningContext(region=REGION, without=frozenset({"grouped"}))
    rows = mission(), mission(unit="bil-2"), mission(key="1"), mission(key="1", unit="bil-2")
    assert incidents(cleaned(*rows, context=context)) == [0, 1, 2, 2]


def test_a_key_that_is_used_again_next_year_is_said() -> None:
    done = cleaned(mission(key="1"), mission(datetime(2027, 3, 10), key="1"), mission(key="2"))
    assert incidents(done) == [0, 0, 2]
    assert marked(done, "key_conflict") == [0, 1]


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "key": st.sampled_from(["", "", "a", "b"]),
            "second": st.sampled_from([None, 0, 1]),
            "place": st.sampled_from([None, 0, 4, 1000]),
            "urgency": st.sampled_from(["A", "H"]),
        }
    ),
    min_size=1,
    max_size=12,
)


@given(ROWS)
def test_incidents_are_those_of_a_slow_twin(drawn: list[dict[str, Any]]) -> None:
    rows = []
    for number, row in enumerate(drawn):
        call = None if row["second"] is None else CALL + timedelta(seconds=row["second"])
        place = {"x": None, "y": None} if row["place"] is None else {"x": X + row["place"], "y": Y}
        rows.append(mission(unit=f"bil-{number}", call_t=call, key=row["key"], urgency=row["urgency"], **place))
    alike = {0: 0, 4: 0}  # metres that are one place
    expected: list[int] = []
    for number, row in enumerate(drawn):
        same = [
            other
            for other in range(number)
            if drawn[other]["key"] == row["key"]
            and (
                row["key"]
                or (
                    drawn[other]["second"] == row["second"] is not None
                    and drawn[other]["urgency"] == row["urgency"]
                    and alike.get(drawn[other]["place"], drawn[other]["place"]) == alike.get(row["place"], row["place"])
                )
            )
        ]
        expected.append(min(same, default=number))
    assert incidents(cleaned(*rows)) == expected
