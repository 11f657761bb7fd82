"""Ctrl-C as a wish to stop with the best answer so far, not as the end of the program."""

from __future__ import annotations

import signal
from types import TracebackType
from typing import Self


class StopWish:
    """For the length of a ``with`` block Ctrl-C ends nothing; call the object to ask whether it was pressed.

    The signal is held back, also in worker processes that are begun inside the block, since they take over what is held
    back. Where a system cannot hold signals back, Ctrl-C ends the program as usual, and the answer is always False.
    """

    def __init__(self) -> None:
        self._can = hasattr(signal, "pthread_sigmask")
        self._pressed = False

    def __enter__(self) -> Self:
        """Begin to hold Ctrl-C back."""
        if self._can:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let Ctrl-C through again; one that was pressed has been answered."""
        if self._can:
            self()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})

    def __call__(self) -> bool:
        """Whether Ctrl-C was pressed inside the block."""
        if self._can and signal.SIGINT in signal.sigpending():
            signal.sigwait({signal.SIGINT})
            self._pressed = True
        return self._pressed
