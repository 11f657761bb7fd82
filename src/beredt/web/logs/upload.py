"""A log on its way from the browser to the disk: never in memory, and whole or not there."""

from __future__ import annotations

import os
from asyncio import to_thread
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from beredt.errors import UploadError
from beredt.web.access.upload import size_text

WRITTEN_AT_ONCE = 1 << 20
"""Bytes that are gathered before they are written."""

ROOM_LEFT = 256 << 20
"""Bytes of the disk that an upload leaves free."""


async def receive_file(stream: AsyncIterator[bytes], path: Path, size: int | None, largest: int) -> int:
    """Write what arrives into a file that nobody else can read, and answer how many bytes it has.

    Args:
        stream: What arrives. What it raises when the connection ends is raised on.
        path: A file that is not there yet.
        size: How many bytes the page has sent, None where it does not say.
        largest: Most bytes that are taken.

    Raises:
        UploadError: It is empty, cut off, or too large, or there is no room.
    """
    if size is not None and size > free_bytes(path.parent) - ROOM_LEFT:
        raise UploadError(507, f"there is no room for {size_text(size)} on the disk of the server",
                          "make room there, or give another folder with --data")  # fmt: skip
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:  # what waits in memory is written at the end of it at the latest
            taken = await _write(stream, file, largest)
    except OSError as error:
        raise UploadError(507, f"the file could not be written: {error.strerror or error}",
                          "make room on the disk of the server, and send it again") from error  # fmt: skip
    if size is not None and taken != size:
        raise UploadError(400, f"only {taken:,} of {size:,} bytes arrived: the connection was cut off",
                          "send it again; nothing was kept")  # fmt: skip
    if taken == 0:
        raise UploadError(422, "the file is empty", "look at the export, and choose the file again")
    return taken


def free_bytes(folder: Path) -> int:
    """Room on the disk of a folder."""
    import shutil

    return shutil.disk_usage(folder).free


async def _write(stream: AsyncIterator[bytes], file: BinaryIO, largest: int) -> int:
    taken, waiting = 0, bytearray()
    async for piece in stream:
        taken += len(piece)
        if taken > largest:
            raise UploadError(413, f"the file is larger than {size_text(largest)}", "compress it with gzip, or "
                              "lay it into the folder `incoming` of the server's data folder")  # fmt: skip
        waiting += piece
        if len(waiting) >= WRITTEN_AT_ONCE:
            await to_thread(file.write, bytes(waiting))
            waiting.clear()
    await to_thread(file.write, bytes(waiting))
    await to_thread(file.flush)
    await to_thread(os.fsync, file.fileno())
    return taken
