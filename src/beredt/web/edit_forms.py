"""The field dictionary of edits as the screen's forms need it, in every language."""

from __future__ import annotations

from typing import Any

from beredt.model.dictionary import load_edits
from beredt.model.field import Field
from beredt.report.words import NEAREST, list_languages, load_words
from beredt.web.routes.edit_answers import Choice, EditField, EditForm, Reference
from beredt.web.words import LocalText, in_all_languages

GROUPS: dict[str, tuple[str, ...]] = {
    "stations": ("open_station", "move_station", "close_station", "transfer_station"),
    "units": ("add_unit", "move_unit", "remove_unit", "reroster_unit", "set_roster_hours", "add_roster"),
    "standby": ("open_standby_point", "move_standby_point", "close_standby_point", "set_relocation"),
    "borders": ("assign_areas", "set_border_policy", "set_misrouting"),
    "dispatch": (
        "set_dispatch",
        "set_reserve",
        "set_cutoff",
        "set_unit_price",
        "set_ask",
        "set_unit_kind",
        "set_crisis",
        "open_landing_point",
    ),
    "tasks": ("set_planned_task",),
    "pathways": (
        "add_pathway",
        "set_pathway",
        "close_department",
        "open_hospital",
        "move_hospital",
        "set_hospital_places",
        "set_by_pass",
        "set_triage",
        "scale_triage",
    ),
    "roads": ("open_link", "close_link", "set_link_speed"),
    "assumptions": ("scale_rate", "set_interval", "scale_interval", "set_speed", "scale_speed"),
}
"""Kinds of edits as a menu shows them; a test sees to it that every kind is in one group."""


def edit_forms() -> list[EditForm]:
    """A form for every kind of edit, group by group."""
    dictionary = load_edits()
    return [
        EditForm(
            kind=kind,
            group=group,
            title=in_all_languages(f"studio.server.edit.{kind}"),
            fields=[_field(key, field) for key, field in dictionary[kind].items()],
        )
        for group, kinds in GROUPS.items()
        for kind in kinds
    ]


def _field(key: str, field: Field) -> EditField:
    low, high = field.bounds()
    description = dict(field.description)
    return EditField(
        key=key,
        type=field.base_type,
        unit=field.unit,
        minimum=low,
        maximum=high,
        default=_default(field),
        required=field.required,
        names_new=field.key,
        refers_to=[Reference(table=table, column=column) for table, column in field.refers_to],
        any=field.base_type == "any_id",
        choices=[Choice(value=value, name=_choice(key, value)) for value in field.choices],
        name=in_all_languages(f"studio.server.key.{key}"),
        description={language: _in(language, description) for language in list_languages()},
    )


def _default(field: Field) -> Any:
    """A default as JSON has it."""
    if field.default is None:
        return None
    if field.base_type == "int":
        return int(field.default)
    return float(field.default) if field.base_type == "float" else field.default


def _choice(key: str, value: str) -> LocalText:
    """The word for a choice; `*` has one that fits its key."""
    if value == "*":
        words = load_words("en")
        every = f"edit.every.{key}"
        return in_all_languages(every if words.has(every) else "edit.every.other")
    return in_all_languages(f"edit.value.{value}")


def _in(language: str, texts: dict[str, str]) -> str:
    near = (language, *NEAREST.get(language, ()), "en")
    return next(texts[one] for one in near if one in texts)
