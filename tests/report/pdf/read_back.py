"""A PDF as a screen reader and a print shop see it: its tags, languages, bookmarks and typefaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader


@dataclass
class Node:
    """A tag: its kind, its alternative text, and the tags inside it."""

    kind: str
    alt: str | None
    inner: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for one in self.inner:
            yield from one.walk()


@dataclass
class Paper:
    reader: PdfReader
    root: Node

    @property
    def catalog(self) -> Any:
        return self.reader.trailer["/Root"]

    def tags(self, kind: str) -> list[Node]:
        return [node for node in self.root.walk() if node.kind == kind]

    def bookmarks(self) -> list[str]:
        """Titles of the highest level."""
        return [str(one.title) for one in self.reader.outline if not isinstance(one, list)]

    def text(self) -> str:
        return "\n".join(page.extract_text() for page in self.reader.pages)

    def typefaces(self) -> dict[str, bool]:
        """Every typeface on any page, and whether its letters are in the file."""
        found: dict[str, bool] = {}
        for page in self.reader.pages:
            resources: Any = page["/Resources"]
            for font in (resources.get("/Font") or {}).values():
                for one in font.get_object().get("/DescendantFonts", [font]):
                    descriptor = one.get_object()["/FontDescriptor"].get_object()
                    found[str(descriptor["/FontName"])] = any(key.startswith("/FontFile") for key in descriptor)
        return found


def read_pdf(content: bytes) -> Paper:
    reader = PdfReader(BytesIO(content))
    tree: Any = reader.trailer["/Root"]
    return Paper(reader, _node(tree["/StructTreeRoot"].get_object()))


def _node(element: Any) -> Node:
    kids = element.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    kids = kids if isinstance(kids, list) else [kids]
    inner = [one.get_object() for one in kids if not isinstance(one, int)]
    tags = [_node(one) for one in inner if hasattr(one, "get") and "/S" in one]
    alt = element.get("/Alt")
    return Node(str(element.get("/S", "")), None if alt is None else str(alt), tags)
