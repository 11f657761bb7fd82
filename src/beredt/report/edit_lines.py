"""Edits as lines that a person can read, one line per edit."""

from __future__ import annotations

from beredt.model.dictionary import load_edits
from beredt.model.edits.edit import Edit, Value
from beredt.model.field import clock_seconds
from beredt.model.reading.shift_text import parse_shift
from beredt.model.roster_row import RosterRow
from beredt.report import form
from beredt.report.form import Form
from beredt.report.names import Names
from beredt.report.number_format import NumberFormat
from beredt.report.roster_text import row_text
from beredt.report.words import Words

EVERY = "*"
YEAR = "year"
PER_DAY = "per_day"
NOTHING_FOLLOWS = ": "
"""What ends a line whose changes are all as they would be without it."""

_PLACES = ("municipalities", "districts", "rate_regions", "areas")
_FORMS = {
    "s": form.SECONDS,
    "min": form.WHOLE_MINUTES,
    "km": Form("km", 1.0, 1),
    "share": form.PERCENT,
    "ratio": form.RATIO,
    "degrees": Form("count", 1.0, 4),
    "units": form.COUNT,
    "moves": form.COUNT,
    "km/h": Form("kmh"),
}


def edit_line(edit: Edit, words: Words, numbers: NumberFormat, names: Names) -> str:
    """One line that says what an edit does, with the names of what it touches and the units of what it sets.

    The texts are `edit.<kind>`, with the edit's keys as placeholders; `{where}` lists the places it names, and
    `{changes}` the optional keys that were given and are not named in the text, each with its name.
    """
    text = f"edit.{edit.kind}"
    fields = load_edits()[edit.kind]
    given = edit.given()
    written = {key: _written(edit, key, given.get(key), words, numbers, names) for key in fields}
    named = {*_PLACES, "basis", *words.placeholders(text)}
    optional = [key for key in given if not fields[key].required and key not in named and _differs(edit, key)]
    said = [words("edit.change", name=words(f"edit.key.{key}"), value=written[key]) for key in optional]
    changes = words.listed(said) if said else ""
    places = [written[key] for key in _PLACES if given.get(key)]
    where = words.listed(places) if places else words("edit.everywhere")
    line = words(text, **{**written, "changes": changes, "where": where}).removesuffix(NOTHING_FOLLOWS)
    unsaid = changes and "changes" not in named
    return words("edit.also", line=line, changes=changes) if unsaid else line


def _differs(edit: Edit, key: str) -> bool:
    """Whether an optional key was given another value than it would have otherwise."""
    value, default = edit.given()[key], load_edits()[edit.kind][key].default
    if isinstance(value, int | float) and not isinstance(value, bool) and default is not None:
        return float(value) != float(default)
    return str(value) != default


def _written(edit: Edit, key: str, value: Value, words: Words, numbers: NumberFormat, names: Names) -> str:
    """One value of an edit: a name, an amount with its unit, or the word for a choice; else the default."""
    field = load_edits()[edit.kind][key]
    if value is None and field.base_type in ("int", "float") and field.default is not None:
        value = float(field.default)
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return words.listed(_written(edit, key, one, words, numbers, names) for one in value)
    if isinstance(value, str) and field.base_type == "shifts":
        return row_text(RosterRow("", *parse_shift(value)), words, numbers)
    if isinstance(value, str) and field.base_type == "clock":
        return numbers.clock(clock_seconds(value))
    if isinstance(value, str):
        if value == EVERY:
            return words(f"edit.every.{key}" if words.has(f"edit.every.{key}") else "edit.every.other")
        if words.has(f"edit.value.{value}"):
            return words(f"edit.value.{value}")
        return names.get(field.refers_to[0][0], value) if field.refers_to else value
    whole = field.base_type == "int" or (key == PER_DAY and float(value).is_integer())
    amount = _FORMS.get(field.unit, form.COUNT if whole else form.RATIO)
    return numbers.label(int(value)) if field.unit == YEAR else numbers.text(float(value), amount)
