"""Every sentence that the source says to a person when something is wrong, with a 7 in each of its gaps."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src/beredt"
SENTENCES: Mapping[str, tuple[int, ...]] = {
    "Issue": (5, 6),
    "issue": (2, 3),
    "whole_issue": (1, 2),
    "Objection": (1, 2),
    "_Fault": (2, 3),
    "ValueError": (0,),
    "OptionError": (2, 3),
    "OutOfRangeError": (2,),
    "ExpressionError": (1, 2),
    "SitingError": (0,),
    "NetworkError": (0,),
    "ResultsError": (0,),
    "StretchError": (0,),
    "CancelledError": (0,),
    "NotYoursError": (0,),
    "StoreError": (1,),
    "QueueError": (1,),
    "StaleVersionError": (1,),
    "UploadError": (1, 2),
    "UnknownIdError": (0,),
}
"""Which arguments of what is called are sentences; those of a module's own functions are known by their names."""

NAMES = frozenset({"message", "remedy", "headline"})


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and where it stands."""

    file: str
    line: int
    text: str


def list_said(*rooms: str) -> list[Said]:
    """The sentences of rooms or files below `beredt/`, in the order of their places."""
    return [one for room in rooms for path in _files(SOURCE / room) for one in _said_in(path)]


def _files(room: Path) -> list[Path]:
    return [room] if room.suffix == ".py" else sorted(room.rglob("*.py"))


def _said_in(path: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    own = {one.name: _sentence_places(one) for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
    for node in ast.walk(tree):
        for expression in _expressions(node, own):
            for text in _texts(expression):
                yield Said(path.relative_to(SOURCE).as_posix(), expression.lineno, text)


def _sentence_places(function: ast.FunctionDef) -> tuple[int, ...]:
    names = [one.arg for one in function.args.args if one.arg not in ("self", "cls")]
    return tuple(place for place, name in enumerate(names) if name in NAMES)


def _expressions(node: ast.AST, own: Mapping[str, tuple[int, ...]]) -> Iterator[ast.expr]:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in NAMES:
        yield node.value
    if not isinstance(node, ast.Call):
        return
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    places = own.get(name) or SENTENCES.get(name, ())
    yield from (node.args[at] for at in places if at < len(node.args))
    yield from (one.value for one in node.keywords if one.arg in NAMES and (places or name in SENTENCES))


def _texts(node: ast.expr) -> Iterator[str]:
    """What an expression can say; nothing of one that only passes on what is said elsewhere."""
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = list(_texts(node.left)) or ["7"], list(_texts(node.right)) or ["7"]
        yield from (one + other for one in left for other in right)
