"""The job that imports a mission log: read and cleaned into a store, which holds as soon as it is whole.

The store is made in a folder named after the job. Killed at any moment, the same job goes on where it was; until then
the store of the import before holds.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.web.logs.data_folder import shelf_of_job
from beredt.web.logs.log import OWN

if TYPE_CHECKING:
    from beredt.missions.find_profile import LoadedProfile
    from beredt.missions.store import Store
    from beredt.web.jobs.work import Teller
    from beredt.web.logs.log_folder import LogFolder

LOG_IMPORT = "log_import"
PROFILE = "profile.toml"


def lay_profile(own: LogFolder, profile: str, job_folder: Path) -> None:
    """Lay one's own profile into a job's folder: what is imported is what was asked for, whatever changes later."""
    if profile == OWN:
        shutil.copyfile(own.own_profile, job_folder / PROFILE)


def import_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Import a log of the data folder.

    `options` holds `study`, `log` (ids), `profile`, `without` (rules), `generated` and `who`.
    """
    from beredt.missions.importing.import_log import import_log
    from beredt.missions.importing.plan import ImportPlan
    from beredt.missions.read.identity import default_key_file, load_or_make_key
    from beredt.missions.store import INFO_FILE, open_store
    from beredt.web.logs.told import tell_header, tell_store

    shelf = shelf_of_job(folder)
    log = shelf.get(options["study"], options["log"])
    own = shelf.folder_of(log)
    loaded = _profile(folder, own, options["profile"])
    hashes = bool(loaded.profile.columns.patient) or loaded.profile.key.how == "hash"
    key = load_or_make_key(default_key_file()) if hashes else b""
    out = own.store_path(folder.name)
    plan = ImportPlan((own.get_file(),), loaded, out, tuple(options["without"]), options["generated"], key)
    store: Store
    if (out / INFO_FILE).is_file() and not plan.work.is_dir():
        store = open_store(out)  # stopped between the last file of the store and the word that it holds
    else:
        out.parent.mkdir(mode=0o700, exist_ok=True)
        store = import_log(plan, teller.progress, teller.say).store
    columns = log.header.columns if log.header else ()
    told = {
        "store": folder.name,
        "at_s": time.time(),
        "who": options["who"],
        **tell_header(log.name, columns, loaded.profile),
        **tell_store(store),
    }
    own.set_imported(told)
    info = store.info
    return {"rows_in": info.rows_in, "missions": info.missions, "incidents": info.incidents, "profile": info.profile}


def _profile(folder: Path, own: LogFolder, name: str) -> LoadedProfile:
    from beredt.missions.find_profile import load_profile

    return load_profile(str(folder / PROFILE)) if name == OWN else own.load_profile(name)
