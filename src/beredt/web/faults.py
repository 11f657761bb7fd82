"""What the server says when something cannot be done: a problem (RFC 9457) with everything that was found.

1. M. Nottingham, E. Wilde, S. Dalal, Problem Details for HTTP APIs, RFC 9457 (2023). doi 10.17487/RFC9457
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from beredt.errors import Finding
from beredt.report.words import Words
from beredt.web.complaint_words import in_words, knows

PROBLEM_TYPE = "application/problem+json"


class Fault(BaseModel):
    """One thing that is wrong, with all that a person needs to mend it.

    `message` says what, `remedy` what to do. `file`, `row` and `field` say where in a study; `edit` counts edits from
    1, `kind` and `field` say which and which key of it; `lat` and `lon` (degrees) where on the map. `language` is that
    of message and remedy: English where the language files do not know them.
    """

    message: str
    remedy: str = ""
    severity: str = "error"
    file: str = ""
    row: int | None = None
    field: str = ""
    value: str = ""
    count: int = 1
    edit: int | None = None
    kind: str = ""
    lat: float | None = None
    lon: float | None = None
    language: str = "en"


class Problem(BaseModel):
    """Why a request was not answered. `title` is for a heading, `detail` one sentence, `issues` all that was found.

    `language` is that of title and detail.
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    issues: list[Fault] = []
    language: str = "en"


def faults_of(findings: Iterable[Finding], words: Words | None = None) -> list[Fault]:
    """Issues of a study, complaints about edits, or any other findings, in their order; in the language of `words`."""
    faults = [_fault(finding) for finding in findings]
    return faults if words is None else [in_language(fault, words) for fault in faults]


def in_language(fault: Fault, words: Words) -> Fault:
    """A fault in the language of `words`, where the language files know all that it says."""
    if not all(knows(text) for text in (fault.message, fault.remedy) if text):
        return fault
    told = {"message": in_words(fault.message, words), "remedy": in_words(fault.remedy, words)}
    return fault.model_copy(update={**told, "language": words.language})


def problem_in_language(problem: Problem, words: Words) -> Problem:
    """A problem and its faults in the language of `words`, each as far as the language files know what it says."""
    told: dict[str, Any] = {"issues": [in_language(fault, words) for fault in problem.issues]}
    if knows(problem.title) and knows(problem.detail):
        told |= {"title": in_words(problem.title, words), "detail": in_words(problem.detail, words)}
        told["language"] = words.language
    return problem.model_copy(update=told)


def _fault(finding: Finding) -> Fault:
    message = getattr(finding, "message", None)
    if message is None:
        return Fault(message=finding.text())
    return Fault(
        message=message,
        remedy=_get(finding, "remedy", ""),
        severity=_get(finding, "severity", "error"),
        file=_get(finding, "file", ""),
        row=_get(finding, "row", None),
        field=_get(finding, "field", "") or _get(finding, "key", ""),
        value=_get(finding, "value", "") or "",
        count=_get(finding, "count", 1),
        edit=_get(finding, "number", None),
        kind=_get(finding, "kind", ""),
        lat=_degrees(_get(finding, "lat", None)),
        lon=_degrees(_get(finding, "lon", None)),
    )


def _get(finding: Finding, name: str, otherwise: Any) -> Any:
    value = getattr(finding, name, None)
    return otherwise if value is None else value


def _degrees(value: float | None) -> float | None:
    """A coordinate of a spoilt row may be a number that JSON does not know."""
    return value if value is not None and math.isfinite(value) else None
