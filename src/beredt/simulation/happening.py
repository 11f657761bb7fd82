"""What happens on the agenda that is no decision about an incident: planned tasks, patients at hospitals, meetings."""

from __future__ import annotations

from beredt.dispatch.compiled import part, whole
from beredt.dispatch.records import Demand, Land
from beredt.simulation.agenda import ARRIVES, LEAVES, LET_GO, MEETS, RISES, TASK_OPENS, note_for_later
from beredt.simulation.meeting import meet_on_the_way
from beredt.simulation.state import State
from beredt.simulation.stints import Move, no_move
from beredt.simulation.tasks import send_to_task
from beredt.simulation.wards import arrive, leave_scene, let_in


@part
def happen(w: Land, s: State, inc: Demand, number: int, what: int, mission: int, t: float) -> Move:
    """Let it happen; the unit that sets out, if any.

    Args:
        w: the alternative.
        s: the state.
        inc: the demand.
        number: of the task, the incident or the hospital.
        what: one of those named in `agenda`.
        mission: whose unit it is about, -1 for none.
        t: now, s.
    """
    if what == TASK_OPENS:
        return send_to_task(w, s, inc, number, t)
    if what == LEAVES:
        leave_scene(w, s, inc, number, mission, t)
    elif what == ARRIVES:
        arrive(w, s, inc, mission, t)
    elif what == MEETS:
        meet_on_the_way(w, s, inc, number, mission, t)
    else:
        if what == LET_GO:
            s.taken[number] -= 1
        let_in(w, s, inc, number, t)
    return no_move()


@part
def begin_calendar(s: State, inc: Demand) -> None:
    """Put on the agenda what is known beforehand."""
    for j in range(inc.tasks.size):
        note_for_later(s.agenda, inc.tasks[j].open_t, whole(j), whole(TASK_OPENS), whole(-1))
    for j in range(inc.rises.size):
        note_for_later(s.agenda, inc.rises[j].t, whole(inc.rises[j].hospital), whole(RISES), whole(-1))
