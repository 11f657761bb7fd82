"""Numbers and booleans of a Parquet file mean what they would mean as text."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from beredt.model.field import Field
from beredt.model.reading.cells import Fault, parse_cells
from beredt.model.reading.native_cells import as_text, is_native

FLOATS = st.none() | st.floats() | st.floats(-10, 10)
INTS = st.none() | st.integers(-(2**62), 2**62) | st.integers(-10, 10)
BOOLS = st.none() | st.booleans()


def field(kind: str, required: bool, default: str | None, limits: tuple[str | None, str | None]) -> Field:
    return Field("x", kind, "", *limits, None if required else default, required, False, (), {"en": "X.", "nb": "X."})


def judged(one: Field, cells: pl.DataFrame) -> tuple[list[object], list[Fault]]:
    frame, faults = parse_cells([one], cells)
    return frame["x"].to_list(), faults


@given(data=st.data(), required=st.booleans())
def test_numbers_are_judged_as_their_text_is(data: st.DataObject, required: bool) -> None:
    kind, values, dtype = data.draw(
        st.sampled_from(
            [("float", FLOATS, pl.Float64), ("float", INTS, pl.Int64), ("int", INTS, pl.Int64),
             ("int", st.none() | st.integers(0, 255), pl.UInt8), ("bool", BOOLS, pl.Boolean)]
        )
    )  # fmt: skip
    limits = data.draw(st.sampled_from([(None, None), ("0", None), ("-5", "5")])) if kind != "bool" else (None, None)
    one = field(kind, required, data.draw(st.sampled_from([None, "1"])), limits)
    cells = pl.DataFrame({"x": pl.Series(data.draw(st.lists(values, min_size=1, max_size=8)), dtype=dtype)})
    assert is_native(one, cells)
    text = cells.select(as_text("x", cells.schema["x"]))
    assert judged(one, cells) == judged(one, text)


def test_types_that_are_not_the_field_s_own_go_by_their_text() -> None:
    whole = field("int", True, None, (None, None))
    assert not is_native(whole, pl.DataFrame({"x": [1.0]}))
    assert not is_native(
        field("float", True, None, (None, None)), pl.DataFrame({"x": pl.Series([0.1], dtype=pl.Float32)})
    )
    assert not is_native(field("bool", True, None, (None, None)), pl.DataFrame({"x": [1]}))
    assert not is_native(field("id", True, None, (None, None)), pl.DataFrame({"x": [1]}))
    assert judged(whole, pl.DataFrame({"x": ["1.0"]})) == ([1], [])
