"""Progress on stderr: bars on a terminal, one line per stage in a log."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class TerminalProgress:
    """A progress callback for the length of a ``with`` block.

    Whoever does the work calls it with the name of the stage, how much is done and how much there is in all;
    a stage begins with its first call. The total may grow.
    """

    def __init__(self) -> None:
        self._stages: dict[str, TaskID] = {}
        self._finished: set[str] = set()
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )

    def __enter__(self) -> Self:
        """Begin to show progress."""
        if self._on_terminal():
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing progress; the last state of the bars stays on the screen."""
        self._bars.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage has come.

        Args:
            stage: What is being done, in a few words. Stages appear in the order of their first call.
            done: Pieces of work done, 0 or more.
            total: Pieces of work in all, 1 or more.
        """
        if self._on_terminal():
            if stage not in self._stages:
                self._stages[stage] = self._bars.add_task(stage, total=total)
            self._bars.update(self._stages[stage], completed=done, total=total)
        else:
            self._write_line(stage, done, total)

    def say(self, line: str) -> None:
        """Print a line above the bars, on stderr."""
        self._bars.console.print(line, highlight=False, markup=False, soft_wrap=True)

    def _write_line(self, stage: str, done: int, total: int) -> None:
        if stage not in self._stages:
            self._stages[stage] = TaskID(len(self._stages))
            self.say(f"{stage} …")
        if done >= total and stage not in self._finished:
            self._finished.add(stage)
            self.say(f"{stage}: {done} of {total}")

    def _on_terminal(self) -> bool:
        return self._bars.console.is_terminal
