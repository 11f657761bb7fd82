"""``beredt serve``: Studio, the web application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption
from beredt.cli.serve_audit import audit
from beredt.cli.serve_forget import forget
from beredt.cli.serve_options import (
    CertificateOption,
    ClientCaOption,
    DatabaseOption,
    DataOption,
    DivideOption,
    HostOption,
    KeyOption,
    LogOption,
    OidcOption,
    ProxyOption,
    UrlOption,
    WatchOption,
    is_json,
)
from beredt.cli.serve_user import user

if TYPE_CHECKING:
    from beredt.web.library import Library

STUDIO = "studio"


class _StudioUnlessTold(TyperGroup):
    """`serve`, `serve STUDY` and `serve --option` mean `serve studio …`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the word in where no other part of the server is named."""
        return super().parse_args(ctx, args if args[:1] and args[0] in self.commands else [STUDIO, *args])


serve = typer.Typer(
    cls=_StudioUnlessTold,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
serve.add_typer(user, name="user")
serve.add_typer(audit, name="audit")
serve.command("forget")(forget)


@serve.callback()
def _serve() -> None:
    """Open Studio, the web application, in the browser; see who may use it and who has."""


@serve.command(STUDIO)
def studio(
    studies: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="STUDY",
            help="Folders of studies, or names of bundled ones [default: asker-baerum]. A bundled study is copied to "
            "the data folder at first use, and the copy is worked on.",
        ),
    ] = None,
    host: HostOption = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="P", min=0, max=65_535, help="Port to listen at; 0 for any that is free.")
    ] = 8770,
    data: DataOption = None,
    database: DatabaseOption = None,
    url: UrlOption = None,
    proxy: ProxyOption = "127.0.0.1",
    certificate: CertificateOption = None,
    key: KeyOption = None,
    client_ca: ClientCaOption = None,
    oidc: OidcOption = None,
    divide: DivideOption = None,
    watch: WatchOption = None,
    log: LogOption = "text",
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Open studies in the browser: change an alternative on the map and see the year. Ctrl+C ends it.

    For one person at this machine there is nothing to set up. To let others in: `beredt serve user` makes accounts, and
    --url gives the https address at which they come; `beredt serve audit` tells who looked at what and changed what.
    """
    with faults_as_exit_codes(as_json):
        # Before anything imports numba.
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        from beredt.web.serve import serve as run
        from beredt.web.settings import ServeSettings, default_data_folder
        from beredt.web.where_kept import database_address

        settings = ServeSettings(
            studies=tuple(studies or ("asker-baerum",)),
            data_folder=(data or default_data_folder()).resolve(),
            host=host,
            port=port,
            open_browser=not no_open and url is None,
            url=url,
            proxy=proxy,
            certificate=certificate,
            key=key,
            client_ca=client_ca,
            oidc=oidc,
            division=divide,
            database=database_address(database),
            watch=watch,
            log=is_json(log),
        )
        run(settings, lambda url, library: _tell(url, library, as_json), lambda line: typer.echo(line, err=True))


def _tell(url: str, library: Library, as_json: bool) -> None:
    """Say where it listens and which folders it works on, at once."""
    folders = {study.id: str(study.folder) for study in library.list_studies()}
    if as_json:
        print_json({"url": url, "studies": folders})
        return
    typer.echo(f"Studio is at {url} (Ctrl+C ends it)")
    for study in library.list_studies():
        own = ", your own copy of the bundled study" if study.bundled_copy else ""
        typer.echo(f"  {study.id}: {study.folder}{own}")
        if study.newer_bundled is not None:
            typer.echo("    The bundled study is another by now. Move the folder away to get a new copy; see studio.md")
