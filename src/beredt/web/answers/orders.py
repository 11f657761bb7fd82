"""What is said between the server and a worker process."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.indicators.observed import Frame
from beredt.indicators.tally import Tally
from beredt.model.edits.edit import Edit
from beredt.model.road_change import RoadState
from beredt.model.study import Study
from beredt.roads.ground import Ground
from beredt.roads.network import Network


@dataclass(frozen=True, slots=True)
class KeepWarm:
    """Keep a study ready: answered by `Opened` when its kernels are compiled and its roads laid out.

    `state` says what is different about the roads that `network` and `ground` are of.
    """

    study_key: str
    study: Study
    network: Network
    ground: Ground
    state: RoadState = ()


@dataclass(frozen=True, slots=True)
class RunYear:
    """Simulate a replication of a service: answered by `Counted`, `Stopped` or `Failed`.

    `edits` make the service of today's, `service_key` tells it from others; `with_frame` asks for its frame, too.
    """

    study_key: str
    service_key: str
    edits: tuple[Edit, ...]
    replication: int
    with_frame: bool


Order = KeepWarm | RunYear


@dataclass(frozen=True, slots=True)
class Opened:
    """A study is ready."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A replication, counted."""

    tally: Tally
    frame: Frame | None


@dataclass(frozen=True, slots=True)
class Stopped:
    """A run was cancelled before its end."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It cannot be done: why, for a person, and whether Beredt said so on purpose."""

    message: str
    on_purpose: bool


Reply = Opened | Counted | Stopped | Failed
