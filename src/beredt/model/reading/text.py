"""Bytes to text: UTF-8, with or without a byte order mark."""

from __future__ import annotations

import codecs

from beredt.model.issue import Issue


def decode(file: str, content: bytes) -> tuple[str | None, tuple[Issue, ...]]:
    """The text of a file with line feeds only, or None and the issue that says where it is not UTF-8."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, (_issue(file, 1, shown_bytes(content[:2]), "the file is UTF-16, not UTF-8"),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = shown_bytes(content[error.start : error.start + 1])
        return None, (_issue(file, line, found, f"not UTF-8: byte {error.start} {_guess(content, error.start)}"),)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return None, (_issue(file, line, "\\x00", "the file holds a NUL character: it is not text, or damaged"),)
    return text.replace("\r\n", "\n"), ()


def shown_bytes(content: bytes) -> str:
    """Bytes as hexadecimal escapes."""
    return "".join(f"\\x{byte:02x}" for byte in content)


def _guess(content: bytes, position: int) -> str:
    letter = content[position : position + 1].decode("windows-1252", errors="replace")
    return f"would be {letter!r} in windows-1252" if letter.isalpha() else "begins no letter"


def _issue(file: str, line: int, value: str, message: str) -> Issue:
    return Issue(file, line, None, value, 1, message, "save the file with the encoding UTF-8")
