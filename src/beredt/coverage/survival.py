"""Survival by response time, as data: curves that fall with the minutes until help is there.

A logistic curve is s(t) = 1 / (1 + exp(a + b·t)) with t in minutes. `survival_curves.csv` beside this file holds
published ones with their sources; all are of cardiac arrests outside hospital, and none was fitted to Norwegian
patients. A curve of one's own is a table of times and shares, straight between its points.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.errors import OutOfRangeError, UnknownIdError

F8 = NDArray[np.float64]

DEFAULT_CURVE = "de_maio"
"""The curve that the models of siting take when none is named: the one of their authors."""


@dataclass(frozen=True, slots=True)
class LogisticCurve:
    """s(t) = 1 / (1 + exp(a + b·t)), t in minutes; b above 0. `source`: where it was published."""

    curve_id: str
    intercept: float
    slope_per_min: float
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse a curve that does not fall.

        Raises:
            OutOfRangeError: the slope is not above 0.
        """
        if not self.slope_per_min > 0.0:
            raise OutOfRangeError("slope_per_min", self.slope_per_min, "give a slope above 0: survival falls with time")

    def share(self, response_s: ArrayLike) -> F8:
        """Share that survive, in (0, 1), for response times in seconds, of any shape; 0 if nobody ever comes."""
        minutes = np.asarray(response_s, np.float64) / 60.0
        with np.errstate(over="ignore"):
            return np.asarray(1.0 / (1.0 + np.exp(self.intercept + self.slope_per_min * minutes)))


@dataclass(frozen=True, slots=True)
class TableCurve:
    """A curve through points (seconds, share), straight between them, level before the first and after the last."""

    curve_id: str
    response_s: tuple[float, ...]
    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse a table that is none.

        Raises:
            OutOfRangeError: times do not rise, shares rise or are outside [0, 1], or there is no point.
        """
        if not self.response_s or len(self.response_s) != len(self.shares):
            raise OutOfRangeError("the curve", self.curve_id, "give as many times as shares, at least one")
        if any(b <= a for a, b in zip(self.response_s, self.response_s[1:], strict=False)) or self.response_s[0] < 0.0:
            raise OutOfRangeError("response_s", self.response_s, "give rising seconds, from 0")
        if any(not 0.0 <= share <= 1.0 for share in self.shares):
            raise OutOfRangeError("shares", self.shares, "give shares from 0 to 1")
        if any(b > a for a, b in zip(self.shares, self.shares[1:], strict=False)):
            raise OutOfRangeError("shares", self.shares, "survival falls with time: give shares that never rise")

    def share(self, response_s: ArrayLike) -> F8:
        """Share that survive, for response times in seconds, of any shape."""
        return np.asarray(np.interp(np.asarray(response_s, np.float64), self.response_s, self.shares))


SurvivalCurve = LogisticCurve | TableCurve


def published_curves() -> Mapping[str, LogisticCurve]:
    """The published curves by id."""
    text = files("beredt.coverage").joinpath("survival_curves.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["id"]: LogisticCurve(row["id"], float(row["intercept"]), float(row["slope_per_min"]), row["source"])
        for row in rows
    }


def get_curve(name: str) -> SurvivalCurve:
    """A published curve by its id, or the table in a CSV file with the columns `response_s` and `share`.

    Raises:
        UnknownIdError: there is neither such a curve nor such a file.
        OutOfRangeError: the file holds no curve.
    """
    known = published_curves()
    if name in known:
        return known[name]
    path = Path(name)
    if not path.is_file():
        raise UnknownIdError("survival curve", name, known)
    with path.open(encoding="utf-8", newline="") as file:
        rows: Sequence[Mapping[str, str]] = list(csv.DictReader(file))
    try:
        points = [(float(row["response_s"]), float(row["share"])) for row in rows]
    except (KeyError, TypeError, ValueError) as error:
        raise OutOfRangeError("the curve", name, "give a CSV file with numbers under response_s and share") from error
    return TableCurve(path.stem, tuple(time for time, _ in points), tuple(share for _, share in points))
