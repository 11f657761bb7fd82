"""The parts an expression is made of. Every part knows where it begins in the text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A column, an interval or a property of the call."""

    at: int
    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """A pure number."""

    at: int
    value: float


@dataclass(frozen=True, slots=True)
class Duration:
    """A number with a unit of time."""

    at: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotation marks."""

    at: int
    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""

    at: int
    value: bool


@dataclass(frozen=True, slots=True)
class Not:
    """Turns true and false round; what is unknown stays unknown."""

    at: int
    of: Node


@dataclass(frozen=True, slots=True)
class Both:
    """`word` is and, or or."""

    at: int
    word: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare:
    """`sign` is ==, !=, <, <=, > or >=."""

    at: int
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class OneOf:
    """Whether a value is one of a list of texts or numbers."""

    at: int
    of: Node
    values: tuple[Text | Number, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Whether there is a value at all."""

    at: int
    of: Node


@dataclass(frozen=True, slots=True)
class Sum:
    """`sign` is + or -."""

    at: int
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of names in quotation marks: marked("stamp_order")."""

    at: int
    function: str
    values: tuple[Text, ...]


Node = Name | Number | Duration | Text | Truth | Not | Both | Compare | OneOf | Known | Sum | Call
