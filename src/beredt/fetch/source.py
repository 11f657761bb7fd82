"""A public source: where it is asked, in which form it answers, and under which licence."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from beredt.model.settings_base import FromList, Section, Slug, Text

Way = Literal["file", "table", "municipality", "order"]
"""How a source is asked: one request; a PxWeb table; once per municipality; an order that is made first."""

Form = Literal["pbf", "vector", "json-stat2", "json", "text"]
"""What an answer is: OpenStreetMap's PBF; features with fields, also inside a zip; tables; JSON; lines of columns."""

FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][A-Za-z0-9_.{}/-]*$", max_length=120)]
Needs = Annotated[tuple[Text, ...], FromList]


class Source(Section):
    """One source. `{municipality}`, `{year}` and `{part}` in address, body, and name stand for what the call says.

    `needs` are names that an answer has to hold: fields of features, variables of a table, dotted keys of JSON, columns
    of text. `a|b` asks for one of the two. `pause_s` is waited between two requests. `next` and `items` are the dotted
    keys of the address of the next page and of what a page holds, for answers that come page by page. A table whose
    number changes is looked for by its title: `{table}` in the address is then the newest that `find_url` lists.
    `checksum` is the address of a file that begins with the MD5 sum. `key` names a secret that the call gives,
    `key_header` the header in which it is sent.
    """

    id: Slug
    title: Text
    way: Way = "file"
    url: Text
    file: FileName
    form: Form
    needs: Needs = ()
    licence: Text
    attribution: Text
    about: Text
    body: dict[str, Any] | str | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    checksum: Text | None = None
    find_url: Text | None = None
    find_title: Text | None = None
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ","
    encoding: Text = "utf-8"
    next: Text | None = None
    items: Text | None = None
    pause_s: Annotated[float, Field(ge=0, le=60)] = 0.0
    key: Slug | None = None
    key_header: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.key is None) != (self.key_header is None):
            raise ValueError("has a key or a key_header, and needs both or neither")
        if (self.find_url is None) != (self.find_title is None):
            raise ValueError("has find_url or find_title, and needs both or neither")
        if self.next is not None and self.items is None:
            raise ValueError("is read page by page and does not say under which key `items` a page holds what it holds")
        if self.way == "municipality" and "{municipality}" not in self.file:
            raise ValueError("is asked once per municipality, so its file needs {municipality} in the name")
        return self


class SourceTable(Section):
    """A file of sources: the sources, and collections of them by name."""

    sources: Annotated[tuple[Source, ...], FromList] = ()
    collections: dict[Slug, Annotated[tuple[Slug, ...], FromList]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _once(self) -> Self:
        ids = [source.id for source in self.sources]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"names {', '.join(twice)} twice; give each source an id of its own")
        return self
