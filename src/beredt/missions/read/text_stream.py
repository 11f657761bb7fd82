"""The bytes of a text file from any place on: plain, gzipped, or in an encoding of two bytes a character."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from pathlib import Path
from typing import Protocol

from beredt.errors import LogError
from beredt.missions.read.encoding import SAMPLE, guess_encoding
from beredt.model.issue import Issue

STEP = 16 << 20


def sniff(path: Path, encoding: str = "guess") -> tuple[bytes, str]:
    """The first bytes of a file, and its encoding. Those of UTF-16 are given as UTF-8."""
    with _unpacked(path) as stream:
        sample = stream.read(SAMPLE)
    if encoding == "guess":
        encoding = guess_encoding(sample)
    if is_wide(encoding):
        sample = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace").encode("utf-8")
    return sample.removeprefix(codecs.BOM_UTF8), codecs.lookup(encoding).name


def is_wide(encoding: str) -> bool:
    """Whether a line feed is more than one byte."""
    return codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))


class Stream(Protocol):
    """Bytes that can be read once."""

    def read(self, size: int, /) -> bytes:
        """At most about `size` bytes; none at the end only."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


def open_at(path: Path, encoding: str, offset: int) -> Stream:
    """A stream of a file's bytes (those of UTF-16 as UTF-8) that begins `offset` bytes into it."""
    packed = _unpacked(path)
    if not is_wide(encoding) and isinstance(packed, io.BufferedReader):
        packed.seek(offset)
        return packed
    stream: Stream = _Narrowed(packed, encoding) if is_wide(encoding) else packed
    while offset > 0 and (passed := len(stream.read(min(STEP, offset)))):
        offset -= passed
    return stream


class _Narrowed:
    """UTF-16 as UTF-8, without a byte order mark. What is read is never more than was asked for."""

    def __init__(self, stream: Stream, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._held, self._begun = b"", False

    def read(self, size: int, /) -> bytes:
        while not self._held:
            raw = self._stream.read(STEP)
            text = self._decoder.decode(raw, final=not raw)
            if not self._begun and text:
                text, self._begun = text.removeprefix("\ufeff"), True
            self._held = text.encode("utf-8", "replace")
            if not raw:
                break
        given, self._held = self._held[:size], self._held[size:]
        return given

    def close(self) -> None:
        self._stream.close()


def _unpacked(path: Path) -> gzip.GzipFile | io.BufferedReader:
    stream = path.open("rb")
    magic = stream.read(2)
    stream.seek(0)
    if magic != b"\x1f\x8b":
        return stream
    stream.close()
    return _Packed(path)


class _Packed(gzip.GzipFile):
    """A gzipped file that says so when it was cut off or is damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self._path = path

    def read(self, size: int | None = -1) -> bytes:
        try:
            return super().read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            message = f"the packed file is cut off or damaged: {error}"
            issue = Issue(self._path.name, None, None, None, 1, message, "copy or export it again, whole")
            raise LogError([issue]) from error
