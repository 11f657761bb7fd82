"""What lies on the dispatchers' desks: decisions to come, incidents that wait, and a mark or two per incident."""

from __future__ import annotations

from typing import NamedTuple

from tests.reference.units import Mission

AT_ONCE, AFTER_ASKING, FROM_QUEUE, TAKEN_OFF, TAKEN_OVER = 0, 1, 2, 3, 4
"""Causes of a mission: how the decision came about, for support too; a unit that was taken off always has its own."""


class Decision(NamedTuple):
    """A decision put on the agenda."""

    t: float
    incident: int
    answered_by: int | None = None
    waited: bool = False  # the end of waiting for a nearer unit
    called_by: Mission | None = None  # whose crew calls from the scene: for a carrier, or for what an ask wants
    ask: int | None = None
    task: int | None = None  # a planned task may be begun
    leaves: bool = False  # `called_by` leaves the scene with a patient for a hospital
    arrives: bool = False  # and is there
    let_in: int | None = None  # a hospital has a place again, or more of them
    let_go: bool = False  # since a patient leaves it
    meets: bool = False  # `called_by` may meet the patient's unit, which has left


class Desk:
    """All of it, for all centres."""

    def __init__(self, first_want: list[int]) -> None:
        incidents = len(first_want)
        self.agenda: dict[int, Decision] = {}  # by the order in which they were put there
        self.agenda_count = 0
        self.queue: set[int] = set()  # of all centres and urgencies; sorted out where it is read
        self.waiting: set[int] = set()  # for a nearer unit
        self.want = list(first_want)  # what each incident wants now
        self.carrier_called: set[int] = set()
        self.primary: dict[int, Mission] = {}  # the first unit of an incident, while it has one
        self.patients_unit: dict[int, Mission] = {}
        self.supported: set[int] = set()  # incidents whose first primary dispatch is past
        self.holding_back: set[int] = set()  # centres with ordinary incidents that wait for a reserve
        self.asked = [-1] * incidents
        self.queued = [0] * incidents
        self.held = [0] * incidents
        self.bumped = [0] * incidents
        self.second_missing = [0] * incidents

    def put_on_agenda(self, decision: Decision) -> None:
        """Put a decision on the agenda, behind those already there for the same time."""
        self.agenda[self.agenda_count] = decision
        self.agenda_count += 1
