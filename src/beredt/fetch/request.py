"""One request, and the piece of a source that its answer becomes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from beredt.errors import OptionError
from beredt.fetch.asked import Asked
from beredt.fetch.source import Source


@dataclass(frozen=True, slots=True)
class Request:
    """An address, and what is sent there; `secret` headers are never written down."""

    url: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def method(self) -> str:
        """GET where nothing is sent, else POST."""
        return "GET" if self.body is None else "POST"

    @property
    def checksum(self) -> str:
        """What tells requests apart: address and body."""
        return hashlib.sha256(self.url.encode() + b"\n" + (self.body or b"")).hexdigest()


@dataclass(frozen=True, slots=True)
class Piece:
    """A request and the name of the file, below the folder, that its answer becomes."""

    file: str
    request: Request


def make_request(source: Source, asked: Asked, url: str | None = None, municipality: str | None = None) -> Request:
    """The request to a source, at its own address if no other is given.

    Raises OptionError when a secret is needed that the call does not give.
    """
    headers, body = dict(source.headers), None
    if isinstance(source.body, str):
        body = asked.fill(source.body, municipality).encode()
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
    elif source.body is not None:
        body = as_json(asked.fill_all(source.body))
        headers.setdefault("Content-Type", "application/json")
    return Request(asked.fill(url or source.url, municipality), body, headers, _secret(source, asked))


def _secret(source: Source, asked: Asked) -> dict[str, str]:
    if source.key is None or source.key_header is None:
        return {}
    if source.key not in asked.keys:
        remedy = f"ask for one at {source.about} and give it with --key {source.key}=…, or leave the source out"
        raise OptionError("--key", source.key, f"{source.id} answers only those who send a key", remedy)
    return {source.key_header: asked.keys[source.key]}


def as_json(value: Any) -> bytes:
    """A body in JSON, always with the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
