"""How badly patients are hurt, as triage at the scene sorts them."""

from __future__ import annotations

SEVERITIES = ("red", "yellow", "green")
"""Immediate, delayed, minor; whoever comes first here is first in every queue of a major incident."""

Patients = tuple[int, int, int]
"""Numbers of patients by severity, in the order of `SEVERITIES`."""
