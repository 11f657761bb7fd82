"""Rows and columns left out, doubled, torn, swapped and renamed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.model.oracle import meaning, snapshot
from tests.model.workshop import (
    SOME,
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

WHOLE_FILES = {
    "age_rates.csv", "age_shares.csv", "border_rules.csv", "hospital_choice.csv", "intervals.csv", "needs.csv",
    "population.csv", "profile.csv", "rates.csv", "speeds.csv",
}  # fmt: skip
"""Tables in which every combination must be there, so that no row may go."""

SPARE_ROWS = {
    *(row for row in rows_of("population.csv") if row[1] != "2026"),
    *(row for row in rows_of("intervals.csv") if row[0] == "second_on_scene" and row[1] != "A"),
}
"""Other years than the study's, and second units where none are asked for."""

rows = st.sampled_from(TABLE_FILES).flatmap(
    lambda file: st.tuples(st.just(file), st.integers(1, len(rows_of(file)) - 1))
)


@given(row=rows)
@example(row=("needs.csv", 1))
@example(row=("speeds.csv", 5))
@example(row=("border_rules.csv", 6))
def test_a_row_less(workshop: Workshop, row: tuple[str, int]) -> None:
    file, number = row
    kept = copied(file)
    del kept[number]
    study, issues = workshop.read({file: csv_bytes(kept)})
    if file in WHOLE_FILES and rows_of(file)[number] not in SPARE_ROWS:
        assert_spoilt((study, issues), file, f"no row {number}")
    elif study is None:
        assert errors(issues)
    else:
        name = file.removesuffix(".csv")
        expected = [one for n, one in enumerate(workshop.sound[name]) if n != number - 1]
        found = snapshot(study)
        assert found[name] == expected
        rest = {part: value for part, value in found.items() if part not in {name, "need_factor"}}
        assert rest == {part: workshop.sound[part] for part in rest}


@SOME
@given(row=rows)
def test_a_row_twice(workshop: Workshop, row: tuple[str, int]) -> None:
    file, number = row
    twice = copied(file)
    twice.append(list(twice[number]))
    assert_spoilt(workshop.read({file: csv_bytes(twice)}), file, f"row {number} twice")


@SOME
@given(row=rows, change=st.sampled_from(["shorter", "longer"]))
def test_a_torn_row(workshop: Workshop, row: tuple[str, int], change: str) -> None:
    file, number = row
    torn = copied(file)
    torn[number] = torn[number][:-1] if change == "shorter" else [*torn[number], "1"]
    assert_spoilt(workshop.read({file: csv_bytes(torn)}), file, f"row {number} {change}")


PLACED = [file for file in TABLE_FILES if "lat" in rows_of(file)[0]]


@pytest.mark.parametrize("file", PLACED)
def test_swapped_places(workshop: Workshop, file: str) -> None:
    swapped = copied(file)
    lat, lon = swapped[0].index("lat"), swapped[0].index("lon")
    swapped[1][lat], swapped[1][lon] = swapped[1][lon], swapped[1][lat]
    answer = workshop.read({file: csv_bytes(swapped)})
    assert_spoilt(answer, file, "lat and lon swapped")
    assert any(issue.message == "lat and lon are swapped" for issue in answer[1])


@pytest.mark.parametrize("name", ["zzz", "LAT", "id "])
def test_renamed_columns(workshop: Workshop, name: str) -> None:
    """The n-th column of all tables renamed at once; an unknown name and a missing column are told for each."""
    for column in range(max(len(rows_of(file)[0]) for file in TABLE_FILES)):
        changes: dict[str, bytes | None] = {}
        for file in TABLE_FILES:
            if column < len(rows_of(file)[0]) and rows_of(file)[0][column] != name.strip():
                renamed = copied(file)
                renamed[0][column] = name
                changes[file] = csv_bytes(renamed)
        _, issues = workshop.read(changes)
        assert set(changes) <= {issue.file for issue in errors(issues)}


@SOME
@given(cell=cells)
def test_a_column_less(workshop: Workshop, cell: tuple[str, int, int]) -> None:
    file, _, column = cell
    field = field_of(file, column)
    less = [row[:column] + row[column + 1 :] for row in copied(file)]
    study, issues = workshop.read({file: csv_bytes(less)})
    if field.required:
        assert_spoilt((study, issues), file, f"no column {field.name}")
    elif study is not None:
        name = file.removesuffix(".csv")
        expected = [{**one, field.name: meaning(field, "")} for one in workshop.sound[name]]
        assert_only_differs(workshop, study, name, expected)


@SOME
@given(file=st.sampled_from(TABLE_FILES), data=st.data())
def test_columns_in_another_order(workshop: Workshop, file: str, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(rows_of(file)[0]))))
    study, issues = workshop.read({file: csv_bytes([[row[n] for n in order] for row in copied(file)])})
    assert study is not None, [issue.text() for issue in issues]
    assert_only_differs(workshop, study, "", None)
