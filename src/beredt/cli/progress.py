"""Progress on stderr: bars on a terminal, one line per stage in a log."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class TerminalProgress:
    """A progress callback for the length of a ``with`` block.

    Whoever does the work calls it with the name of the stage, how much is done and how much there is in all;
    a stage begins with its first call. The total may grow.
    """

    def __init__(self) -> None:
        self._tasks: dict[str, TaskID] = {}
        self._begun: set[str] = set()
        self._finished: set[str] = set()
        self._bars = _bars() if sys.stderr.isatty() else None

    def __enter__(self) -> Self:
        """Begin to show progress."""
        if self._bars:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing progress; the last state of the bars stays on the screen."""
        if self._bars:
            self._bars.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage has come.

        Args:
            stage: What is being done, in a few words. Stages appear in the order of their first call.
            done: Pieces of work done, 0 or more.
            total: Pieces of work in all, 1 or more.
        """
        if self._bars:
            if stage not in self._tasks:
                self._tasks[stage] = self._bars.add_task(stage, total=total)
            self._bars.update(self._tasks[stage], completed=done, total=total)
        else:
            self._write_line(stage, done, total)

    def say(self, line: str) -> None:
        """Print a line above the bars, on stderr."""
        if self._bars:
            self._bars.console.print(line, highlight=False, markup=False, soft_wrap=True)
        else:
            typer.echo(line, err=True)

    def _write_line(self, stage: str, done: int, total: int) -> None:
        if stage not in self._begun:
            self._begun.add(stage)
            self.say(f"{stage} …")
        if done >= total and stage not in self._finished:
            self._finished.add(stage)
            self.say(f"{stage}: {done} of {total}")


def _bars() -> Progress:
    # Only here: a log needs no bars, and they take time to import.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
