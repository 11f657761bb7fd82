"""What is said of an answer from a log in which nothing is real."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer


def is_generated(store: Path) -> bool:
    """Whether a store says that nothing in it is real; not where there is no store."""
    from beredt.errors import StoreError
    from beredt.missions.store import open_store

    try:
        return open_store(store).info.generated
    except StoreError:
        return False


def tell_generated(generated: bool) -> None:
    """Say it above an answer, so that it goes wherever the answer goes."""
    if generated:
        typer.echo("Generated: nothing in this log is real.")


def tell_which_generated(names: Sequence[str]) -> None:
    """The same of an answer from several logs, some of which are."""
    if names:
        typer.echo(f"Generated: nothing in {', '.join(names)} is real.")
