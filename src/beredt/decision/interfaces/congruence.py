"""How far the borders of those whom a municipality meets agree with each other.

In a role, a municipality shares its counterpart with some of the other places and not with the rest: that is its border
in this role. Two roles agree when they draw the same border: wherever both are known, they share with the same places,
and both keep the municipality whole or both split it. A police district and a health trust that both hold the same
three municipalities agree; if one of them holds a fourth one, they do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from beredt.decision.interfaces.register import Register


@dataclass(frozen=True, slots=True)
class Border:
    """A municipality's border in one role.

    `shares`: of every other place that is known whether it has a counterpart in common with the municipality.
    `split`: parts of the municipality meet different counterparts.
    """

    shares: Mapping[str, bool]
    split: bool

    def agrees(self, other: Border) -> bool:
        """Whether the two draw the same line wherever both are known."""
        known = self.shares.keys() & other.shares.keys()
        return self.split == other.split and all(self.shares[place] == other.shares[place] for place in known)


@dataclass(frozen=True, slots=True)
class Congruence:
    """Of one municipality under one alternative; counts of roles, of pairs of roles, and of counterparts.

    `agreeing` is the size of the largest set of roles in which every two agree.
    """

    roles: int
    counterparts: int
    split: int
    agreeing: int
    pairs: int
    pairs_agreeing: int


def congruence_of(register: Register, alternative: str, municipality: str) -> Congruence:
    """Count how far the roles of a municipality agree; roles that are not known for all of it count for nothing."""
    own = [place for place in register.places if register.municipality_of[place] == municipality]
    borders: list[Border] = []
    met: set[str] = set()
    for role in register.roles:
        parts = [register.counterparts(alternative, role, place) for place in own]
        if all(parts):
            met |= frozenset().union(*parts)
            borders.append(_border(register, alternative, role, own, parts))
    pairs = list(combinations(range(len(borders)), 2))
    agreeing = [pair for pair in pairs if borders[pair[0]].agrees(borders[pair[1]])]
    return Congruence(
        roles=len(borders),
        counterparts=len(met),
        split=sum(one.split for one in borders),
        agreeing=_largest_set(len(borders), agreeing),
        pairs=len(pairs),
        pairs_agreeing=len(agreeing),
    )


def _border(
    register: Register, alternative: str, role: str, own: Sequence[str], parts: Sequence[frozenset[str]]
) -> Border:
    together = frozenset[str]().union(*parts)
    shares = {}
    for place in register.places:
        theirs = register.counterparts(alternative, role, place)
        if place not in own and theirs:
            shares[place] = bool(theirs & together)
    return Border(shares, split=len(set(parts)) > 1)


def _largest_set(count: int, agreeing: Sequence[tuple[int, int]]) -> int:
    """Size of the largest set in which every two agree: tried out from the largest down, roles being few."""
    linked = set(agreeing)
    for size in range(count, 1, -1):
        for chosen in combinations(range(count), size):
            if all(pair in linked for pair in combinations(chosen, 2)):
                return size
    return min(count, 1)
