"""What a call asks of the sources: which municipalities, which year, which part of the country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from beredt.errors import OptionError


@dataclass(frozen=True, slots=True)
class Asked:
    """Municipalities by their four-digit numbers, none for the whole country; the year of people and maps; the part of
    the country whose roads are wanted, as the extracts are called; secrets by name.
    """

    municipalities: tuple[str, ...] = ()
    year: int = 2025
    part: str = "norway"
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for number in self.municipalities:
            if len(number) != 4 or not number.isdigit():
                raise OptionError("--municipalities", number, "is no municipality's number", "give four digits: 3201")

    def fill(self, text: str, municipality: str | None = None) -> str:
        """Put what is asked for in the place of `{year}`, `{part}` and `{municipality}`."""
        filled = text.replace("{year}", str(self.year)).replace("{part}", self.part)
        return filled.replace("{municipality}", municipality or "")

    def fill_all(self, value: Any) -> Any:
        """The same in every text of a body. A text `{municipalities}` in a list becomes all of them, `*` for none."""
        if isinstance(value, str):
            return self.fill(value)
        if isinstance(value, dict):
            return {key: self.fill_all(one) for key, one in value.items()}
        if isinstance(value, list):
            return [one for item in value for one in self._items(item)]
        return value

    def _items(self, item: Any) -> list[Any]:
        marks = {"{municipalities}": "", "K-{municipalities}": "K-"}
        if not isinstance(item, str) or item not in marks:
            return [self.fill_all(item)]
        return [marks[item] + number for number in self.municipalities] or ["*"]
