"""Seeds: those that a search looks at, and those that it never sees until its answer is tested.

Every draw of an incident belongs to (seed, replication, incident, purpose), so that two seeds have no draw in common.
Both seeds are made of the study's own and of the search's number by a hash, under names of their own; the lowest bit
tells the two families apart, so they can never be equal, and neither is the study's own seed.
"""

from __future__ import annotations

import hashlib

MOST_SEED = 2**63 - 1


def search_seed(study_seed: int, number: int) -> int:
    """The seed whose replications a search looks at: even.

    Args:
        study_seed: the study's own.
        number: of the search, at least 0.
    """
    return _not_own(_hashed("search", study_seed, number) & ~1, study_seed)


def held_out_seed(study_seed: int, number: int) -> int:
    """The seed that only the finished answer is tested on: odd."""
    return _not_own(_hashed("held out", study_seed, number) | 1, study_seed)


def _hashed(name: str, study_seed: int, number: int) -> int:
    text = f"{name}/{study_seed}/{number}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big") & MOST_SEED


def _not_own(seed: int, study_seed: int) -> int:
    """Two further where chance has hit the study's own seed: odd stays odd, even stays even."""
    return seed if seed != study_seed else (seed + 2) % (MOST_SEED - 1)
