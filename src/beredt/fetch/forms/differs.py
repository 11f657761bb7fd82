"""An answer that is not what its source says it is."""

from __future__ import annotations


class DiffersError(Exception):
    """The message says what differs, in words that end a sentence about the file."""
