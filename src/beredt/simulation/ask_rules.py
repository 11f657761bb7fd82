"""What incidents of a service ask for, as arrays: all that does not depend on the replication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.demand.purposes import ask_block
from beredt.dispatch.world import AFTER, AHEAD, F8, I1, I4, I8, TOGETHER
from beredt.model import ask as model
from beredt.model.ask import Ask
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES
from beredt.simulation.incident_kinds import IncidentKinds
from beredt.simulation.kind_wants import Wants, grounded_kinds, wants_of
from beredt.simulation.pack_water import near_water
from beredt.simulation.study_roads import StudyRoads

B = NDArray[np.bool_]

WHEN = {model.TOGETHER: TOGETHER, model.AHEAD: AHEAD, model.AFTER: AFTER}


class AskTable(NamedTuple):
    """Asks of one form. R rows, A areas."""

    block: I8  # [R] of the counter
    share: F8  # [R]
    urgency: B  # [R, 3]
    area: B  # [R, A]
    days: B  # [R, 7] from Monday
    start_s: I4  # [R]
    end_s: I4  # [R]
    when: I1  # [R]
    after_s: F8  # [R]
    stay_s: F8  # [R] median; infinite: until released
    stay_sigma: F8  # [R]
    release_s: F8  # [R] infinite: not early
    escorts: I1  # [R]
    meets: I1  # [R]
    kind: B  # [R, K] kinds of incident


class AskRules(NamedTuple):
    """All asks of a service, and when its kinds of unit cannot fly. F kinds that cannot always."""

    main: AskTable
    alone: AskTable
    more: AskTable
    first_want: I1  # as `Wants`
    carrier_want: I1
    more_want: I1
    no_flight_share: F8  # [F]
    flight_start_s: I4  # [F]
    flight_end_s: I4  # [F]
    first_weekday: int  # of t = 0: 0 Monday
    comes_to: B  # [F, A] areas that each of them comes to at all
    kinds: IncidentKinds


def plan_asks(service: Service, first_day: date, roads: StudyRoads, kinds: IncidentKinds) -> AskRules | None:
    """Make the asks of a service ready; None where it has none, and every kind that flies always does.

    Args:
        service: today's, or an alternative's.
        first_day: of simulated time 0.
        roads: with a place for every area.
        kinds: of incidents, of the study.

    Raises:
        StudyError: more than can be told apart, or a kind of incident that the study does not have.
    """
    grounded = grounded_kinds(service)
    if not service.asks and not grounded:
        return None
    wants: Wants = wants_of(service)
    more = [ask for ask in service.asks if ask.when in WHEN]
    return AskRules(
        main=_table(service, [ask for ask in service.asks if ask.when == model.MAIN], kinds),
        alone=_table(service, [ask for ask in service.asks if ask.when == model.ALONE], kinds),
        more=_table(service, more, kinds),
        first_want=wants.first,
        carrier_want=wants.carrier,
        more_want=wants.more,
        no_flight_share=np.array([kind.no_flight_share for kind in grounded], np.float64),
        flight_start_s=np.array([kind.flight_start_s for kind in grounded], np.int32),
        flight_end_s=np.array([kind.flight_end_s for kind in grounded], np.int32),
        first_weekday=first_day.isoweekday() - 1,
        comes_to=near_water(service, roads, grounded),
        kinds=kinds,
    )


def _table(service: Service, asks: Sequence[Ask], kinds: IncidentKinds) -> AskTable:
    rows = len(asks)
    here = [
        [not ask.municipalities or area.municipality in ask.municipalities for area in service.areas] for ask in asks
    ]
    return AskTable(
        block=np.array([ask_block(ask.id) for ask in asks], np.int64),
        share=np.array([ask.share for ask in asks], np.float64),
        urgency=np.array([[u in ask.urgencies for u in URGENCIES] for ask in asks], np.bool_).reshape(rows, 3),
        area=np.array(here, np.bool_).reshape(rows, len(service.areas)),
        days=np.array([[d + 1 in ask.weekdays for d in range(7)] for ask in asks], np.bool_).reshape(rows, 7),
        start_s=np.array([ask.start_s for ask in asks], np.int32),
        end_s=np.array([ask.end_s for ask in asks], np.int32),
        when=np.array([WHEN.get(ask.when, TOGETHER) for ask in asks], np.int8),
        after_s=np.array([ask.after_s for ask in asks], np.float64),
        stay_s=np.array([_or_endless(ask) for ask in asks], np.float64),
        stay_sigma=np.array([ask.stay_sigma for ask in asks], np.float64),
        release_s=np.array([np.inf if ask.release_s is None else ask.release_s for ask in asks], np.float64),
        escorts=np.array([ask.escorts for ask in asks], np.int8),
        meets=np.array([ask.meets for ask in asks], np.int8),
        kind=np.array([kinds.meant_by("asks", ask.id, ask.incident_kinds) for ask in asks], np.bool_).reshape(
            rows, len(kinds.names)
        ),
    )


def _or_endless(ask: Ask) -> float:
    """A stay of 0 s has no end of its own; but for the unit that a lone one calls for, it is none at all."""
    return np.inf if ask.stay_s == 0.0 and ask.when in WHEN else ask.stay_s
