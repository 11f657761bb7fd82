"""The form of a study, told from `study.toml` before anything else is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any, TypeVar, cast, get_args

from beredt.model.study_form import DemandSource, RoadForm, StudyForm

Word = TypeVar("Word", bound=str)


def find_form(content: bytes | None) -> StudyForm:
    """The form that `study.toml` names, as far as it can be told; its faults are told where it is parsed.

    A file that is no TOML is searched by sight, so that a slip of the pen does not make tables look missing.
    """
    text = (content or b"").decode("utf-8-sig", errors="replace")
    try:
        document = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        return StudyForm(
            _seen(text, "form", get_args(RoadForm), "links"), _seen(text, "source", get_args(DemandSource), "rates")
        )
    return StudyForm(
        _given(document, "roads", "form", get_args(RoadForm), "links"),
        _given(document, "demand", "source", get_args(DemandSource), "rates"),
    )


def _given(document: dict[str, Any], section: str, key: str, words: Sequence[Word], default: Word) -> Word:
    keys = document.get(section)
    word = keys.get(key) if isinstance(keys, dict) else None
    return cast("Word", word) if isinstance(word, str) and word in words else default


def _seen(text: str, key: str, words: Sequence[Word], default: Word) -> Word:
    found = [word for word in words if re.search(rf'(?m)^\s*{key}\s*=\s*"{word}"', text)]
    return found[0] if found else default
