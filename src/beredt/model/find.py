"""Where a study is: a folder, or a bundled study by its name."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from beredt.errors import StudyNotFoundError
from beredt.model.did_you_mean import find_closest
from beredt.model.issue import Issue
from beredt.model.reading.files import SETTINGS_FILE

BUNDLE = "studies"


def find_study_folder(name_or_path: str | Path) -> Path:
    """The folder of a study: the path itself, the folder of a given study.toml, or a bundled study's.

    A folder goes before a bundled study of the same name. Raises StudyNotFoundError.
    """
    path = Path(name_or_path)
    if path.name == SETTINGS_FILE and path.is_file():
        return path.parent
    bundled = bundled_studies()
    if path.is_dir() and ((path / SETTINGS_FILE).exists() or str(name_or_path) not in bundled):
        return path
    if str(name_or_path) in bundled:
        return bundled[str(name_or_path)]
    close = find_closest(str(name_or_path), bundled)
    known = f"did you mean {close}?" if close else f"bundled studies are: {', '.join(bundled) or 'none'}"
    remedy = f"give the folder of a study, or the name of a bundled one; {known}"
    issue = Issue(str(name_or_path), None, None, None, 1, "there is no such study", remedy)
    raise StudyNotFoundError(str(name_or_path), [issue])


def bundled_studies() -> dict[str, Path]:
    """The studies that come with Beredt: name (with hyphens) → folder."""
    root = Path(str(files("beredt"))) / BUNDLE
    if not root.is_dir():
        return {}
    folders = sorted(folder for folder in root.iterdir() if (folder / SETTINGS_FILE).is_file())
    return {folder.name.replace("_", "-"): folder for folder in folders}
