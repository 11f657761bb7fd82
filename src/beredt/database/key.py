"""The type of keys."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer

KEY = BigInteger().with_variant(Integer, "sqlite")
"""Type of a key that counts up; SQLite counts up only where the type is INTEGER."""
