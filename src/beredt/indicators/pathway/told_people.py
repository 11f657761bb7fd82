"""How many people called how often: what can be told of it, so that nobody works out a small number of them.

People and incidents add up in different ways. Of 103 people with 106 incidents between them, none of whom called more
than twice, three called twice, whether or not that number is printed. So it is not enough that two numbers are missing
in the column of people: whoever reads the table also knows how many incidents each person of a band has.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from beredt.indicators.suppression.additive import F8, B


class Band(NamedTuple):
    """`people`, 1 or more, each with from `least` to `most` incidents (None: without limit), `incidents` together."""

    least: int
    most: int | None
    people: int
    incidents: int


class ToldPeople(NamedTuple):
    """Whether the number of all people can be told, and that of each band; no band where none had better be named."""

    people: bool
    bands: tuple[bool, ...]


def told_people(bands: Sequence[Band], most_again: int, threshold: int) -> ToldPeople:
    """The most that can be told so that every small number of people could still be anything from 1 to threshold − 1.

    The reader knows all that is told, and how many incidents there are in all; of a band whose people are not told
    neither are the incidents, and a band without people is not named.

    Args:
        bands: Those with people.
        most_again: Incidents of which it is told elsewhere that another followed: there are so many more than people.
        threshold: Numbers from 1 to threshold − 1 are small; 0 and 1 tell everything.
    """
    people = sum(band.people for band in bands)
    small = [place for place, band in enumerate(bands) if band.people < threshold]
    if threshold <= 1 or (not small and not 0 < people < threshold):
        return ToldPeople(True, tuple(True for _ in bands))
    others = [place for place in range(len(bands)) if place not in small]
    for number in range(len(others) + 1):
        for is_told in (True, False) if people >= threshold else (False,):
            for more in sorted(combinations(others, number), key=lambda one: sum(bands[at].people for at in one)):
                hidden = {*small, *more}
                if _is_safe(bands, hidden, None if not is_told else people, most_again, threshold):
                    return ToldPeople(is_told, tuple(place not in hidden for place in range(len(bands))))
    return ToldPeople(False, ())


def _is_safe(bands: Sequence[Band], hidden: set[int], people: int | None, most_again: int, threshold: int) -> bool:
    """Whether every small number could be as little as 1, and as much as threshold − 1."""
    own = [bands[place] for place in sorted(hidden)]
    rest = _rest(bands, own, people, most_again)
    number = len(own)
    ends = [(place, end) for place, band in enumerate(own) if band.people < threshold for end in (1, threshold - 1)]
    if not all(_is_possible(rest, np.arange(2 * number) == place, (end, end)) for place, end in ends):
        return False
    if sum(band.people for band in bands) >= threshold:
        return True
    everybody = np.arange(2 * number) < number
    return all(_is_possible(rest, everybody, span) for span in ((0, number), (threshold - 1, np.inf)))


def _rest(bands: Sequence[Band], own: Sequence[Band], people: int | None, most_again: int) -> LinearConstraint:
    """What is known of the people of some bands, and of their incidents: so many numbers, then so many again."""
    number, incidents = len(own), sum(band.incidents for band in bands)
    others = sum(band.people for band in bands) - sum(band.people for band in own)
    heads = np.concatenate([np.ones(number), np.zeros(number)])
    most = float(incidents - most_again - others)
    left = float(sum(band.incidents for band in own))
    rows: list[tuple[F8, float, float]] = [(1 - heads, left, left)]
    rows.append((heads, -np.inf, most) if people is None else (heads, people - others, people - others))
    for place, band in enumerate(own):
        for times, low, high in ((band.least, 0.0, np.inf), (band.most, -np.inf, 0.0)):
            if times is not None:
                row = np.zeros(2 * number)
                row[place], row[number + place] = -times, 1
                rows.append((row, low, high))
    matrix, least, greatest = (np.array(one) for one in zip(*rows, strict=True))
    return LinearConstraint(matrix, least, greatest)


def _is_possible(rest: LinearConstraint, which: B, span: tuple[float, float]) -> bool:
    """Whether whole numbers of 1 or more obey what is known, with the sum of some of them within a span."""
    asked = LinearConstraint(which.astype(np.float64)[None, :], *span)
    size = which.size
    found = milp(
        np.zeros(size), constraints=[rest, asked], bounds=Bounds(np.ones(size)), integrality=np.ones(size, np.int64)
    )
    return bool(found.success)
