"""How every verb answers: on stdout what was asked for, on stderr the rest, and an exit code to rely on."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import typer

if TYPE_CHECKING:
    from beredt.errors import BeredtError, Finding

WRONG_INPUT = 1
"""Exit code when what was given to work on is at fault."""

WRONG_CALL = 2
"""Exit code when the command itself is at fault: an unknown option, a name that is not there."""


def print_json(answer: Mapping[str, Any]) -> None:
    """Print an answer as one JSON document on stdout."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))


@contextmanager
def faults_as_exit_codes(as_json: bool) -> Iterator[None]:
    """Turn Beredt's own errors into a list of faults and an exit code.

    Any other exception is a fault of the program and keeps its traceback.

    Args:
        as_json: Print the faults as JSON on stdout; otherwise as text on stderr.

    Raises:
        typer.Exit: For every :class:`~beredt.errors.BeredtError` raised inside: with code 2 when something that the
            call names does not exist or cannot be used, otherwise with code 1.
    """
    from beredt.errors import BeredtError, ClusterError, OptionError, StudyNotFoundError, UnknownIdError

    try:
        yield
    except BeredtError as error:
        if as_json:
            print_json(_faults(error))
        else:
            typer.echo(f"Error: {error}", err=True)
        wrong_call = isinstance(error, StudyNotFoundError | UnknownIdError | OptionError | ClusterError)
        raise typer.Exit(WRONG_CALL if wrong_call else WRONG_INPUT) from None


def _faults(error: BeredtError) -> dict[str, Any]:
    from beredt.errors import EditError, StudyError

    if isinstance(error, StudyError):
        return {"issues": findings_as_json(error.issues)}
    if isinstance(error, EditError):
        return {"complaints": findings_as_json(error.complaints)}
    return {"error": str(error)}


def findings_as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Give every issue or complaint, dataclasses all, as a mapping of its fields, in the same order."""
    return [_finite(dataclasses.asdict(cast("Any", finding))) for finding in findings]


def _finite(fields: dict[str, Any]) -> dict[str, Any]:
    """Write a number that JSON does not know, such as the latitude of a spoilt row, as null."""
    return {
        key: None if isinstance(value, float) and not math.isfinite(value) else value for key, value in fields.items()
    }
