"""What cleaning found in a mission log. Examples and marked rows are single missions: not for readers."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from beredt.missions.checks.rule import get_rule
from beredt.web.access.need import Noted, needs
from beredt.web.access.roles import Role
from beredt.web.logs.issues import list_found, write_findings, write_marked
from beredt.web.logs.shelf import LogShelf
from beredt.web.routes.log_answers import store_out
from beredt.web.routes.log_issue_answers import Example, FoundOut, IssuesOut
from beredt.web.routes.log_reading import reading_out


def log_issues_router(shelf: LogShelf) -> APIRouter:
    """`/studies/{study}/logs/{log}/issues`."""
    router = APIRouter(tags=["logs"])

    @router.get("/studies/{study}/logs/{log}/issues")
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def get_issues(study: str, log: str) -> IssuesOut:
        """Every rule with how many rows it found, and examples."""
        own = shelf.folder_of(shelf.get(study, log))
        store, told = own.get_store(), own.find_imported()
        shown = store_out(own)
        assert shown is not None
        found = [
            FoundOut(
                rule=one.rule,
                count=one.count,
                kinds=one.kinds,
                examples=[Example.model_validate({**row, "value": row["value"] or ""}) for row in one.examples],
            )
            for one in list_found(store)
        ]
        reading = reading_out(store.info.profile, {}, told) if told and "fields" in told else None
        return IssuesOut(store=shown, found=found, reading=reading)

    @router.get("/studies/{study}/logs/{log}/issues.csv", response_class=FileResponse)
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def take_issues(study: str, log: str) -> FileResponse:
        """All findings, one line for each kind."""
        own = shelf.folder_of(shelf.get(study, log))
        store = own.get_store()
        return made_file(f"{Path(own.log.name).stem}-issues.csv", lambda path: write_findings(store, path))

    @router.get("/studies/{study}/logs/{log}/issues/{rule}.csv", response_class=FileResponse)
    @needs(Role.ANALYST, noted=Noted.LOOK)
    def take_marked(study: str, log: str, rule: str) -> FileResponse:
        """Every row that a rule has marked: its file and row, and what was changed."""
        own = shelf.folder_of(shelf.get(study, log))
        store = own.get_store()
        get_rule(rule)
        return made_file(f"{Path(own.log.name).stem}-{rule}.csv", lambda path: write_marked(store, rule, path))

    return router


def made_file(name: str, write: Callable[[Path], None]) -> FileResponse:
    """A file that is made to be taken along, and is gone when it was sent."""
    folder = tempfile.mkdtemp(prefix="beredt-")  # for its owner alone
    path = Path(folder) / name

    def remove() -> None:
        path.unlink(missing_ok=True)
        os.rmdir(folder)

    try:
        write(path)
    except BaseException:
        remove()
        raise
    return FileResponse(path, filename=name, headers={"cache-control": "no-store"}, background=BackgroundTask(remove))
