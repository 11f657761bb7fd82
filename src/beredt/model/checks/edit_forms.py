"""Edits must be able to change something: some speak of what a study of another form is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from beredt.model.edits.parse import ParsedEdits
from beredt.model.issue import Issue
from beredt.model.reading.alternative import AlternativeReading
from beredt.model.reading.files import SETTINGS_FILE
from beredt.model.reading.toml_file import find_line
from beredt.model.reading.toml_issues import Path, dotted
from beredt.model.reading.uncertain import UncertainReading
from beredt.model.study_form import StudyForm

_WITHOUT_EFFECT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "trace": (
        "the incidents of this study are those of a call trace, with their own durations",
        ("scale_rate", "set_interval", "scale_interval", "set_misrouting"),
    ),
    "graph": ("the driving times of this study are those of a road graph", ("set_speed", "scale_speed")),
}
"""By the word of a study's form: why, and which kinds of edit would change nothing."""


def check_edit_forms(
    form: StudyForm,
    readings: Sequence[AlternativeReading],
    sensitivities: Sequence[ParsedEdits],
    uncertain: Sequence[UncertainReading],
    settings_text: str,
) -> Iterator[Issue]:
    """Edits without effect in a study of this form: in alternatives, sensitivities, and those of uncertain numbers."""
    for reading in readings:
        yield from _without_effect(form, reading.edits, reading.file, reading.text, ("edits",))
    for number, parsed in enumerate(sensitivities):
        path: Path = ("sensitivities", number, "edits")
        yield from _without_effect(form, parsed, SETTINGS_FILE, settings_text, path)
    for one in uncertain:
        yield from _without_effect(form, one.parsed, SETTINGS_FILE, settings_text, one.path)


def _without_effect(form: StudyForm, parsed: ParsedEdits, file: str, text: str, path: Path) -> Iterator[Issue]:
    for number, edit in zip(parsed.numbers, parsed.edits, strict=True):
        for word, (reason, kinds) in _WITHOUT_EFFECT.items():
            if form.asks(word) and edit.kind in kinds:
                where = (*path, number - 1, "edit")
                message = f"{edit.kind} would change nothing: {reason}"
                yield Issue(file, find_line(text, where), dotted(where), edit.kind, 1, message, "remove the edit")
