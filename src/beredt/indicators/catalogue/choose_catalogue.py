"""Several catalogues as one: those that come with the program, by name, and files of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from beredt.errors import OptionError, UnknownIdError
from beredt.indicators.catalogue.indicator import Indicator
from beredt.indicators.catalogue.read_catalogue import BUILT_IN, Catalogue, load_catalogue, read_catalogue


def choose_catalogue(names: Sequence[str]) -> Catalogue:
    """All indicators of some catalogues, in their order.

    Args:
        names: Of BUILT_IN, or paths of files.

    Raises:
        UnknownIdError: There is no such catalogue, nor a file of that name.
        DefinitionError: A file is at fault; with every issue.
        OptionError: Two of them define an indicator of one name.
    """
    found: dict[str, Indicator] = {}
    for name in names:
        if name not in BUILT_IN and not Path(name).is_file():
            raise UnknownIdError("catalogue", name, BUILT_IN)
        one = load_catalogue(name) if name in BUILT_IN else read_catalogue(Path(name))
        twice = sorted(found.keys() & one.keys())
        if twice:
            raise OptionError("--catalogue", name, f"it defines {twice[0]} once more", "give it another name there")
        found.update(one)
    return MappingProxyType(found)
