"""``beredt serve``: Studio, the web application."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption

if TYPE_CHECKING:
    from beredt.web.parts import Parts


def serve(
    studies: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[STUDY]...",
            help="Folders of studies, or names of bundled ones [default: asker-baerum]. A bundled study is copied to "
            "the data folder at first use, and the copy is worked on.",
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", metavar="H", help="Address to listen at. Others than this machine need accounts.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="P", min=0, max=65_535, help="Port to listen at; 0 for any that is free.")
    ] = 8770,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Folder for copies of studies and runs [default: the user's own]."),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Open studies in the browser: change an alternative on the map and see the year. Ctrl+C ends it."""
    with faults_as_exit_codes(as_json):
        # Before anything imports numba.
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        from beredt.web.serve import serve as run
        from beredt.web.settings import ServeSettings, default_data_folder

        settings = ServeSettings(
            studies=tuple(studies or ("asker-baerum",)),
            data_folder=(data or default_data_folder()).resolve(),
            host=host,
            port=port,
            open_browser=not no_open,
        )
        run(settings, lambda url, parts: _tell(url, parts, as_json), lambda line: typer.echo(line, err=True))


def _tell(url: str, parts: Parts, as_json: bool) -> None:
    """Say where it listens and which folders it works on, at once."""
    folders = {study.id: str(study.folder) for study in parts.library.list_studies()}
    if as_json:
        print_json({"url": url, "studies": folders})
        return
    typer.echo(f"Studio is at {url} (Ctrl+C ends it)")
    for study in parts.library.list_studies():
        own = ", your own copy of the bundled study" if study.bundled_copy else ""
        typer.echo(f"  {study.id}: {study.folder}{own}")
