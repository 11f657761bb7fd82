"""Edits must be able to change something: some speak of what a study of another form is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from beredt.model.edits.edit import Edit
from beredt.model.edits.parse import ParsedEdits
from beredt.model.issue import Issue
from beredt.model.reading.alternative import AlternativeReading
from beredt.model.reading.files import SETTINGS_FILE
from beredt.model.reading.toml_file import find_line
from beredt.model.reading.toml_issues import Path, dotted
from beredt.model.reading.uncertain import UncertainReading
from beredt.model.study_form import StudyForm

ROAD_EDITS = ("open_link", "close_link", "set_link_speed")
PATH_EDITS = ("add_pathway", "set_pathway", "close_department", "set_triage", "scale_triage")
STANDBY_EDITS = ("set_planned_task", "set_hospital_places", "set_by_pass")
DRAWN = ("line", "lines")
"""Keys of edits of roads that name what only a map has."""

_WITHOUT_EFFECT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "trace": (
        "the incidents of this study are those of a call trace, with their own durations",
        ("scale_rate", "set_interval", "scale_interval", "set_misrouting", *PATH_EDITS, *STANDBY_EDITS),
    ),
    "graph": ("the driving times of this study are those of a road graph", ("set_speed", "scale_speed", *ROAD_EDITS)),
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
        for number, edit in zip(one.parsed.numbers, one.parsed.edits, strict=True):
            if edit.kind in ROAD_EDITS:
                where = (*one.path, number - 1, "edit")
                message = f"{edit.kind} cannot hold an uncertain number: roads are worked out once, not for every draw"
                remedy = "put the edit into an alternative or a sensitivity"
                yield Issue(
                    SETTINGS_FILE, find_line(settings_text, where), dotted(where), edit.kind, 1, message, remedy
                )


def _of_other_roads(form: StudyForm, edit: Edit) -> str | None:
    """The key of an edit of roads that means nothing on roads of this form."""
    if edit.kind not in ROAD_EDITS:
        return None
    wrong = DRAWN if form.asks("links") else ("from_place", "to_place") if form.asks("map") else ()
    return next((key for key in wrong if key in edit.given()), None)


def _without_effect(form: StudyForm, parsed: ParsedEdits, file: str, text: str, path: Path) -> Iterator[Issue]:
    for number, edit in zip(parsed.numbers, parsed.edits, strict=True):
        for word, (reason, kinds) in _WITHOUT_EFFECT.items():
            if form.asks(word) and edit.kind in kinds:
                where = (*path, number - 1, "edit")
                message = f"{edit.kind} would change nothing: {reason}"
                yield Issue(file, find_line(text, where), dotted(where), edit.kind, 1, message, "remove the edit")
        key = _of_other_roads(form, edit)
        if key is not None:
            where = (*path, number - 1, key)
            message = f"{edit.kind}: the roads of this study have no {key}"
            remedy = "name the road by from_place and to_place" if key in DRAWN else "name the road by line or lines"
            yield Issue(file, find_line(text, where), dotted(where), None, 1, message, remedy)
