"""Bring sources to a folder, one after the other; what is there already and has not changed is left."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from beredt import __version__
from beredt.errors import BeredtError, FetchError
from beredt.fetch.dotted import find_dotted
from beredt.fetch.forms.check import check_form
from beredt.fetch.forms.differs import DiffersError
from beredt.fetch.pieces import Asking
from beredt.fetch.provenance import Origin, read_provenance, write_provenance
from beredt.fetch.request import Piece, Request
from beredt.fetch.source import Source
from beredt.fetch.transfer import Arrived, forget, keep, sha256_of
from beredt.model.issue import Issue

MEGABYTE = 1_000_000
MOST_PAGES = 100_000


class Progress(Protocol):
    """Told how far it has come; `say` prints a line."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...  # noqa: D102
    def say(self, line: str) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of it: files that are new, files that were there, and an issue for every source that did not answer."""

    new: tuple[Origin, ...]
    kept: tuple[Origin, ...]
    issues: tuple[Issue, ...]


@dataclass(slots=True)
class Fetch:
    """One call of `beredt fetch`.

    Attributes:
        folder: where files go; made when needed.
        asking: knows what is asked for, and asks.
        progress: told how far it has come.
        again: fetch what is there already, too.
        now: the time, for the provenance.
    """

    folder: Path
    asking: Asking
    progress: Progress
    again: bool = False
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _origins: dict[str, Origin] = field(default_factory=dict)

    def fetch_all(self, sources: Sequence[Source]) -> Fetched:
        """Fetch sources in their order. One that does not answer is an issue, and the others are still fetched.

        Raises FetchError where nothing can be written, ResultsError where the folder's provenance cannot be read.
        """
        self._origins = {one.file: one for one in read_provenance(self.folder)}
        new: list[Origin] = []
        kept: list[Origin] = []
        issues: list[Issue] = []
        for source in sources:
            try:
                self._fetch_source(source, new, kept)
            except BeredtError as error:
                issues.append(_issue(source, error))
                self.progress.say(f"{source.id}: {error}")
        return Fetched(tuple(new), tuple(kept), tuple(issues))

    def _fetch_source(self, source: Source, new: list[Origin], kept: list[Origin]) -> None:
        pieces = self.asking.list_pieces(source)
        for place, piece in enumerate(pieces):
            found = None if self.again else self._find_kept(piece)
            if found is not None:
                kept.append(found)
                continue
            if place and source.pause_s:
                self.asking.sleep(source.pause_s)
            origin = self._fetch_piece(source, piece)
            new.append(origin)
            self._origins[origin.file] = origin
            write_provenance(self.folder, tuple(self._origins.values()), __version__)

    def _find_kept(self, piece: Piece) -> Origin | None:
        """The file as it was fetched by the same request before, if not a byte of it has changed since."""
        before, path = self._origins.get(piece.file), self.folder / piece.file
        if before is None or before.request != piece.request.checksum or not path.is_file():
            return None
        same = path.stat().st_size == before.bytes and sha256_of(path) == before.sha256
        return before if same else None

    def _fetch_piece(self, source: Source, piece: Piece) -> Origin:
        path = self.folder / piece.file
        part = path.with_name(f"{path.name}.part")
        _make_folder(path.parent)
        stage = f"{source.id}: {piece.file}, MB"
        if source.items is not None:
            arrived = self._bring_pages(source, piece.request, part, stage)
        else:
            arrived = self.asking.transfer.bring(piece.request, part, self._told(stage))
        self._check(source, piece, part)
        keep(part, path)
        done = max(1, arrived.bytes // MEGABYTE)
        self.progress(stage, done, done)
        return self._origin(source, piece, arrived)

    def _told(self, stage: str) -> Callable[[int, int | None], None]:
        def told(length: int, whole: int | None) -> None:
            total = max(1, (whole or length) // MEGABYTE)
            self.progress(stage, min(length // MEGABYTE, total - 1), total)

        return told

    def _bring_pages(self, source: Source, request: Request, part: Path, stage: str) -> Arrived:
        """Follow the pages and write what they hold as one list."""
        items: list[object] = []
        url: str | None = request.url
        for page in range(MOST_PAGES):
            if url is None:
                break
            if page and source.pause_s:
                self.asking.sleep(source.pause_s)
            content = self.asking.transfer.read(Request(url, request.body, request.headers, request.secret))
            try:
                document = json.loads(content)
            except ValueError as error:
                raise FetchError(url, f"page {page + 1} is no JSON: {error}", "call again") from error
            held = find_dotted(document, source.items or "")
            if not isinstance(held, list):
                raise FetchError(url, f"page {page + 1} holds no list {source.items!r}", "look at the address")
            items += held
            following = find_dotted(document, source.next) if source.next and held else None
            url = str(following) if following and following != url else None
            self.progress(stage, page, page + 2)
        else:
            raise FetchError(request.url, f"there are more than {MOST_PAGES:,} pages", "ask for less at once")
        part.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
        return Arrived(part.stat().st_size, sha256_of(part), None, None)

    def _check(self, source: Source, piece: Piece, part: Path) -> None:
        """Hold the answer to the source's checksum and form; one that fails is thrown away."""
        try:
            told = self.asking.find_checksum(source)
            if told is not None and told != _md5_of(part):
                message = f"the file is not the one whose checksum the source tells ({told})"
                raise FetchError(piece.request.url, message, "call again; the source may have changed in between")
            check_form(part, source)
        except DiffersError as differs:
            forget(part)
            remedy = "see what it is called now, and say so in a table of your own, --sources FILE"
            raise FetchError(piece.request.url, f"the answer has changed: {differs}", remedy) from differs
        except FetchError:
            forget(part)
            raise

    def _origin(self, source: Source, piece: Piece, arrived: Arrived) -> Origin:
        return Origin(
            source=source.id,
            file=piece.file,
            url=piece.request.url,
            method=piece.request.method,
            request=piece.request.checksum,
            asked_utc=self.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            bytes=arrived.bytes,
            sha256=arrived.sha256,
            etag=arrived.etag,
            last_modified=arrived.last_modified,
            licence=source.licence,
            attribution=source.attribution,
            about=source.about,
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FetchError(str(folder), f"cannot be made: {error.strerror or error}", "name another folder") from error


def _md5_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _issue(source: Source, error: BeredtError) -> Issue:
    message, remedy = (error.message, error.remedy) if isinstance(error, FetchError) else (str(error), "call again")
    where = error.url if isinstance(error, FetchError) else source.url
    return Issue(source.id, None, None, where, 1, message, remedy)
