"""The words of a report: one file per language, every text by its key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType

from beredt.errors import UnknownIdError

NEAREST: Mapping[str, tuple[str, ...]] = MappingProxyType({"nn": ("nb",)})
"""The languages that stand in for one in which a study has not written a text, before English does."""


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of one language by dotted key, such as `today.finding`.

    `language` is the code of the language file. Texts hold `{placeholders}`, filled with text only: a figure is
    written by `NumberFormat` before it gets here, so no text can hold one.
    """

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: str) -> str:
        """The text with this key, its placeholders filled. Raises UnknownIdError without the key."""
        if key not in self.texts:
            raise UnknownIdError(f"text in report language {self.language!r}", key, self.texts)
        return self.texts[key].format_map(values)

    def placeholders(self, key: str) -> frozenset[str]:
        """Names of the placeholders of a text. Raises UnknownIdError without the key."""
        text = self.texts.get(key)
        if text is None:
            raise UnknownIdError(f"text in report language {self.language!r}", key, self.texts)
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)

    def has(self, key: str) -> bool:
        """Whether there is a text with this key."""
        return key in self.texts

    def counted(self, key: str, count: int, **values: str) -> str:
        """The text `key.one` for a count of 1, otherwise `key.many`."""
        return self(f"{key}.one" if count == 1 else f"{key}.many", **values)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts as a list in running text: "a", "a and b", "a, b and c"; the text for nothing when there are none."""
        given = list(parts)
        if not given:
            return self("list.none")
        if len(given) == 1:
            return given[0]
        return self("list.last", before=self("list.comma").join(given[:-1]), last=given[-1])

    def sentence(self, text: str) -> str:
        """The text with a capital letter at its beginning."""
        return text[:1].upper() + text[1:]

    def local(self, texts: Mapping[str, str]) -> str:
        """A study's own text in this language, else in the nearest that it has; "" without any.

        A study that has not written a text in nynorsk has it in bokmål, which its readers read before English.
        """
        near = (self.language, *NEAREST.get(self.language, ()), "en")
        return next((texts[one] for one in near if texts.get(one)), next(iter(texts.values()), ""))


def list_languages() -> tuple[str, ...]:
    """Codes of the languages that a report can be written in, in alphabetical order."""
    folder = files("beredt.report").joinpath("language")
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def load_words(language: str) -> Words:
    """The words of a language. Raises UnknownIdError if there is no such language file."""
    known = list_languages()
    if language not in known:
        raise UnknownIdError("report language", language, known)
    text = files("beredt.report").joinpath("language", f"{language}.toml").read_text(encoding="utf-8")
    return Words(language, MappingProxyType(dict(_flat(tomllib.loads(text), ""))))


def _flat(section: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in section.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
