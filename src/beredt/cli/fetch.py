"""``beredt fetch``: public data brought to a folder. The only verb that asks the network for anything."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import WRONG_INPUT, faults_as_exit_codes, findings_as_json, print_json
from beredt.cli.options import JsonOption
from beredt.cli.progress import TerminalProgress

if TYPE_CHECKING:
    from beredt.fetch.fetch import Fetched
    from beredt.fetch.read_sources import Sources


def fetch(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHAT…", help="Collections, such as norway or region, or single sources; see --list."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder that the files go to.")] = None,
    municipalities: Annotated[
        str, typer.Option("--municipalities", metavar="NUMBERS", help="Only these: 3201,3203 [default: all].")
    ] = "",
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, help="Of people, maps and codes.")] = 2025,
    part: Annotated[
        str, typer.Option("--part", metavar="PART", help="Part of the country for roads: norway/ostlandet …")
    ] = "norway",
    sources: Annotated[
        Path | None,
        typer.Option("--sources", metavar="FILE", help="Sources of your own, in place of shipped ones or beside them."),
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option("--key", metavar="NAME=KEY", help="Key for a source that wants one; never written down."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Fetch what is there already, too.")] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Longest silence of a source.")
    ] = 60.0,
    list_all: Annotated[
        bool, typer.Option("--list", help="Show all sources with their licences, fetch nothing.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Download public data: roads, people, borders, places. Every file is checked, and its origin and licence noted.

    Cut off at any moment, the same command goes on where it was. A source that does not answer is an issue; the others
    are still fetched.
    """
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        from beredt.fetch.asked import Asked
        from beredt.fetch.read_sources import read_sources

        known = read_sources(sources)
        if list_all:
            _show(known, as_json)
            return
        if not what or out is None:
            raise typer.BadParameter("say what to fetch and where to: beredt fetch norway --out DIR (see --list)")
        chosen = {source.id: source for name in what for source in known.choose(name)}
        numbers = tuple(one.strip() for one in municipalities.split(",") if one.strip())
        asked = Asked(numbers, year, part, _keys(key or []))

        from beredt import __version__
        from beredt.fetch.fetch import Fetch
        from beredt.fetch.pieces import Asking
        from beredt.fetch.transfer import Transfer, make_client

        with make_client(timeout, __version__) as client:
            fetched = Fetch(out, Asking(Transfer(client), asked), progress, again).fetch_all(tuple(chosen.values()))
    if as_json:
        print_json(_as_json(out, fetched))
    else:
        typer.echo(_as_text(out, fetched))
    if fetched.issues:
        raise typer.Exit(WRONG_INPUT)


def _keys(given: list[str]) -> dict[str, str]:
    keys = dict(one.split("=", 1) for one in given if "=" in one)
    if len(keys) != len(given):
        raise typer.BadParameter("write it as NAME=KEY, each name once", param_hint="--key")
    return keys


def _show(known: Sources, as_json: bool) -> None:
    if as_json:
        shown = [source.model_dump(mode="json", exclude_none=True) for source in known.by_id.values()]
        print_json({"collections": {name: list(ids) for name, ids in known.collections.items()}, "sources": shown})
        return
    for name, ids in known.collections.items():
        typer.echo(f"{name}: {', '.join(ids)}")
    for source in known.by_id.values():
        typer.echo(f"\n{source.id}: {source.title}\n  {source.attribution}, {source.licence}\n  {source.url}")


def _as_json(out: Path, fetched: Fetched) -> dict[str, Any]:
    return {
        "folder": str(out),
        "fetched": [asdict(one) for one in fetched.new],
        "kept": [asdict(one) for one in fetched.kept],
        "issues": findings_as_json(fetched.issues),
    }


def _as_text(out: Path, fetched: Fetched) -> str:
    lines = [f"{one.file}: {one.bytes:,} bytes, {one.attribution}, {one.licence}" for one in fetched.new]
    lines += [f"{one.file}: there already, unchanged" for one in fetched.kept]
    lines += [f"Not fetched: {issue.text()}" for issue in fetched.issues]
    whole = "All is there" if not fetched.issues else f"{len(fetched.issues)} not fetched; the same command tries again"
    return "\n".join([*lines, f"{whole}. Origins and licences: {out / 'provenance.json'}, {out / 'LICENCES.md'}"])
