"""``beredt live serve``: the live picture beside a feed of events."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JsonOption, StudyArgument
from beredt.cli.serve_options import (
    CertificateOption,
    ClientCaOption,
    DatabaseOption,
    DataOption,
    HostOption,
    KeyOption,
    LogOption,
    OidcOption,
    ProxyOption,
    UrlOption,
    WatchOption,
    is_json,
)


def live_serve(
    study: StudyArgument,
    host: HostOption = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="P", min=0, max=65_535, help="Port to listen at; 0 for any that is free.")
    ] = 8771,
    alternative: Annotated[
        str | None,
        typer.Option("--alternative", metavar="ID", help="Whose units the feed tells of [default: the study's base]."),
    ] = None,
    adapter: Annotated[
        list[Path] | None,
        typer.Option(
            "--adapter", metavar="FILE", help="How another system writes its events (TOML); may be given again."
        ),
    ] = None,
    limits: Annotated[
        Path | None, typer.Option("--limits", metavar="FILE", help="When something is late, stale or off (TOML).")
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option(
            "--history", metavar="STORE", help="Missions from before the live log, to forecast the coming hours from."
        ),
    ] = None,
    agreements: Annotated[
        Path | None,
        typer.Option("--agreements", metavar="FILE", help="What organisations see of one another's units (CSV)."),
    ] = None,
    webhooks: Annotated[
        Path | None,
        typer.Option("--webhooks", metavar="FILE", help="Where organisations want events sent (TOML)."),
    ] = None,
    data: DataOption = None,
    database: DatabaseOption = None,
    url: UrlOption = None,
    proxy: ProxyOption = "127.0.0.1",
    certificate: CertificateOption = None,
    key: KeyOption = None,
    client_ca: ClientCaOption = None,
    oidc: OidcOption = None,
    watch: WatchOption = None,
    log: LogOption = "text",
    as_json: JsonOption = False,
) -> None:
    """Take events of units and incidents, and tell the picture that follows from them. Ctrl+C ends it.

    What is acknowledged is on the disk. Nothing is sent to anybody: the program shows and advises, people decide.
    """
    with faults_as_exit_codes(as_json):
        loaded = load_checked_study(study)

        # Before anything imports numba.
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        from beredt.web.live.parts import LiveFiles
        from beredt.web.live.serve import serve_live
        from beredt.web.settings import ServeSettings, default_data_folder
        from beredt.web.where_kept import database_address

        settings = ServeSettings(
            studies=(study,),
            data_folder=(data or default_data_folder()).resolve(),
            host=host,
            port=port,
            open_browser=False,
            url=url,
            proxy=proxy,
            certificate=certificate,
            key=key,
            client_ca=client_ca,
            oidc=oidc,
            database=database_address(database),
            watch=watch,
            log=is_json(log),
        )
        files = LiveFiles(limits, tuple(adapter or ()), history, agreements, webhooks)
        serve_live(settings, loaded, alternative, files, lambda at, number: _tell(at, number, as_json))


def _tell(url: str, number: int, as_json: bool) -> None:
    if as_json:
        print_json({"url": url, "entries": number})
        return
    url = f"{url.rstrip('/')}/"
    typer.echo(f"The live picture is at {url}api/live/picture, events go to {url}api/live/events (Ctrl+C ends it)")
    typer.echo(f"  {number} entries in the log")
