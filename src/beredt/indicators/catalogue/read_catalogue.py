"""Catalogues of indicators: those that come with the program, and files of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import polars as pl
from pydantic import TypeAdapter, ValidationError

from beredt.errors import DefinitionError, ExpressionError
from beredt.indicators.catalogue.expression.compile import compile_condition, compile_duration
from beredt.indicators.catalogue.expression.names import Value, names_of
from beredt.indicators.catalogue.indicator import Indicator
from beredt.model.dictionary import load_fields
from beredt.model.issue import Issue, shown
from beredt.model.reading.toml_file import find_line, parse_toml
from beredt.model.reading.toml_issues import dotted, toml_issues
from beredt.model.settings_base import Slug

Catalogue = Mapping[str, Indicator]
"""Indicators by id, in the order of the file."""

BUILT_IN = ("national", "common")
"""Catalogues that come with the program: the national indicators, and others that most services look at."""

ELSEWHERE: Mapping[str, tuple[Value, str]] = MappingProxyType(
    {
        "urban": (Value("truth", pl.lit(None, pl.Boolean)), "a study that says which municipalities are urban"),
        "urban_place": (Value("truth", pl.lit(None, pl.Boolean)), "a study that says which tettsteder are urban"),
        "answer": (Value("duration", pl.lit(None, pl.Float64)), "a log of telephone calls with the time to the answer"),
    }
)
"""Names that no store has by itself, and what it takes to have them."""

_CATALOGUE: TypeAdapter[dict[Slug, Indicator]] = TypeAdapter(dict[Slug, Indicator])


@cache
def load_catalogue(name: str = "national") -> Catalogue:
    """A catalogue that comes with the program. Raises FileNotFoundError for a name not in BUILT_IN."""
    file = f"{name}.toml"
    return parse_catalogue(file, files("beredt.indicators.catalogue").joinpath(file).read_bytes())


def read_catalogue(path: Path) -> Catalogue:
    """A catalogue of one's own. Raises DefinitionError with every issue."""
    return parse_catalogue(path.name, path.read_bytes())


def parse_catalogue(file: str, content: bytes) -> Catalogue:
    """A catalogue as TOML: one table per indicator. Raises DefinitionError with every issue."""
    document, text, issues = parse_toml(file, content)
    if document is None:
        raise DefinitionError("catalogue", issues)
    try:
        catalogue = _CATALOGUE.validate_python(document)
    except ValidationError as error:
        keys = [replace(one, name=f"{name}.{one.name}") for name in document for one in load_fields("catalogue")]
        raise DefinitionError("catalogue", toml_issues(file, text, keys, error.errors(include_url=False))) from None
    found = [
        issue for name, indicator in catalogue.items() for issue in _expression_issues(file, text, name, indicator)
    ]
    if found:
        raise DefinitionError("catalogue", found)
    return MappingProxyType(catalogue)


def _expression_issues(file: str, text: str, name: str, indicator: Indicator) -> list[Issue]:
    names = {**names_of(indicator.counting, "UTC"), **{key: value for key, (value, _) in ELSEWHERE.items()}}
    issues = []
    for way, expression, wanted in indicator.expressions():
        try:
            (compile_condition if wanted == "truth" else compile_duration)(expression, names)
        except ExpressionError as error:
            path = (name, *way)
            message = f"{error.message}, at place {error.at + 1}"
            issues.append(Issue(file, find_line(text, path), dotted(path), shown(expression), 1, message, error.remedy))
    return issues
