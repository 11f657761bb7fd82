"""An edit in plain words, in the language of the templates that are handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from beredt.model.dictionary import load_edits
from beredt.model.edits.edit import Edit
from beredt.model.service import Service


def describe_edit(
    edit: Edit,
    templates: Mapping[str, str],
    service: Service,
    *,
    number: Callable[[float], str] = "{:g}".format,
) -> str:
    """One line that says what an edit does.

    `templates` maps `edit.<kind>` to a line with the edit's keys in braces, and `{changes}` for the optional keys
    that were given, such as `margin 120 s, asking 90 s`; `edit.key.<key>` to a key's name there; `edit.value.<value>`
    to a choice in words (`*` included). What has no template of its own is written as it stands. Ids become names
    as `service` has them, best the service that the edit is laid on or the one it leaves. `number` writes numbers.

    Raises KeyError if there is no template for the edit's kind or it names a key that the edit does not have.
    """
    fields = load_edits()[edit.kind]
    words: dict[str, str] = {}
    for key, value in edit.values().items():
        table = fields[key].refers_to[0][0] if fields[key].refers_to else None
        parts = value if isinstance(value, tuple) else () if value is None else (value,)
        words[key] = ", ".join(_word(part, table, templates, service, number) for part in parts)
    optional = [key for key in edit.given() if not fields[key].required]
    changes = ", ".join(f"{templates.get(f'edit.key.{key}', key)} {words[key]}" for key in optional)
    return templates[f"edit.{edit.kind}"].format_map({**words, "changes": changes})


def _word(
    value: str | float | bool,
    table: str | None,
    templates: Mapping[str, str],
    service: Service,
    number: Callable[[float], str],
) -> str:
    if not isinstance(value, str):
        return number(value)
    if table is not None:
        for row in getattr(service, table):
            if getattr(row, "id", None) == value:
                return str(getattr(row, "name", value))
    return templates.get(f"edit.value.{value}", value)
