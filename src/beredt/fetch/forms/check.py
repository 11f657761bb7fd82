"""Whether an answer is what its source says: the form itself, and every name that is needed of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from beredt.fetch.forms import json_form, json_stat, pbf, text, vector
from beredt.fetch.forms.differs import DiffersError
from beredt.fetch.source import Form, Source

Names = Callable[[Path, Source], Iterable[str] | None]


def check_form(path: Path, source: Source) -> None:
    """Read what an answer has and compare it with what the source says.

    Raises DiffersError, which says what was found instead.
    """
    has = _names(source.form)(path, source)
    if has is None:
        return
    known = set(has)
    missing = [need for need in source.needs if not known.intersection(need.split("|"))]
    if missing:
        raise DiffersError(
            f"there is no {', no '.join(need.replace('|', ' or ') for need in missing)}; "
            f"there is {', '.join(sorted(known)[:30]) or 'nothing'}"
        )


def _names(form: Form) -> Names:
    checks: dict[Form, Names] = {
        "pbf": pbf.check, "vector": vector.fields, "json-stat2": json_stat.variables,
        "json": json_form.keys, "text": text.columns,
    }  # fmt: skip
    return checks[form]
