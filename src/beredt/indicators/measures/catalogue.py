"""What every measure means: unit, which way is better, and whether it tells of dispatch policy or of need.

`measures.csv` has one row per measure, in the order in which a reader meets them. `depends_on_dispatch` is *no* where
demand and rosters alone decide, *yes* where the measure is about who is sent (another policy changes it even when no
patient notices), and *partly* where it is about how patients and units fare, which who is sent also influences.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `better` is "" where neither way is; `description` maps en and nb to a sentence."""

    id: str
    unit: str
    better: Literal["higher", "lower", ""]
    depends_on_dispatch: Literal["no", "partly", "yes"]
    description: Mapping[str, str]


@cache
def load_measures() -> Mapping[str, Measure]:
    """All measures by id, in their order."""
    text = files("beredt.indicators.measures").joinpath("measures.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["measure"]: _measure(row) for row in csv.DictReader(text.splitlines())})


def _measure(row: Mapping[str, str]) -> Measure:
    return Measure(
        id=row["measure"],
        unit=row["unit"],
        better=cast(Literal["higher", "lower", ""], row["better"]),
        depends_on_dispatch=cast(Literal["no", "partly", "yes"], row["depends_on_dispatch"]),
        description=MappingProxyType({"en": row["description_en"], "nb": row["description_nb"]}),
    )
