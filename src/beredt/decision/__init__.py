"""Alternatives weighed against each other: paired differences, the gate, the break-even."""
