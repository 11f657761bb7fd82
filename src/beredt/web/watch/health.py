"""Whether a server can do its work: every part is asked, and none is waited for longer than a moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, NamedTuple

PATIENCE_S = 2.0
"""How long a part may take to answer."""

State = Literal["ok", "starting", "failing"]


class Starting(Exception):  # noqa: N818
    """A part is not there yet, and will be."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a server is made of: `check` returns when it works, and raises what is wrong.

    Without a part that is `needed` the server answers that it is not ready; without another it does less.
    """

    check: Callable[[], object]
    needed: bool = True


class PartState(NamedTuple):
    """How a part is, and why, where it does not work."""

    state: State
    reason: str


class Health:
    """The parts of a server, by name."""

    def __init__(self, parts: Mapping[str, Part], patience_s: float = PATIENCE_S) -> None:
        self._parts, self._patience_s = dict(parts), patience_s
        self._threads = ThreadPoolExecutor(max(1, len(self._parts)), thread_name_prefix="health")
        self._asked: dict[str, Future[object]] = {}

    def look(self) -> dict[str, PartState]:
        """How every part is now. One that did not answer when it was asked before is not asked a second time."""
        for name, part in self._parts.items():
            if name not in self._asked or self._asked[name].done():
                self._asked[name] = self._threads.submit(part.check)
        return {name: self._state(self._asked[name]) for name in self._parts}

    def is_ready(self, found: Mapping[str, PartState]) -> bool:
        """Whether everything that is needed works."""
        return all(found[name].state == "ok" for name, part in self._parts.items() if part.needed)

    def close(self) -> None:
        """Ask no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _state(self, asked: Future[object]) -> PartState:
        try:
            asked.result(self._patience_s)
        except Starting as error:
            return PartState("starting", str(error))
        except TimeoutError:
            return PartState("failing", f"no answer within {self._patience_s:g} s")
        except Exception as error:  # whatever it is, it does not work
            return PartState("failing", str(error).partition("\n")[0] or type(error).__name__)
        return PartState("ok", "")
