"""``beredt missions profiles``: which forms of log are known."""

from __future__ import annotations

from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption


def missions_profiles(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Print this profile's file, to make one's own from it.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the profiles that come with the program, or print one."""
    with faults_as_exit_codes(as_json):
        from beredt.missions.find_profile import load_profile, load_shipped_profiles, read_shipped

        if name is not None:
            load_profile(name)
            text = read_shipped(name)
        profiles = {key: loaded.profile for key, loaded in load_shipped_profiles().items()}
    if name is not None:
        if as_json:
            print_json({"profile": name, "text": text})
        else:
            typer.echo(text, nl=False)
    elif as_json:
        print_json({"profiles": [{"id": key, **one.model_dump(include={"title", "description", "zone"})}
                                 for key, one in profiles.items()]})  # fmt: skip
    else:
        for key, one in profiles.items():
            typer.echo(f"{key}: {one.title.get('en', key)}. {one.description.get('en', '')}")
