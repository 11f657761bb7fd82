"""Borders between those who own stations and those who are responsible for areas: what cover across them counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from beredt.errors import OptionError
from beredt.model.area import Area

F8 = NDArray[np.float64]

Owners = Literal["centre", "organisation"]
OWNERS: tuple[Owners, ...] = get_args(Owners)
"""Whose borders count: those of centres (AMK), or of organisations (health trusts)."""

ANYBODY = "*"


@dataclass(frozen=True, slots=True)
class Border:
    """What a cover from a station of `owner` counts in areas of `other`: `share` in [0, 1], 0 for a closed border."""

    owner: str
    other: str
    share: float


def parse_border(text: str) -> Border:
    """A border as people write it: `A>B=closed`, `A>B=0.8`, `*>B=open`; `A=B=0.8` is not one.

    Args:
        text: owner of the station, `>`, who is responsible for the area, `=`, and closed, open or a share; `*` for
            anybody.

    Raises:
        OptionError: it means nothing.
    """
    pair, equals, rule = text.rpartition("=")
    owner, arrow, other = (part.strip() for part in pair.partition(">"))
    if not (equals and arrow and owner and other):
        raise OptionError(
            "--border", text, "that is no border", "write OWNER>OTHER=closed, =open or a share: oslo>drammen=0.8"
        )
    return Border(owner, other, parse_share("--border", rule.strip()))


def parse_share(option: str, text: str) -> float:
    """What cover across a border counts: `open` is 1, `closed` 0, else a share.

    Raises:
        OptionError: it is none of them.
    """
    if text in ("open", "closed"):
        return 1.0 if text == "open" else 0.0
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise OptionError(option, text, "that is no rule for borders", "give open, closed or a share from 0 to 1")
    return share


def permitted_shares(
    owner_of_site: Sequence[str], areas: Sequence[Area], by: Owners, everywhere: float, borders: Sequence[Border]
) -> F8 | float:
    """`permitted` of a siting problem: (S, N), or 1 where no border matters.

    Args:
        owner_of_site: (S,) id of the centre or organisation of each site.
        areas: N areas.
        by: whose borders count.
        everywhere: what counts across any border that is not named.
        borders: named ones; later ones hold over earlier ones.

    Raises:
        OptionError: a border names somebody who owns no site and is responsible for no area.
    """
    if everywhere == 1.0 and not borders:
        return 1.0
    responsible = np.array([str(getattr(area, by)) for area in areas])
    owners = np.array(owner_of_site)
    known = sorted({*owners.tolist(), *responsible.tolist()})
    found = np.where(owners[:, None] == responsible[None], 1.0, everywhere)
    for border in borders:
        for name in (border.owner, border.other):
            if name != ANYBODY and name not in known:
                raise OptionError("--border", name, f"there is no {by} of that id", f"give one of {', '.join(known)}")
        here = np.ones(owners.size, np.bool_) if border.owner == ANYBODY else owners == border.owner
        there = np.ones(responsible.size, np.bool_) if border.other == ANYBODY else responsible == border.other
        # Nobody has a border with himself.
        across = here[:, None] & there[None] & (owners[:, None] != responsible[None])
        found = np.where(across, border.share, found)
    return found
