"""The bytes of a text file from any place on: plain, gzipped, or in an encoding of two bytes a character."""

from __future__ import annotations

import codecs
import gzip
from pathlib import Path
from typing import IO, cast

from beredt.missions.read.encoding import SAMPLE, guess_encoding

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


def open_at(path: Path, encoding: str, offset: int) -> IO[bytes]:
    """A stream of a file's bytes (those of UTF-16 as UTF-8) that begins `offset` bytes into it."""
    stream = _unpacked(path)
    if is_wide(encoding):
        stream = cast("IO[bytes]", codecs.EncodedFile(stream, "utf-8", encoding))
    elif stream.seekable() and not isinstance(stream, gzip.GzipFile):
        stream.seek(offset)
        return stream
    while offset > 0:
        passed = len(stream.read(min(STEP, offset)))
        if not passed:
            break
        offset -= passed
    return stream


def _unpacked(path: Path) -> IO[bytes]:
    stream: IO[bytes] = path.open("rb")
    magic = stream.read(2)
    stream.seek(0)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if magic == b"\x1f\x8b" else stream
