"""How a screen is to write a figure."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from beredt.report.form import Form
from beredt.web.words import LocalText

Entry = dict[str, Any]
"""An edit exactly as a file of an alternative has it."""


class FormOut(BaseModel):
    """A way to write an amount: multiplied by `factor`, with `digits` decimals and the marks of `unit`."""

    unit: str
    factor: float
    digits: int


class Plan(BaseModel):
    """Something that can be made an alternative: `edits` to be added to those of what was asked about, and what edits
    cannot say of it (empty for nothing).
    """

    edits: list[Entry]
    unsaid: list[LocalText] = []


def form_out(form: Form) -> FormOut:
    """A form of the report as the screen is told of it."""
    return FormOut(unit=form.unit, factor=form.factor, digits=form.digits)
