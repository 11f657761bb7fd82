"""Small counts left out, and files of a report written, by a process beside this one: so a second core is not idle."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from beredt.missions.kept_memory import keep_memory
from beredt.missions.rare_collection import collect_rarely

if TYPE_CHECKING:
    import polars as pl

    from beredt.indicators.suppress import Counts, Guard, Protected
    from beredt.missions.store import Store
    from beredt.model.study import Study
    from beredt.report.missions.pages import Drawn

WORTH_A_PROCESS: Final = 50_000
"""Missions of a log of which to guard and to write takes longer than the start of a process to do it in."""


class InTurn(Executor):
    """Does everything at once, in this process."""

    def submit(self, do: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        """Do it."""
        done: Future[Any] = Future()
        done.set_result(do(*args, **named))
        return done


@contextmanager
def worker_beside(wanted: bool) -> Iterator[Executor]:
    """A process that does one thing after the other, or nothing of the kind where it is not wanted.

    Args:
        wanted: Whether what is to be done takes longer than starting it. It imports what it will need at once.
    """
    if not wanted:
        yield InTurn()
        return
    spawn = multiprocessing.get_context("spawn")  # polars does not survive a fork
    with ProcessPoolExecutor(1, spawn) as pool:
        try:
            pool.submit(_get_ready)
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def is_worth_a_process(store: Store) -> bool:
    """Whether a log is so long that its report had better be made by two processes."""
    return store.info.unit_responses >= WORTH_A_PROCESS


def _get_ready() -> None:
    """Import what leaving out small counts takes, and pages, while others import and count."""
    keep_memory()
    collect_rarely()
    import beredt.indicators.suppress
    import beredt.report.missions.gather_apart  # noqa: F401

    get_ready_to_draw()


def get_ready_to_draw() -> None:
    """Import what pages take, and draw the first figure of this process, which takes longer than all others.

    Typefaces are looked for then, and half of matplotlib is imported.
    """
    import beredt.report.missions.pages  # noqa: F401
    from beredt.report.figures.drawing import axes_at, new_figure, report_style
    from beredt.report.page.svg import to_svg

    with report_style():
        figure = new_figure(1.0, 1.0)
        axes_at(figure, 0.0, 0.0, 1.0, 1.0).set_title(" ")
        to_svg(figure, "first", {})


def guard_beside(beside: Executor) -> Guard:
    """`protect_together`, done beside what is going on here."""

    def guard(asked: Sequence[Counts], threshold: int) -> list[Protected]:
        from beredt.indicators.suppress import protect_together

        if threshold <= 1:  # nothing is left out of tables that may be long
            return protect_together(asked, threshold)
        return beside.submit(protect_together, asked, threshold).result()

    return guard


def write_excel_beside(path: Path, tables: Mapping[str, pl.DataFrame], facts: Mapping[str, Any], language: str) -> None:
    """See `beredt.report.missions.excel.write_excel`."""
    from beredt.report.missions.excel import write_excel
    from beredt.report.words import load_words

    write_excel(path, tables, facts, load_words(language))


def draw_chapters_beside(language: str, results: Path, facts: Mapping[str, Any], study: Study | None) -> Drawn:
    """See `beredt.report.missions.pages.draw_beside`."""
    from beredt.report.missions.pages import draw_beside

    return draw_beside(language, results, facts, study)
