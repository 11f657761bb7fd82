"""One answer brought to the disk: cut off and taken up again, whole or not there at all."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx2

from beredt.errors import FetchError
from beredt.fetch.request import Request

ATTEMPTS = 6
"""How often one answer is tried for in a row without a single byte more than before."""
LONGEST_WAIT_S = 120.0
"""A source that asks for more patience than this is told to the person instead."""
PASSING = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT,
    }
)  # fmt: skip
"""Answers that may be another one a little later."""

Told = Callable[[int, int | None], None]
"""Told how many bytes are here, and of how many, None where the source does not say."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is known of an answer: its length and SHA-256, and what the source says of its version."""

    bytes: int
    sha256: str
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Transfer:
    """Brings answers to the disk with one client. `sleep` waits, so that tests need not."""

    client: httpx2.Client
    sleep: Callable[[float], None] = time.sleep

    def bring(self, request: Request, part: Path, told: Told) -> Arrived:
        """Write the answer to `part`, going on where an earlier try of the same request was cut off.

        A source that can go on has said so with a version (ETag or date) that must still be the same; otherwise the
        file is begun anew. Raises FetchError when the source refuses, or when nothing more comes after six tries in a
        row; what has come stays in `part` for the next call.
        """
        tries, before = 0, _length(part)
        while True:
            try:
                return self._try(request, part, told)
            except _PassingError as passing:
                length = _length(part)
                tries = 1 if length > before else tries + 1
                before = length
                wait_s = passing.wait_s if passing.wait_s is not None else min(2.0 ** (tries - 1), 30.0)
                if tries >= ATTEMPTS or wait_s > LONGEST_WAIT_S:
                    raise FetchError(request.url, passing.message, passing.remedy) from passing.__cause__
                self.sleep(wait_s)

    def read(self, request: Request) -> bytes:
        """A short answer, kept in memory. Raises FetchError."""
        for tries in range(ATTEMPTS):
            try:
                with _passing(request):
                    answer = self.client.request(
                        request.method, request.url, content=request.body, headers={**request.headers, **request.secret}
                    )
                    _refuse(answer, request)
                    return answer.content
            except _PassingError as passing:
                wait_s = passing.wait_s if passing.wait_s is not None else min(2.0**tries, 30.0)
                if tries == ATTEMPTS - 1 or wait_s > LONGEST_WAIT_S:
                    raise FetchError(request.url, passing.message, passing.remedy) from passing.__cause__
                self.sleep(wait_s)
        raise AssertionError("every try ends above")

    def _try(self, request: Request, part: Path, told: Told) -> Arrived:
        kept = _Kept.read(part, request)
        headers = {**request.headers, **request.secret, "Accept-Encoding": "identity", **kept.ask()}
        with (
            _passing(request),
            self.client.stream(request.method, request.url, content=request.body, headers=headers) as answer,
        ):
            if answer.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                forget(part)
                raise _PassingError("the source cannot go on where it was cut off", "try again", wait_s=0.0)
            _refuse(answer, request)
            begun = kept.length if kept.goes_on(answer) else 0
            version = _Kept.of(answer, request, begun)
            version.write(part)
            whole = _whole_length(answer, begun)
            _append(answer, part, begun, lambda length: told(length, whole))
        length = part.stat().st_size
        if whole is not None and length != whole:
            raise _PassingError(f"{length} of {whole} bytes came", "look at the network, then call again")
        return Arrived(length, sha256_of(part), version.etag, version.last_modified)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is known of a part that was cut off: of which request and version it is, and how long."""

    request: str
    etag: str | None
    last_modified: str | None
    length: int = 0

    @classmethod
    def read(cls, part: Path, request: Request) -> _Kept:
        try:
            noted = json.loads(_note_of(part).read_text(encoding="utf-8"))
            if noted["request"] == request.checksum and request.body is None:
                return cls(noted["request"], noted["etag"], noted["last_modified"], _length(part))
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return cls(request.checksum, None, None)

    @classmethod
    def of(cls, answer: httpx2.Response, request: Request, length: int) -> _Kept:
        etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
        return cls(request.checksum, etag, modified, length)

    def ask(self) -> dict[str, str]:
        version = self._version()
        return {"Range": f"bytes={self.length}-", "If-Range": version} if self.length and version else {}

    def goes_on(self, answer: httpx2.Response) -> bool:
        """Whether the answer is what is missing, and of the same version."""
        if answer.status_code != HTTPStatus.PARTIAL_CONTENT:
            return False
        begins = answer.headers.get("content-range", "").startswith(f"bytes {self.length}-")
        same = answer.headers.get("etag", self.etag) == self.etag
        if not (begins and same):
            raise FetchError(
                str(answer.url), "the source went on at another place, or with another version", "call again"
            )
        return True

    def write(self, part: Path) -> None:
        part.parent.mkdir(parents=True, exist_ok=True)
        noted = {"request": self.request, "etag": self.etag, "last_modified": self.last_modified}
        _note_of(part).write_text(json.dumps(noted), encoding="utf-8")

    def _version(self) -> str | None:
        """A weak ETag says that two versions mean the same, not that their bytes are."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


class _PassingError(Exception):
    def __init__(self, message: str, remedy: str, wait_s: float | None = None) -> None:
        self.message, self.remedy, self.wait_s = message, remedy, wait_s
        super().__init__(message)


def forget(part: Path) -> None:
    """Remove a part and the note beside it."""
    part.unlink(missing_ok=True)
    _note_of(part).unlink(missing_ok=True)


def keep(part: Path, path: Path) -> None:
    """Give a part that is whole its name, once it is safe on the disk."""
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    path.parent.mkdir(parents=True, exist_ok=True)
    part.replace(path)
    forget(part)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _append(answer: httpx2.Response, part: Path, begun: int, told: Callable[[int], None]) -> None:
    with part.open("r+b" if begun else "wb") as stream:
        stream.seek(begun)
        stream.truncate()
        length = begun
        for block in answer.iter_raw():  # as it comes: a block that waits to be full would be lost in a cut
            stream.write(block)
            length += len(block)
            told(length)


def _whole_length(answer: httpx2.Response, begun: int) -> int | None:
    length = answer.headers.get("content-length", "")
    return begun + int(length) if length.isdigit() and "content-encoding" not in answer.headers else None


def _refuse(answer: httpx2.Response, request: Request) -> None:
    status = answer.status_code
    if status in PASSING:
        said = f"the source answers {status} {answer.reason_phrase}".rstrip()
        raise _PassingError(said, "call again later; what has come is kept", _wait_asked_for(answer))
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        remedy = {
            HTTPStatus.UNAUTHORIZED: "give a key that is valid, --key NAME=VALUE",
            HTTPStatus.FORBIDDEN: "give a key that is valid, --key NAME=VALUE",
            HTTPStatus.NOT_FOUND: "look up where it has gone, and give a table of sources of your own, --sources FILE",
        }.get(HTTPStatus(status), "look at the address; another one is given in a table of your own, --sources FILE")
        raise FetchError(request.url, f"the source answers {status} {answer.reason_phrase}".rstrip(), remedy)


def _wait_asked_for(answer: httpx2.Response) -> float | None:
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isdigit():
        return float(asked)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


@contextmanager
def _passing(request: Request) -> Iterator[None]:
    """Turn what the network does into something to try again, and what can never go well into an error."""
    try:
        yield
    except httpx2.TimeoutException as error:
        raise _PassingError("the source is too slow", "call again later; what has come is kept") from error
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
        raise FetchError(request.url, f"no such address: {error}", "give one that begins with https://") from error
    except httpx2.TransportError as error:
        said = str(error) or type(error).__name__
        raise _PassingError(f"the connection failed: {said}", "look at the network, then call again") from error
    except OSError as error:
        raise FetchError(
            request.url, f"nothing can be written: {error.strerror or error}", "make room, then call again"
        ) from error


def _length(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _note_of(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def make_client(timeout_s: float, version: str) -> httpx2.Client:
    """The client all requests go through; proxies are those that the machine names in its environment."""
    headers: dict[str, Any] = {"User-Agent": f"Beredt/{version} (planning of ambulance services)"}
    return httpx2.Client(headers=headers | {"X-Client": "Beredt"}, timeout=timeout_s, follow_redirects=True)
