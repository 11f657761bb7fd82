"""Where numba keeps compiled kernels: a folder named after the very sources they were compiled from.

numba notices an edit in the file of a compiled function, but not in a function of another file that it
calls, nor in a constant that it froze. A stale kernel gives wrong numbers without a word, so the cache of
other sources is never looked at. Importing this module imports neither numba nor numpy.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import platformdirs

import beredt
from beredt.errors import BeredtError

_PACKAGE = Path(beredt.__file__).parent
_WORD = re.compile(r"\w+")
_PLAIN = frozenset({"classmethod", "contextmanager", "dataclass", "property", "staticmethod"})
"""Decorators that compile nothing; most files have no others."""

_NUMBA = re.compile(r"\n[ \t]*(?:from|import)\s+numba\b")
_DECORATOR = re.compile(r"\n[ \t]*@(\w+)")
"""Told by the end of the line before: `^` with MULTILINE takes twice as long over all files."""

_IMPORT_FROM = re.compile(r"^[ \t]*from\s+beredt(?P<base>[\w.]*)\s+import\s+(?P<names>\([^)]*\)|[^\n]+)", re.MULTILINE)
_IMPORT = re.compile(r"^[ \t]*import\s+beredt\.(?P<module>[\w.]+)", re.MULTILINE)


class KernelCacheError(BeredtError):
    """Compiled kernels cannot be kept apart by their sources; the message says why and what to do."""


def prepare_kernel_cache(*, after_numba: bool = False) -> Path:
    """Point numba at the cache that belongs to the kernels as they are now, before numba is imported.

    Sets ``NUMBA_CACHE_DIR``, which worker processes inherit. Calling it again changes nothing. The folder is
    ``<parent>/<16 hexadecimal digits>``, the digits from :func:`kernel_fingerprint`; the parent is a preset
    ``NUMBA_CACHE_DIR``, else ``kernels`` below ``BEREDT_CACHE_DIR``, else below the user's own cache folder. So
    whoever presets ``NUMBA_CACHE_DIR`` decides the place but still never meets a stale kernel.

    Args:
        after_numba: numba may have been imported by somebody else in this process, such as a worker of a cluster. It
            is then told of the folder afterwards, which is early enough as long as no kernel has been imported.

    Returns:
        The folder, which exists.

    Raises:
        KernelCacheError: numba, or with `after_numba` a kernel, was imported earlier with another cache, or the
            folder cannot be made.
    """
    name = kernel_fingerprint(_PACKAGE, kernel_sources(_PACKAGE))[:16]
    parent = _cache_parent()
    folder = parent if parent.name == name else parent / name
    if not (after_numba and _told_late(folder)):
        _refuse_late_call(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KernelCacheError(
            f"Compiled kernels cannot be kept in {folder}: {error.strerror}. "
            "Set BEREDT_CACHE_DIR to a folder that can be written to."
        ) from error
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    return folder


def kernel_sources(package: Path) -> tuple[Path, ...]:
    """Find every file of a package that ends up in compiled code.

    These are the modules that import numba, those that decorate a function with a name imported from one of these, and
    all modules of the package that any of them imports, near or far, since numba freezes the constants it reads there.

    Args:
        package: Folder of the package ``beredt``.

    Returns:
        Files in order of their path.
    """
    modules = _modules(package)
    waiting = list(_compiled_modules(modules))
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(imported for imported, _ in modules[name].imports() if imported in modules)
    return tuple(sorted(modules[name].path for name in found))


def kernel_fingerprint(package: Path, sources: tuple[Path, ...]) -> str:
    """Hash the sources together with the compiler: sha256 in hexadecimal.

    Args:
        package: Folder of the package, which the names of the files are told from.
        sources: Files of the package, as from :func:`kernel_sources`.
    """
    digest = hashlib.sha256()
    for name in ("numba", "llvmlite", "numpy"):
        digest.update(f"{name} {version(name)}\n".encode())
    digest.update(f"{platform.python_implementation()} {platform.python_version()}\n".encode())
    for path in sources:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(package).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _cache_parent() -> Path:
    if preset := os.environ.get("NUMBA_CACHE_DIR"):
        return Path(preset).resolve()
    if own := os.environ.get("BEREDT_CACHE_DIR"):
        return Path(own).resolve() / "kernels"
    return platformdirs.user_cache_path("beredt", appauthor=False) / "kernels"


def _told_late(folder: Path) -> bool:
    """Tell a numba that is imported already of the folder; False when that is too late or not needed.

    numba looks up the folder when a function is decorated, so only kernels that were imported are past telling.
    """
    numba = sys.modules.get("numba")
    if numba is None:
        return False
    if any(f"beredt{name}" in sys.modules for name in _compiled_modules(_modules(_PACKAGE))):
        return False
    numba.config.CACHE_DIR = str(folder)
    return True


def _refuse_late_call(folder: Path) -> None:
    numba = sys.modules.get("numba")
    if numba is None:
        return
    current = numba.config.CACHE_DIR
    if current != str(folder):
        raise KernelCacheError(
            f"numba was imported before its cache was prepared: it keeps kernels in {current or '__pycache__'} "
            f"instead of {folder}. Call prepare_kernel_cache() before anything imports numba."
        )


@dataclass(slots=True)
class _Module:
    """A file of the package; its imports are looked up when first asked for."""

    path: Path
    text: str  # after an empty line, so that every line has one before it
    _imports: list[tuple[str, set[str]]] | None = None

    def imports(self) -> list[tuple[str, set[str]]]:
        """List the modules that its ``beredt`` imports may mean, with the names taken; not all exist."""
        if self._imports is None:
            self._imports = [(f".{match['module']}", set()) for match in _IMPORT.finditer(self.text)]
            for match in _IMPORT_FROM.finditer(self.text):
                names = set(_WORD.findall(match["names"]))
                self._imports.append((match["base"], names))
                self._imports.extend((f"{match['base']}.{name}", set()) for name in names)
        return self._imports


def _modules(package: Path) -> dict[str, _Module]:
    """Read every module of the package, by its name without the package's: ``.simulation.kernel``."""
    modules = {}
    for path in package.rglob("*.py"):
        parts = path.relative_to(package).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        modules["".join(f".{part}" for part in parts)] = _Module(path, "\n" + path.read_text(encoding="utf-8"))
    return modules


def _compiled_modules(modules: dict[str, _Module]) -> set[str]:
    """Find the modules with compiled functions, also where the decorator is one of the package's own."""
    compiled = {name for name, module in modules.items() if "numba" in module.text and _NUMBA.search(module.text)}
    decorated = {name: set(_DECORATOR.findall(module.text)) - _PLAIN for name, module in modules.items()}
    open_names = [name for name, decorators in decorated.items() if decorators and name not in compiled]
    while True:
        more = {
            name
            for name in open_names
            if name not in compiled
            and any(one in compiled and decorated[name] & taken for one, taken in modules[name].imports())
        }
        if not more:
            return compiled
        compiled |= more
