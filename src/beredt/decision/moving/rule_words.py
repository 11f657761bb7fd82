"""Rules for free units that are compared, as people name them."""

from __future__ import annotations

DDSM = "ddsm"
"""A rule that is a table made here, of the dynamic double standard model."""

DEFAULT_RULES = ("home", "standby", "dmexclp", "zhang", DDSM)
"""Compared unless others are named; the first is what others are held against."""
