"""Passwords, kept as hashes that take time and memory to try.

Argon2id with 19 MiB, two passes and one lane, the first choice of the OWASP Password Storage Cheat Sheet (as of 2026);
salt and hash are 16 and 32 bytes, as RFC 9106 has them. A hash that was made with other parameters is made anew at the
next login, so that raising them here is all there is to do.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

MEMORY_KIB = 19 * 1024
PASSES = 2
LANES = 1


@dataclass(frozen=True)
class Passwords:
    """Makes and checks hashes. The parameters are smaller in tests, nowhere else."""

    memory_kib: int = MEMORY_KIB
    passes: int = PASSES
    lanes: int = LANES

    @cached_property
    def _hasher(self) -> PasswordHasher:
        return PasswordHasher(
            time_cost=self.passes,
            memory_cost=self.memory_kib,
            parallelism=self.lanes,
            hash_len=32,
            salt_len=16,
            type=Type.ID,
        )

    @cached_property
    def _nobodys_hash(self) -> str:
        """What a name that nobody has is checked against, so that it takes as long as a name that somebody has."""
        return self.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """The hash of a password with a salt of its own, in the form that names its parameters."""
        return self._hasher.hash(_same_letters(password))

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether a password is that of a hash. Without a hash the answer is no, after the same work."""
        try:
            self._hasher.verify(self._nobodys_hash if kept is None else kept, _same_letters(password))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether a hash was made with other parameters than these."""
        return self._hasher.check_needs_rehash(kept)


def _same_letters(password: str) -> str:
    """Letters in one form: å typed as one sign on one machine and as two on another is the same password."""
    return unicodedata.normalize("NFC", password)
