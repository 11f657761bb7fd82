"""Which fetched file is which: found by the provenance beside them, and checked to be as they were fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from beredt.errors import FoundingError
from beredt.fetch.provenance import PROVENANCE, Origin, read_provenance
from beredt.fetch.transfer import sha256_of
from beredt.model.issue import Issue


@dataclass(frozen=True, slots=True)
class FetchedFiles:
    """The files of a folder that `beredt fetch` filled, by source."""

    folder: Path
    origins: tuple[Origin, ...]

    def list_of(self, source: str) -> tuple[Path, ...]:
        """All files of a source, sorted by name; none where it was not fetched."""
        return tuple(self.folder / one.file for one in self.origins if one.source == source)

    def find(self, source: str) -> Path | None:
        """The file of a source; of several, as of several years, the one that comes last by name."""
        files = self.list_of(source)
        return files[-1] if files else None

    def get(self, source: str) -> Path:
        """The file of a source. Raises FoundingError where it was not fetched."""
        path = self.find(source)
        if path is None:
            message, remedy = f"nothing of {source} is there", f"beredt fetch {source} --out {self.folder}"
            raise FoundingError([Issue(PROVENANCE, None, None, source, 1, message, remedy)])
        return path

    def origins_of(self, *sources: str) -> tuple[Origin, ...]:
        """Where the files of some sources come from."""
        return tuple(one for one in self.origins if one.source in sources)


def read_fetched(folder: Path) -> FetchedFiles:
    """Look through a folder.

    Raises FoundingError where nothing was fetched, or where a file is missing or was changed since; ResultsError where
    the provenance cannot be read.
    """
    origins = tuple(sorted(read_provenance(folder), key=lambda one: one.file))
    if not origins:
        message = "there is no provenance of fetched files"
        remedy = f"beredt fetch region --municipalities … --out {folder}"
        raise FoundingError([Issue(str(folder / PROVENANCE), None, None, None, 1, message, remedy)])
    changed = [
        Issue(
            one.file,
            None,
            None,
            None,
            1,
            "is missing, or is not as it was fetched",
            f"beredt fetch {one.source} --again",
        )
        for one in origins
        if not (folder / one.file).is_file() or sha256_of(folder / one.file) != one.sha256
    ]
    if changed:
        raise FoundingError(changed)
    return FetchedFiles(folder, origins)
