"""Profiles by name, and profiles in files of one's own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from beredt.errors import ProfileError, UnknownIdError
from beredt.missions.profile import Profile
from beredt.model.dictionary import load_fields
from beredt.model.issue import Issue
from beredt.model.reading.toml_file import parse_toml
from beredt.model.reading.toml_issues import toml_issues


@dataclass(frozen=True, slots=True)
class LoadedProfile:
    """A profile and the checksum (SHA-256) of the file that it was read from."""

    profile: Profile
    sha256: str


def load_profile(name_or_path: str) -> LoadedProfile:
    """A profile that comes with the program, or one in a file.

    Args:
        name_or_path: A name such as amis, or the path of a file that ends in .toml.

    Raises:
        UnknownIdError: There is no profile of that name.
        ProfileError: The file cannot be read or is at fault; carries every issue.
    """
    shipped = load_shipped_profiles()
    if name_or_path in shipped:
        return shipped[name_or_path]
    if not name_or_path.endswith(".toml"):
        raise UnknownIdError("profile", name_or_path, shipped)
    path = Path(name_or_path)
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        raise ProfileError([Issue(path.name, None, None, None, 1, message, "give the path of a profile")]) from None
    return parse_profile(path.name, content)


def parse_profile(file: str, content: bytes) -> LoadedProfile:
    """The profile in a file's content. Raises ProfileError with every issue."""
    document, text, issues = parse_toml(file, content)
    if document is None:
        raise ProfileError(issues)
    try:
        profile = Profile.model_validate(document)
    except ValidationError as error:
        found = toml_issues(file, text, load_fields("mission_profile"), error.errors(include_url=False))
        raise ProfileError(found) from None
    return LoadedProfile(profile, hashlib.sha256(content).hexdigest())


@cache
def load_shipped_profiles() -> dict[str, LoadedProfile]:
    """The profiles that come with the program, by name in alphabetical order."""
    folder = files("beredt.missions").joinpath("profiles")
    entries = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda one: one.name)
    loaded = [parse_profile(entry.name, entry.read_bytes()) for entry in entries]
    return {one.profile.id: one for one in loaded}


def read_shipped(name: str) -> str:
    """The text of a profile that comes with the program. Raises UnknownIdError."""
    shipped = load_shipped_profiles()
    if name not in shipped:
        raise UnknownIdError("profile", name, shipped)
    return files("beredt.missions").joinpath("profiles", f"{name}.toml").read_text(encoding="utf-8")
