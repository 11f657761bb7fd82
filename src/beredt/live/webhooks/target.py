"""Where events are sent: a TOML file of targets, every fault of it an issue.

What may stand in it, with an example, is in docs/how-to/webhooks.md.
"""

from __future__ import annotations

import base64
import binascii
import tomllib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from beredt.errors import DefinitionError
from beredt.live.events.event import KINDS
from beredt.model.issue import Issue

WHAT = "file of webhooks"
REMEDY = "see docs/how-to/webhooks.md for what may stand here"
PREFIX = "whsec_"
"""What a secret begins with, so that whoever finds one somewhere knows what it is."""
LEAST_BYTES, MOST_BYTES = 24, 64
Kind = Literal[
    "unit_status", "unit_position", "incident_opened", "incident_changed", "incident_closed", "roster_changed"
]
assert get_args(Kind) == KINDS


class _Row(BaseModel):
    """A target as the file has it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")
    url: str = Field(max_length=2_000)
    organisation: str
    kinds: tuple[Kind, ...] = Field(min_length=1)
    secret: Path
    allow_http: bool = False
    allow_private: bool = False


class _File(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1]
    takes_over_after_s: float = Field(default=15.0, ge=0.5, le=3_600, allow_inf_nan=False)
    target: tuple[_Row, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Target:
    """Where events of some kinds are sent, as one organisation sees them.

    `secrets` sign what is sent, each for itself, so that one can take the place of another; they are bytes, and in no
    text that is made of this. `allow_http` lets it go without TLS, `allow_private` to addresses that the internet does
    not know.
    """

    name: str
    url: str
    organisation: str
    kinds: frozenset[str]
    secrets: tuple[bytes, ...]
    allow_http: bool = False
    allow_private: bool = False

    def __repr__(self) -> str:
        return f"Target({self.name!r}, {self.organisation!r})"


@dataclass(frozen=True, slots=True)
class WebhookRules:
    """The targets of a file, and after how many seconds without a sign of life another server sends in its place."""

    targets: tuple[Target, ...]
    takes_over_after_s: float = 15.0


def read_webhooks(path: Path, organisations: Collection[str]) -> WebhookRules:
    """The targets of a file.

    Args:
        path: of the file; secrets lie where it says, from its own folder on.
        organisations: that the study has.

    Raises:
        DefinitionError: with everything that is wrong in it.
    """
    try:
        found = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        issue = Issue(path.name, None, None, None, 1, f"it cannot be read: {error}", "give a TOML file")
        raise DefinitionError(WHAT, [issue]) from error
    except ValidationError as error:
        raise DefinitionError(WHAT, [_issue(path.name, one) for one in error.errors(include_url=False)]) from error
    issues = [issue for at, row in enumerate(found.target) for issue in _faults(path.name, at, row, organisations)]
    for name, count in Counter(row.name for row in found.target).items():
        if count > 1:
            issues.append(
                Issue(path.name, None, "name", name, count, "several targets have this name", "give each its own")
            )
    targets = [_target(path, at, row, issues) for at, row in enumerate(found.target)]
    if issues:
        raise DefinitionError(WHAT, issues)
    return WebhookRules(tuple(targets), found.takes_over_after_s)


def _faults(file: str, at: int, row: _Row, organisations: Collection[str]) -> Sequence[Issue]:
    issues = []
    if row.organisation not in organisations:
        remedy = f"the study has {', '.join(sorted(organisations))}"
        issues.append(Issue(file, None, f"target.{at}.organisation", row.organisation, 1, "the study has none such",
                            remedy))  # fmt: skip
    url = urlsplit(row.url)
    try:
        is_whole = bool(url.hostname) and url.port != 0 and url.username is None and not url.fragment
    except ValueError:
        is_whole = False
    # An address may hold a secret of the receiver: it is told nowhere.
    field = f"target.{at}.url"
    if url.scheme not in ("https", "http") or not is_whole or not row.url.isprintable() or " " in row.url:
        issues.append(Issue(file, None, field, None, 1, "it is no address", "write it as https://host/path"))
    elif url.scheme == "http" and not row.allow_http:
        remedy = "write https://, or allow_http = true where nobody can listen on the way"
        issues.append(Issue(file, None, field, None, 1, "it is not encrypted on its way", remedy))
    return issues


def _target(path: Path, at: int, row: _Row, issues: list[Issue]) -> Target:
    try:
        lines = (path.parent / row.secret).read_text(encoding="ascii").split()
        secrets = tuple(parse_secret(line) for line in lines)
        if not secrets:
            raise ValueError("it is empty")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        remedy = f"one secret a line: {PREFIX} and base64 of {LEAST_BYTES} to {MOST_BYTES} random bytes"
        message = f"the file of the secret cannot be used: {why}"
        issues.append(Issue(path.name, None, f"target.{at}.secret", str(row.secret), 1, message, remedy))
        secrets = ()
    kinds = frozenset(row.kinds)
    return Target(row.name, row.url, row.organisation, kinds, secrets, row.allow_http, row.allow_private)


def parse_secret(line: str) -> bytes:
    """The bytes of a secret. Raises ValueError, which does not tell it."""
    try:
        found = base64.b64decode(line.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("it is no base64") from None
    if not line.startswith(PREFIX) or not LEAST_BYTES <= len(found) <= MOST_BYTES:
        raise ValueError(f"a secret is {PREFIX} and base64 of {LEAST_BYTES} to {MOST_BYTES} bytes")
    return found


def _issue(name: str, one: Any) -> Issue:
    field = ".".join(str(part) for part in one["loc"]) or None
    value = "…" if field is not None and field.endswith(("url", "secret")) else str(one.get("input", ""))[:60]
    return Issue(name, None, field, value, 1, str(one["msg"]), REMEDY)
