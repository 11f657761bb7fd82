"""The closed language: what it means, what it refuses, and a slow twin that reads row by row."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import ExpressionError
from beredt.indicators.catalogue.expression.compile import compile_condition, compile_duration, names_in
from beredt.indicators.catalogue.expression.names import Value, names_of
from beredt.indicators.catalogue.expression.parse import parse
from beredt.indicators.catalogue.expression.syntax import Both, Compare, Known, Name, Node, Not, Number, OneOf, Text

NAMES = {
    "n": Value("number", pl.col("n")),
    "word": Value("text", pl.when(pl.col("word") != "").then(pl.col("word"))),
    "on": Value("truth", pl.col("on")),
    "wait": Value("duration", pl.col("wait")),
    "begin": Value("time", pl.col("begin")),
    "end": Value("time", pl.col("end")),
}
ROWS = pl.DataFrame(
    {
        "n": [1, 2, None],
        "word": ["A", "H", ""],
        "on": [True, False, None],
        "wait": [719.0, 721.0, None],
        "begin": [0, 0, 0],
        "end": [90_000, None, 60_000],
        "marks": [1 << 48, 0, 1 << 8],
    },
    schema_overrides={
        "begin": pl.Datetime("ms", "UTC"),
        "end": pl.Datetime("ms", "UTC"),
        "marks": pl.UInt64,
        "word": pl.Categorical,
    },
)


def truths(text: str) -> list[bool | None]:
    return ROWS.select(compile_condition(text, NAMES).alias("x")).to_series().to_list()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n == 1", [True, False, None]),
        ("n + 1 >= 3", [False, True, None]),
        ("wait <= 12 min", [True, False, None]),
        ("wait - 1 min <= 660 s", [True, False, None]),
        ("wait < 0.2 h", [True, False, None]),
        ('word in ["A", "V"]', [True, False, None]),
        ('word not in ["A", "V"]', [False, True, None]),
        ("n in [2, 3]", [False, True, None]),
        ("word is known", [True, True, False]),
        ("wait is not known", [False, False, True]),
        ("on or n == 2", [True, True, None]),
        ("on or wait is not known", [True, False, True]),
        ("not on", [False, True, None]),
        ("not (on and n == 1)", [False, True, None]),
        ("n == 1 or n == 2 and false", [True, False, None]),
        ("end - begin > 1 min", [True, None, False]),
        ('impossible("call_t")', [True, False, False]),
        ('marked("stamp_order", "midnight")', [False, False, True]),
        ("word == 'A'", [True, False, None]),
    ],
)
def test_what_expressions_mean(text: str, expected: list[bool | None]) -> None:
    found = truths(text)
    assert (found * len(expected))[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a value is missing"),
        ("n = 1", "write == to compare"),
        ("n == 1 &", "write and"),
        ("nn == 1", "did you mean n"),
        ("n == 1 2", "join parts with and, or"),
        ("n == 'A'", "a number is compared with a text"),
        ("word < 'B'", "neither more nor less"),
        ("wait < 12", "a duration is compared with a number"),
        ("n", "this is a number, where a truth belongs"),
        ("not n", "where a truth belongs"),
        ("on + on == 1", "a truth is added to a truth"),
        ("begin + end == 1 s", "a time is added to a time"),
        ("word in [n]", "texts or numbers only"),
        ("word in [1]", "a text is compared with a number"),
        ("word in []", "texts or numbers only"),
        ("word is missing", "'known' is missing"),
        ("(n == 1", "close the parenthesis"),
        ('"open', "has no end"),
        ('markde("midnight")', "did you mean marked"),
        ('marked("midnigth")', "midnight"),
        ('impossible("scene")', "did you mean scene_t"),
        ("marked(n)", "names in quotation marks"),
        ("__import__('os')", "there is no function"),
        ("(" * 60 + "on" + ")" * 60, "too deep"),
        ("not " * 60 + "on", "too many times"),
    ],
)
def test_what_means_nothing_is_refused_with_a_remedy(text: str, said: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_condition(text, NAMES)
    assert said in str(caught.value)
    assert 0 <= caught.value.at <= len(text)
    assert caught.value.remedy


def test_durations() -> None:
    assert ROWS.select(compile_duration("wait + 1 min", NAMES)).to_series().to_list() == [779.0, 781.0, None]
    with pytest.raises(ExpressionError, match="a number, where a duration belongs"):
        compile_duration("n", NAMES)


def test_names_are_found_wherever_they_stand() -> None:
    text = "not (n in [1] or word is known) and wait - 1 min < wait and on"
    assert names_in(text) == {"n", "word", "wait", "on"}


def test_no_name_tells_who_somebody_is() -> None:
    for counting in ("incident", "mission"):
        names = names_of(counting, "Europe/Oslo")
        assert not {"key", "patient", "comment", "row_id"} & names.keys()
        assert {"hour", "weekday", "response", "urgency"} <= names.keys()


def conditions() -> st.SearchStrategy[str]:
    numbers = st.integers(0, 3).map(str)
    signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    leaves = st.one_of(
        st.builds("n {} {}".format, signs, numbers),
        st.sampled_from(
            ['word == "A"', 'word != "A"', "word is known", "n is not known", 'word in ["A", "H"]', "n in [1]"]
        ),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds("not ({})".format, inner),
            st.builds("({}) and {}".format, inner, inner),
            st.builds("({}) or ({})".format, inner, inner),
        ),
        max_leaves=6,
    )


def slow(node: Node, row: dict[str, Any]) -> Any:
    """Read one row as three-valued logic has it: None is not known."""
    match node:
        case Name():
            return None if row[node.name] == "" else row[node.name]
        case Number() | Text():
            return node.value
        case Not():
            inner = slow(node.of, row)
            return None if inner is None else not inner
        case Known():
            return slow(node.of, row) is not None
        case Both():
            both = (slow(node.left, row), slow(node.right, row))
            decides = node.word == "or"
            return decides if decides in both else None if None in both else not decides
        case OneOf():
            value = slow(node.of, row)
            return None if value is None else value in [one.value for one in node.values]
        case Compare():
            a, b = slow(node.left, row), slow(node.right, row)
            if a is None or b is None:
                return None
            return {"==": a == b, "!=": a != b}[node.sign] if isinstance(a, str) else _compare(node.sign, a, b)
    raise AssertionError(node)


def _compare(sign: str, a: float, b: float) -> bool:
    return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


@given(conditions(), st.one_of(st.none(), st.integers(0, 3)), st.sampled_from(["", "A", "H"]))
def test_conditions_agree_with_a_slow_twin(text: str, n: int | None, word: str) -> None:
    row = {"n": n, "word": word}
    frame = pl.DataFrame([row], schema={"n": pl.Int64, "word": pl.Categorical})
    assert frame.select(compile_condition(text, NAMES)).item() == slow(parse(text), row)
