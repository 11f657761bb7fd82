"""Files of a report written by a process beside this one, so that a second core is not idle."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from beredt.model.study import Study


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
        wanted: Whether what is to be done takes longer than starting it.
    """
    if not wanted:
        yield InTurn()
        return
    spawn = multiprocessing.get_context("spawn")  # polars does not survive a fork
    with ProcessPoolExecutor(1, spawn) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def get_ready(pages: bool) -> None:
    """Import what the files will need, while others count."""
    import xlsxwriter  # noqa: F401

    import beredt.report.missions.excel

    if pages:
        import beredt.report.missions.pages  # noqa: F401


def write_excel_beside(path: Path, tables: Mapping[str, pl.DataFrame], facts: Mapping[str, Any], language: str) -> None:
    """See `beredt.report.missions.excel.write_excel`."""
    from beredt.report.missions.excel import write_excel
    from beredt.report.words import load_words

    write_excel(path, tables, facts, load_words(language))


def write_page_beside(
    page: Path, language: str, tables: Mapping[str, pl.DataFrame], facts: Mapping[str, Any], study: Study | None
) -> None:
    """See `beredt.report.missions.pages.write_page`."""
    from beredt.report.missions.pages import write_page

    write_page(page, language, tables, facts, study)
