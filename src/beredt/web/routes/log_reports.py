"""Indicators of a mission log: made as a job, read chapter by chapter, and taken along as files.

They tell of no single mission, and no small count: readers may see them.
"""

from __future__ import annotations

import io
from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, Response
from pydantic import BaseModel, Field

from beredt.errors import OptionError, ResultsError, UnknownIdError
from beredt.indicators.suppress import THRESHOLD
from beredt.model.read import load_study
from beredt.model.settings_base import Language
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.jobs.job_files import OUT, STUDY
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.jobs.log_report import LOG_REPORT
from beredt.web.kept import Kept
from beredt.web.library import Library
from beredt.web.logs.beside import KINDS, lay_beside, names_beside
from beredt.web.logs.linked import read_links
from beredt.web.logs.report_chapters import write_log_chapters
from beredt.web.logs.shelf import LogShelf
from beredt.web.routes.job_answers import JobOut
from beredt.web.routes.log_asked import ask_of_log
from beredt.web.routes.runs import ChapterHead, ChapterList, RunFile, RunFiles
from beredt.web.run_chapters import RunChapter, find_chapters, get_chapter, list_files

CHAPTERS_KEPT = 6
MOST_CSV = 200_000
"""Rows of a table that is given as CSV; longer ones are Parquet only."""


class ReportQuestion(BaseModel):
    """What to report: counts below `threshold` are left out, never fewer than usual; `month` as 2026-01, null for all.

    `responders` lets single responders stop the clock of an incident. `management` asks for the report of a month that
    managers read, with a page for each municipality. `previous` is another log of the study: maps are compared with
    it, and the month is held against it. Files and links beside the log are used as they are now.
    """

    threshold: Annotated[int, Field(ge=THRESHOLD, le=1_000)] = THRESHOLD
    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None
    responders: bool = False
    management: bool = False
    previous: Annotated[str, Field(max_length=80)] = ""


def log_reports_router(library: Library, shelf: LogShelf, queue: JobQueue) -> APIRouter:
    """`/studies/{study}/logs/{log}/reports`."""
    router = APIRouter(tags=["logs"])
    kept: Kept[tuple[str, str], tuple[RunChapter, ...]] = Kept(CHAPTERS_KEPT)

    @router.post("/studies/{study}/logs/{log}/reports", status_code=202)
    @needs(Role.ANALYST, noted=Noted.CHANGE, heavy=True)
    def post_report(study: str, log: str, question: ReportQuestion) -> JobOut:
        """Make the indicators of a log, with study and roster as they are now: a job, whose result stays."""
        if question.management and question.month is None:
            raise OptionError("month", "", "the report of a month needs one", "choose a month of the log")
        own = shelf.folder_of(shelf.get(study, log))
        links = read_links(own.path) if question.month is None else ()
        for other in [*([question.previous] if question.previous else []), *(one.log for one in links if one.log)]:
            shelf.folder_of(shelf.get(study, other)).get_store()
        # Managers' months have no figures of others, and pathways are told of whole logs.
        kinds = ("roster",) if question.management else KINDS
        beside = {name: given if name in kinds else "" for name, given in names_beside(own).items()} | {
            "linked": [one.model_dump() for one in links]
        }
        return ask_of_log(
            LOG_REPORT, study, log, question, library, shelf, queue, beside, lambda folder: lay_beside(own, folder)
        )

    @router.get("/studies/{study}/logs/{log}/reports/{report}/chapters")
    @needs(Role.READER, noted=Noted.LOOK)
    def list_report_chapters(study: str, log: str, report: str, lang: Language = "en") -> ChapterList:
        """The chapters of a report in a language."""
        found = chapters_of(study, log, report, lang)
        heads = [ChapterHead(id=one.id, title=one.title, finding=one.finding) for one in found]
        return ChapterList(fingerprint=str((queue.get(report).summary or {}).get("fingerprint", "")), chapters=heads)

    @router.get("/studies/{study}/logs/{log}/reports/{report}/chapters/{chapter}", response_class=HTMLResponse)
    @needs(Role.READER, noted=Noted.LOOK)
    def read_report_chapter(study: str, log: str, report: str, chapter: str, lang: Language = "en") -> HTMLResponse:
        """A chapter as a piece of HTML: to stand inside an element of the class `report`, with `/api/report.css`."""
        return HTMLResponse(get_chapter(chapters_of(study, log, report, lang), chapter).html)

    @router.get("/studies/{study}/logs/{log}/reports/{report}/files")
    @needs(Role.READER)
    def list_report_files(study: str, log: str, report: str) -> RunFiles:
        """What can be taken along: pages, Excel, and every table."""
        files = list_files(done(study, log, report))
        return RunFiles(
            files=[RunFile(name=name, size_bytes=path.stat().st_size) for name, path in sorted(files.items())]
        )

    @router.get("/studies/{study}/logs/{log}/reports/{report}/tables/{table}.csv")
    @needs(Role.READER, noted=Noted.LOOK)
    def take_table(study: str, log: str, report: str, table: str) -> Response:
        """One table as CSV."""
        files = list_files(done(study, log, report))
        name = f"results/{table}.parquet"
        if name not in files:
            raise UnknownIdError("table", table, [PurePosixPath(one).stem for one in files])
        headers = {"content-disposition": f'attachment; filename="{table}.csv"'}
        return Response(_as_csv(files[name]), media_type="text/csv; charset=utf-8", headers=headers)

    @router.get("/studies/{study}/logs/{log}/reports/{report}/files/{name:path}", response_class=FileResponse)
    @needs(Role.READER, noted=Noted.LOOK)
    def take_report_file(study: str, log: str, report: str, name: str) -> FileResponse:
        """One file, to be kept."""
        files = list_files(done(study, log, report))
        if name not in files:
            raise UnknownIdError("file of the report", name, files)
        stem = Path(shelf.get(study, log).name).stem
        return FileResponse(files[name], filename=f"{stem}-{files[name].name}")

    def done(study: str, log: str, report: str) -> Path:
        shelf.get(study, log)
        job = queue.get(report)
        if job.kind != LOG_REPORT or job.options.get("log") != log:
            raise UnknownIdError("report of the log", report)
        if job.state != "done":
            raise ResultsError(f"the report {report} has no results: it is {job.state}")
        return queue.files.folder_of(report) / OUT

    def chapters_of(study: str, log: str, report: str, language: str) -> tuple[RunChapter, ...]:
        out = done(study, log, report)

        def make() -> tuple[RunChapter, ...]:
            kept_before = find_chapters(out, language)
            return kept_before or write_log_chapters(
                out,
                load_study(out.parent / STUDY),
                language,
                is_month=bool(queue.get(report).options.get("management")),
            )

        return kept.get((report, language), make)

    return router


def _as_csv(path: Path) -> bytes:
    import polars as pl

    from beredt.indicators.review.export import safe_cells

    table = pl.read_parquet(path)
    if table.height > MOST_CSV:
        raise OptionError("table", path.stem, f"it has {table.height:,} rows", "take it as Parquet")
    nested = [name for name, dtype in table.schema.items() if dtype.is_nested()]
    written = io.BytesIO()
    words = pl.col(pl.Categorical, pl.Enum).cast(pl.String)
    safe_cells(table.drop(nested).with_columns(words)).write_csv(written, include_bom=True)
    return written.getvalue()
