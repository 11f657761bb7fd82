"""JSON-stat 2.0: a table as one list of values, the last variable changing fastest.

As described by JSON-stat 2.0, https://json-stat.org/full/, under "dataset".
"""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl

from beredt.fetch.forms.differs import DiffersError
from beredt.fetch.forms.json_form import read
from beredt.fetch.source import Source

VALUE, STATUS = "value", "status"


def variables(path: Path, source: Source) -> frozenset[str]:
    """The names of its variables. Raises DiffersError for what is no whole table."""
    del source
    return frozenset(_dataset(path)["id"])


def read_json_stat(path: Path) -> pl.DataFrame:
    """A row per cell: the code of each variable as text, `value` (null where there is none) and `status` (its mark).

    Raises DiffersError.
    """
    table = _dataset(path)
    codes = [_codes(table["dimension"][name]) for name in table["id"]]
    cells = list(product(*codes))
    values, status = _listed(table["value"], len(cells)), _listed(table.get("status"), len(cells))
    frame = pl.DataFrame(cells, schema=dict.fromkeys(table["id"], pl.String), orient="row")
    return frame.with_columns(pl.Series(VALUE, values, dtype=pl.Float64), pl.Series(STATUS, status, dtype=pl.String))


def labels(path: Path, variable: str) -> dict[str, str]:
    """What the codes of a variable are called. Raises DiffersError."""
    table = _dataset(path)
    if variable not in table["id"]:
        raise DiffersError(f"there is no {variable}; there is {', '.join(table['id'])}")
    return {str(code): str(label) for code, label in table["dimension"][variable]["category"].get("label", {}).items()}


def _dataset(path: Path) -> dict[str, Any]:
    table = read(path)
    if not isinstance(table, dict) or table.get("class") != "dataset":
        raise DiffersError("it is no data set of JSON-stat 2.0")
    names, size = table.get("id"), table.get("size")
    if not isinstance(names, list) or not isinstance(size, list) or len(names) != len(size):
        raise DiffersError("its variables and their sizes do not match")
    if not isinstance(table.get("dimension"), dict) or set(names) - set(table["dimension"]):
        raise DiffersError("a variable is not described")
    wrong = [name for name, count in zip(names, size, strict=True) if len(_codes(table["dimension"][name])) != count]
    values = table.get("value")
    whole = isinstance(values, dict) or (isinstance(values, list) and len(values) == math.prod(size))
    if wrong or not whole:
        raise DiffersError(f"it holds {len(values or ())} values, and its variables want {math.prod(size)}")
    return table


def _codes(variable: dict[str, Any]) -> list[str]:
    """The codes in their order: of a list as written, of a mapping by the places it gives."""
    index = variable["category"].get("index")
    if index is None:
        return [str(code) for code in variable["category"].get("label", {})]
    return [str(code) for code in (sorted(index, key=index.__getitem__) if isinstance(index, dict) else index)]


def _listed(found: Any, cells: int) -> list[Any]:
    """One per cell: a list as it is, a mapping of places filled up with nothing, a single mark for all."""
    if isinstance(found, list):
        return found
    if isinstance(found, dict):
        return [found.get(str(place)) for place in range(cells)]
    return [found] * cells
