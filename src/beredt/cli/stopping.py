"""Ctrl-C as a wish to stop with the best answer so far, not as the end of the program."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Self


class StopWish:
    """For the length of a ``with`` block the first Ctrl-C ends nothing; call the object to ask whether it was pressed.

    The second Ctrl-C ends the program as usual. Worker processes get Ctrl-C from the terminal, too: what they run must
    see to it that they live on (see ``beredt.siting.left_to_parent``). Outside the main thread, where nobody may
    listen for signals, the answer is always False.
    """

    def __init__(self) -> None:
        self._pressed = False
        self._before: Any = None
        self._listens = False

    def __enter__(self) -> Self:
        """Begin to listen."""
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._press)
            self._listens = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let Ctrl-C do what it did before."""
        if self._listens:
            signal.signal(signal.SIGINT, self._before)
            self._listens = False

    def __call__(self) -> bool:
        """Whether Ctrl-C was pressed inside the block."""
        return self._pressed

    def _press(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self._pressed:
            raise KeyboardInterrupt
        self._pressed = True
