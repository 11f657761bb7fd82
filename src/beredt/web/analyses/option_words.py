"""Complaints about options in the words of the page, which has fields and no options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from beredt.errors import OptionError, SitingError
from beredt.report.words import load_words

_OPTION = re.compile(r"--([a-z][a-z-]*)")


def in_words(text: str) -> str:
    """A text with the names of fields in the place of options of the command line."""
    words = load_words("en")

    def named(option: re.Match[str]) -> str:
        key = f"studio.siting.field.{option.group(1).replace('-', '_')}"
        return f"“{words(key)}”" if words.has(key) else option.group(0)

    return _OPTION.sub(named, text)


@contextmanager
def fields_for_options() -> Iterator[None]:
    """Have options called by the names of their fields.

    Raises:
        SitingError: for every OptionError inside.
    """
    try:
        yield
    except OptionError as error:
        raise SitingError(in_words(str(error))) from error
