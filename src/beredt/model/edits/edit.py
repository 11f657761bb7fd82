"""What all edits have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import ClassVar, NamedTuple

from beredt.model.service import Service

Value = str | int | float | bool | tuple[str, ...] | None


class Objection(NamedTuple):
    """Why an edit does not fit a service: the key at fault, what is wrong, what to do."""

    key: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Edit(ABC):
    """A change of a service. Its attributes are the keys of `fields/edits.csv`; those not given are None."""

    kind: ClassVar[str]
    """Name of the edit in TOML."""

    creates: ClassVar[str | None] = None
    """Table in which the edit's `id` becomes a new row, if it makes one."""

    @abstractmethod
    def apply(self, service: Service) -> Service:
        """The service after this edit. The given one is unchanged.

        Only for edits without objections whose ids are known: `apply_edits` sees to that.
        """

    def objections(self, service: Service) -> Iterator[Objection]:
        """What speaks against this edit on this service, apart from unknown ids, which `apply_edits` looks up."""
        del service
        return iter(())

    def values(self) -> dict[str, Value]:
        """All keys and values in the order of the dictionary, None where nothing was given."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def given(self) -> dict[str, Value]:
        """The keys that were given, with their values."""
        return {key: value for key, value in self.values().items() if value is not None and value != ()}

    def needs_one_of(self, *keys: str) -> Iterator[Objection]:
        """An objection if none of these keys was given."""
        if not self.given().keys() & set(keys):
            listed = ", ".join(keys)
            yield Objection(
                keys[0], f"nothing would change: none of {listed} is given", f"give at least one of {listed}"
            )
