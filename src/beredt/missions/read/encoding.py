"""Which encoding a text file is in, told by its bytes."""

from __future__ import annotations

import codecs

SAMPLE = 4 << 20
"""Bytes that are looked at."""

SINGLE_BYTE = ("windows-1252", "cp865", "cp850", "mac-roman")
"""Encodings that Norwegian and other western files are found in, likeliest first."""

_LETTERS = frozenset("æøåÆØÅäöüÄÖÜéèêóòôáàíúñçßÉ§–°’ ")


def guess_encoding(sample: bytes) -> str:
    """The encoding of a file that begins with `sample`: utf-8 where that is possible, else the likeliest.

    A single-byte encoding is judged by the share of its characters above 127 that are letters of western Europe.
    """
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8"
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[offset:4000:2]
        if len(half) > 8 and half.count(0) > 0.8 * len(half):
            return name
    if _is_utf8(sample):
        return "utf-8"
    high = bytes(byte for byte in sample if byte >= 0x80)
    return max(SINGLE_BYTE, key=lambda name: (_letters(high, name), -SINGLE_BYTE.index(name)))


def _is_utf8(sample: bytes) -> bool:
    """Whether the bytes are UTF-8, but for a character that the end of the sample may cut through."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _letters(high: bytes, encoding: str) -> float:
    text = high.decode(encoding, errors="replace")
    return sum(char in _LETTERS for char in text) / max(len(text), 1)


def to_utf8(content: bytes, encoding: str) -> tuple[bytes, list[int]]:
    """The same text in UTF-8, and the lines (from 0) that are not in `encoding`, which are read as windows-1252.

    Bytes that no encoding knows become the replacement character.
    """
    if content.isascii():
        return content, []
    try:
        if encoding == "utf-8":
            content.decode("utf-8")
            return content, []
        return content.decode(encoding).encode("utf-8"), []
    except UnicodeDecodeError:
        return _line_by_line(content, encoding)


def _line_by_line(content: bytes, encoding: str) -> tuple[bytes, list[int]]:
    lines, foreign = [], []
    for number, line in enumerate(content.split(b"\n")):
        try:
            lines.append(line.decode(encoding))
        except UnicodeDecodeError:
            lines.append(line.decode("windows-1252", errors="replace"))
            foreign.append(number)
    return "\n".join(lines).encode("utf-8"), foreign
