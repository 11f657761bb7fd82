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
from importlib.metadata import version
from pathlib import Path

import platformdirs

import beredt
from beredt.errors import BeredtError

_PACKAGE = Path(beredt.__file__).parent
_NUMBA = re.compile(r"^\s*(?:from\s+numba[\w.]*\s+import|import\s+numba)\b", re.MULTILINE)
_DECORATOR = re.compile(r"^\s*@(\w+)", re.MULTILINE)
_IMPORT_FROM = re.compile(r"^\s*from\s+beredt(?P<base>[\w.]*)\s+import\s+(?P<names>\([^)]*\)|[^\n]+)", re.MULTILINE)
_IMPORT = re.compile(r"^\s*import\s+beredt\.(?P<module>[\w.]+)", re.MULTILINE)


class KernelCacheError(BeredtError):
    """Compiled kernels cannot be kept apart by their sources; the message says why and what to do."""


def prepare_kernel_cache() -> Path:
    """Point numba at the cache that belongs to the kernels as they are now, before numba is imported.

    Sets ``NUMBA_CACHE_DIR``, which worker processes inherit. Calling it again changes nothing. The folder is
    ``<parent>/<16 hexadecimal digits>``, the digits from :func:`kernel_fingerprint`; the parent is a preset
    ``NUMBA_CACHE_DIR``, else ``kernels`` below ``BEREDT_CACHE_DIR``, else below the user's own cache folder. So
    whoever presets ``NUMBA_CACHE_DIR`` decides the place but still never meets a stale kernel.

    Returns:
        The folder, which exists.

    Raises:
        KernelCacheError: numba was imported earlier with another cache, or the folder cannot be made.
    """
    name = kernel_fingerprint(_PACKAGE, kernel_sources(_PACKAGE))[:16]
    parent = _cache_parent()
    folder = parent if parent.name == name else parent / name
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
    texts = {path: path.read_text(encoding="utf-8") for path in package.rglob("*.py")}
    waiting = list(_compiled_modules(texts, package))
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting.extend(file for file, _ in _imports(texts[path], package) if file in texts)
    return tuple(sorted(found))


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


def _compiled_modules(texts: dict[Path, str], package: Path) -> set[Path]:
    """Find the modules with compiled functions, also where the decorator is one of the package's own."""
    compiled = {path for path, text in texts.items() if _NUMBA.search(text)}
    decorated = {path: set(_DECORATOR.findall(text)) for path, text in texts.items()}
    while True:
        more = {
            path
            for path, names in decorated.items()
            if path not in compiled
            and any(file in compiled and names & imported for file, imported in _imports(texts[path], package))
        }
        if not more:
            return compiled
        compiled |= more


def _imports(text: str, package: Path) -> list[tuple[Path, set[str]]]:
    """List the files that the ``beredt`` imports of a source text may mean, with the names taken; not all exist."""
    modules: list[tuple[str, set[str]]] = [(match["module"], set()) for match in _IMPORT.finditer(text)]
    for match in _IMPORT_FROM.finditer(text):
        names = set(re.findall(r"\w+", match["names"]))
        modules.append((match["base"], names))
        modules.extend((f"{match['base']}.{name}", set()) for name in names)
    bases = [(package.joinpath(*module.strip(".").split(".")), names) for module, names in modules]
    return [(file, names) for base, names in bases for file in (base.with_suffix(".py"), base / "__init__.py")]
