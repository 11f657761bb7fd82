"""Which profile a log was probably written for, told by its header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beredt.missions.find_profile import LoadedProfile
from beredt.missions.read.binding import bind
from beredt.missions.schema import STAMPS

TIMES_COUNT = 3
"""A column of times says more of a log than any other."""

ENOUGH = 0.3
"""Least share of a profile that a log must have for the guess to be worth anything."""


@dataclass(frozen=True, slots=True)
class Guess:
    """How well a profile fits: `score` is the mean of the share of the profile that the log has and the share of the
    log that the profile reads, 0 to 1, times counted threefold in the first; `stamps` counts the times that it finds,
    gaps between calls as two.
    """

    profile: str
    score: float
    stamps: int
    columns: int


def score_profiles(columns: Sequence[str], profiles: Mapping[str, LoadedProfile]) -> tuple[Guess, ...]:
    """Every profile with its score for a log with these columns, the best first."""
    guesses = [_score(columns, name, loaded) for name, loaded in profiles.items()]
    return tuple(sorted(guesses, key=lambda guess: (-guess.score, guess.profile)))


def find_best(guesses: Sequence[Guess]) -> Guess | None:
    """The guess that can be used: the best, where it finds two times or more and stands alone at the top."""
    if not guesses or guesses[0].stamps < 2 or guesses[0].score < ENOUGH:
        return None
    if len(guesses) > 1 and guesses[1].score == guesses[0].score:
        return None
    return guesses[0]


def _score(columns: Sequence[str], name: str, loaded: LoadedProfile) -> Guess:
    binding = bind(columns, loaded.profile)
    wanted = {field: TIMES_COUNT if field in STAMPS else 1 for field, names in loaded.profile.columns if names}
    found = sum(weight for field, weight in wanted.items() if field in binding.fields)
    read = len(binding.read)
    stamps = sum(field in binding.fields for field in STAMPS) + 2 * ("gap_s" in binding.fields)
    score = (found / max(sum(wanted.values()), 1) + read / max(len(columns), 1)) / 2
    return Guess(name, round(score if read else 0.0, 4), stamps, read)
