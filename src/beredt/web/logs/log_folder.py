"""The folder of one log: its file, its own profile, the store that an import made, its queue."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.errors import OptionError, StoreError
from beredt.web.logs.log import OWN, MissionLog

if TYPE_CHECKING:
    from beredt.missions.find_profile import LoadedProfile
    from beredt.missions.store import Store

LOG_FILE = "log.json"
IMPORTED_FILE = "imported.json"
"""Which store holds, and what was told of it. Written in one step when the store is whole."""

STORES = "stores"


@dataclass(frozen=True, slots=True)
class LogFolder:
    """`path` is the folder of `log`; `incoming` the folder where files lie that people put beside the server."""

    path: Path
    log: MissionLog
    incoming: Path | None

    @property
    def own_profile(self) -> Path:
        """One's own profile, be it there or not."""
        return self.path / "profile.toml"

    def beside_path(self, kind: str, name: str) -> Path:
        """Where a file of a kind, such as a roster, and of this name lies beside the log."""
        return self.path / kind / name

    def find_beside(self, kind: str) -> Path | None:
        """The file of a kind that indicators are counted with; None where there is none."""
        name = str(getattr(self.log, kind))
        path = self.beside_path(kind, name) if name else None
        return path if path and path.is_file() else None

    @property
    def queue(self) -> Path:
        """The queue of missions under review, be it there or not. Another import leaves it as it is."""
        return self.path / "review.sqlite"

    def find_file(self) -> Path | None:
        """The log as it was exported; None for a store, and where it was thrown away."""
        if self.log.origin == "store":
            return None
        folder = self.path / "file" if self.log.origin == "upload" else self.incoming
        file = folder / self.log.name if folder else None
        return file if file and file.is_file() else None

    def get_file(self) -> Path:
        """The log as it was exported. Raises OptionError where it is gone."""
        file = self.find_file()
        if file is None:
            raise OptionError("log", self.log.name, "its file is not here any more", "upload it again as another log")
        return file

    def load_profile(self, name: str) -> LoadedProfile:
        """A profile that comes with the program, or one's own. Raises UnknownIdError and ProfileError."""
        from beredt.missions.find_profile import load_profile, load_shipped_profiles

        if name == OWN and self.own_profile.is_file():
            return load_profile(str(self.own_profile))
        if name not in load_shipped_profiles():
            from beredt.errors import UnknownIdError

            raise UnknownIdError("profile", name, load_shipped_profiles())
        return load_profile(name)

    # ---- what an import made

    def store_path(self, made_by: str) -> Path:
        """Where an import, by the id of its job, makes its store."""
        return self.path / STORES / made_by

    def find_imported(self) -> Mapping[str, Any] | None:
        """What `set_imported` has kept, None before the first import."""
        try:
            told = json.loads((self.path / IMPORTED_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return told if isinstance(told, dict) else None

    def set_imported(self, told: Mapping[str, Any]) -> None:
        """Have the store of `told["store"]` hold from now on, and throw away those before it."""
        from beredt.missions.write_files import write_json

        write_json(told, self.path / IMPORTED_FILE)
        for other in (self.path / STORES).glob("*"):
            if other.name != told["store"]:
                shutil.rmtree(other, ignore_errors=True)

    def keep_told(self, told: Mapping[str, Any]) -> None:
        """Keep what was told of a store that lies beside the server."""
        from beredt.missions.write_files import write_json

        write_json(told, self.path / IMPORTED_FILE)

    def find_store(self) -> Store | None:
        """The store that holds, None before the first import. Raises StoreError where it was spoilt."""
        from beredt.missions.store import open_store

        if self.log.origin == "store":
            return open_store(self._laid_store())
        told = self.find_imported()
        return None if told is None else open_store(self.store_path(str(told["store"])))

    def get_store(self) -> Store:
        """The store that holds. Raises OptionError before the first import."""
        store = self.find_store()
        if store is None:
            raise OptionError("log", self.log.name, "it is not imported yet", "import it first")
        return store

    @property
    def version(self) -> str:
        """Which import holds, "" before the first: what was made from another is out of date."""
        if self.log.origin == "store":
            return "store"
        return str((self.find_imported() or {}).get("store", ""))

    def _laid_store(self) -> Path:
        if self.incoming is None:
            raise StoreError(self.path, "this server has no folder for stores that are laid beside it")
        return self.incoming / self.log.name
