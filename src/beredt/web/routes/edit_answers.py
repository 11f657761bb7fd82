"""What a form for an edit is made from."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from beredt.web.words import LocalText


class Reference(BaseModel):
    """A column that must hold the value: `stations.id` lists what may be chosen."""

    table: str
    column: str


class Choice(BaseModel):
    """A value that may be chosen, and its name."""

    value: str
    name: LocalText


class EditField(BaseModel):
    """One key of an edit.

    `type` is one of id, any_id, ids, text, texts, int, float, choice, clock or weekdays. Limits are inclusive; of a
    clock they are seconds after midnight. `names_new` marks the id of something that the edit makes. `any` allows
    `*` for all.
    """

    key: str
    type: str
    unit: str
    minimum: float | None
    maximum: float | None
    default: Any
    required: bool
    names_new: bool
    refers_to: list[Reference]
    any: bool
    choices: list[Choice]
    name: LocalText
    description: LocalText


class EditForm(BaseModel):
    """One kind of edit; `group` is stations, units, standby, borders, dispatch, roads or assumptions."""

    kind: str
    group: str
    title: LocalText
    fields: list[EditField]


class EditForms(BaseModel):
    """All kinds of edits, in the order of a menu."""

    edits: list[EditForm]
