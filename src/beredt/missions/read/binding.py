"""Which column of a log holds which field, by a profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from beredt.missions.profile import CALL_YEAR, FIRST_ALERT, ROW_NUMBER, UNIT_NAME, Profile
from beredt.missions.schema import STAMPS
from beredt.model.issue import Issue

SPECIAL = (UNIT_NAME, ROW_NUMBER, CALL_YEAR, FIRST_ALERT)


@dataclass(frozen=True, slots=True)
class Binding:
    """`fields` maps a field to the column of the log that it is read from, or to a special name such as @unit.

    `key` lists the columns that name an incident; `left_out` those of the log that nothing is read from; `absent` the
    fields that the profile knows and the log has no column for.
    """

    fields: Mapping[str, str]
    key: tuple[str, ...]
    left_out: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def read(self) -> tuple[str, ...]:
        """Columns of the log that anything is read from, each once."""
        return tuple(dict.fromkeys(name for name in (*self.fields.values(), *self.key) if name not in SPECIAL))


def bind(columns: Sequence[str], profile: Profile) -> Binding:
    """Find the columns that a profile names. Capital letters, spaces and marks between words do not matter."""
    known = {plain(column): column for column in reversed(columns)}
    wanted: dict[str, tuple[str, ...]] = {name: names for name, names in profile.columns if names}
    fields = {}
    for field, names in wanted.items():
        found = [name if name in SPECIAL else known.get(plain(name)) for name in names]
        first = next((name for name in found if name), None)
        if first is not None:
            fields[field] = first
    key = tuple(
        name if name in SPECIAL else known[plain(name)]
        for name in profile.key.columns
        if name in SPECIAL or plain(name) in known
    )
    used = {*fields.values(), *key}
    left_out = tuple(column for column in columns if column not in used)
    return Binding(fields, key, left_out, tuple(field for field in wanted if field not in fields))


def binding_issues(file: str, binding: Binding, profile: Profile) -> tuple[Issue, ...]:
    """What is wrong with a log's header: an error where no time can be read, warnings where names look alike."""
    issues = []
    if not any(binding.fields.get(name, "") not in {"", FIRST_ALERT} for name in ("date", "gap_s", *STAMPS)):
        names = ", ".join(name for stamp in STAMPS for name in getattr(profile.columns, stamp)[:1])
        issues.append(
            Issue(file, 1, None, ", ".join(binding.left_out[:8]), 1, "no column of the log gives any time",
                  f"the profile {profile.id} looks for {names}: choose another, or name your columns in a copy of it")
        )  # fmt: skip
    for field in binding.absent:
        for name in getattr(profile.columns, field):
            close = get_close_matches(plain(name), [plain(one) for one in binding.left_out], n=1, cutoff=0.85)
            if close:
                column = next(one for one in binding.left_out if plain(one) == close[0])
                issues.append(
                    Issue(file, 1, field, column, 1, f"there is no column {name}, but {column} is not read",
                          f"if it is the same, name it in [columns] of the profile: {field} = {column!r}",
                          severity="warning")
                )  # fmt: skip
                break
    return tuple(issues)


def plain(name: str) -> str:
    """A name of a column without what people write differently: capitals, spaces, underscores, marks."""
    return "".join(char for char in name.casefold() if char.isalnum()) or name
