"""Any text in any cell: an issue, or exactly the value that was written."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.model.oracle import INVALID, meaning
from tests.model.workshop import (
    TABLE_FILES,
    Workshop,
    assert_only_differs,
    assert_spoilt,
    cells,
    copied,
    csv_bytes,
    errors,
    field_of,
    rows_of,
)

JUNK = (
    "", " ", "x", "Ø", "?", "NaN", "nan", "inf", "-inf", "1e999", "1e15", "-1", "-0.001", "0", "1", "2", "0.5", "1.0",
    "007", "+3", "1,5", "1 000", "1_000", "0x10", "١٢", "1e2", ".5", "5.", "--1", "NULL", "None", "n/a", "true",
    "FALSE", "24:00", "00:00", "8:00", "25:00", "12:60", "mon-sun", "sun-mon", "mon;mon", "mon-", ";", "a;b", "st-east",
    "st-east;st-west", "st-east;", "A", "a", "Z", "0-9", "90+", "2026", "1899", "59.9", "10.6", "999999999", "=1+1",
    "a\tb", "a\u200bb", "a\u2028b", "\ufeff", "-", "_", "-a", "nobody", "all-day", "ambulance", "published", "seamless",
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(JUNK),
    st.sampled_from(sorted({cell for file in TABLE_FILES for row in rows_of(file)[:12] for cell in row})),
    st.floats(allow_nan=True).map(str),
    st.integers(-(10**20), 10**20).map(str),
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=8),
)


@given(cell=cells, text=texts)
@example(cell=("hospital_choice.csv", 2, 2), text="hosp-east")
@example(cell=("age_shares.csv", 3, 3), text="0.5")
@example(cell=("population.csv", 3, 1), text="2026")
@example(cell=("rosters.csv", 2, 3), text="07:00")
@example(cell=("areas.csv", 12, 3), text="")
def test_any_text_in_any_cell(workshop: Workshop, cell: tuple[str, int, int], text: str) -> None:
    file, row, column = cell
    rows = copied(file)
    before, rows[row][column] = rows[row][column], text
    study, issues = workshop.read({file: csv_bytes(rows)})
    field = field_of(file, column)
    value = meaning(field, text)
    if value is INVALID:
        assert_spoilt((study, issues), file, f"{field.name} = {text!r}")
    elif field.name == "share" and abs(value - meaning(field, before)) > 0.0015:
        assert_spoilt((study, issues), file, f"a share of {text!r} in a whole that was complete")
    elif value == meaning(field, before):
        assert study is not None, [issue.text() for issue in issues]
        assert_only_differs(workshop, study, "", None)
    elif study is None:
        assert errors(issues)
    else:
        name = file.removesuffix(".csv")
        expected = [dict(one) for one in workshop.sound[name]]
        expected[row - 1][field.name] = list(value) if isinstance(value, tuple) and name == "water" else value
        if name == "water":
            expected.sort(key=lambda one: (one["line"], one["seq"]))
        assert_only_differs(workshop, study, name, expected)


@pytest.mark.parametrize("text", ["", "?!", "NaN", "-inf", "-17", "1e12", "nobody-in-table"])
def test_every_column_of_every_table(workshop: Workshop, text: str) -> None:
    """The same junk in the n-th column of all tables at once: every table that it spoils is named."""
    for column in range(max(len(rows_of(file)[0]) for file in TABLE_FILES)):
        changes: dict[str, bytes | None] = {}
        spoilt = []
        for file in TABLE_FILES:
            if column < len(rows_of(file)[0]):
                rows = copied(file)
                rows[1][column] = text
                changes[file] = csv_bytes(rows)
                field = field_of(file, column)
                dangling = field.refers_to and text == "nobody-at-all"
                if meaning(field, text) is INVALID or dangling:
                    spoilt.append((file, field.name))
        study, issues = workshop.read(changes)
        told = {(issue.file, issue.field) for issue in errors(issues)}
        assert set(spoilt) <= told, sorted(set(spoilt) - told)
        assert study is None or not spoilt
