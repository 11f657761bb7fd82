"""Another way through the service than a unit, a transport and a hospital."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from beredt.model.standby_point import EVERY_DAY

CALL, SCENE, DELIVERY = "call", "scene", "delivery"
STAGES: Final = (CALL, SCENE, DELIVERY)
"""Where a pathway parts from the ordinary one, in the order in which a patient meets them."""

CALLERS: Final = ("all", "repeat", "others")
ORIGINS: Final = ("ordinary", "transfer", "any")
SAME = "same"
"""In the place of an urgency: that of the first call."""


@dataclass(frozen=True, slots=True)
class Pathway:
    """A share of incidents that is dealt with in another way, decided at the call, at the scene or at delivery.

    Of the incidents of `urgency` (`*` for all) that it is open to (kinds, places, hours, who calls, where they start;
    what is empty leaves nobody out), and that no pathway of the same stage before it took, it takes `share` (0–1).

    * **call**: no unit is sent. `operator_min` (minutes) are spent at the centre beyond the handling. `again_share`
      call again after `again_h` hours (mean of an exponential), with `again_urgency`, and are then sent a unit.
    * **scene**: a patient who would be transported is not; the time at the scene is `on_scene_factor` times as long,
      and `crew_min` minutes longer.
    * **delivery**: the patient is taken to the nearest of `deliver_to`, if that is given; handing over takes
      `handover_factor` times as long, and `crew_min` minutes longer: an escort that keeps the crew for hours.

    Hours are those of the call: on `weekdays` (1 = Monday to 7, the day on which they begin) from `start_s` until
    before `end_s` (seconds after midnight, whole hours; an end before the start falls on the next day).
    """

    id: str
    name: str
    stage: str
    urgency: str
    share: float
    kinds: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = EVERY_DAY
    start_s: int = 0
    end_s: int = 86_400
    callers: str = "all"
    origin: str = "ordinary"
    operator_min: float = 0.0
    again_share: float = 0.0
    again_h: float = 4.0
    again_urgency: str = SAME
    on_scene_factor: float = 1.0
    deliver_to: tuple[str, ...] = ()
    handover_factor: float = 1.0
    crew_min: float = 0.0
    source: str | None = None
