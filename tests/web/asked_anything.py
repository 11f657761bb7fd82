"""Every operation of an OpenAPI document asked what nobody thought of, and each answer held against the document."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from pydantic import BaseModel
from schemathesis import Case, CheckContext, GenerationMode, Response, SerializationContext, openapi, serializer
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from beredt.web.routes.risk_workbook import WORKBOOK

ADDRESS = "http://127.0.0.1"
NOT_READY = 503
Streams = Mapping[str, tuple[str, type[BaseModel]]]
"""By operation the name of its events, and what `data` of each is."""
PATIENCE_S = 600.0


def is_no_fault(ctx: CheckContext, response: Response, case: Case[Any]) -> bool | None:
    """Nothing is a fault of the program. That advice is off, or not ready, is an answer."""
    del ctx, case
    if response.status_code >= 500 and response.status_code != NOT_READY:
        raise AssertionError(f"{response.status_code}: {response.text[:300]}")
    return None


CHECKS = [is_no_fault, content_type_conformance, response_schema_conformance]
"""An answer is no fault of the server and has the form that the document promises. Which status it has is left to
other tests: every operation may answer with a problem."""


def ask_anything(
    app: FastAPI,
    path_parameters: Mapping[str, Any],
    leave_out: Collection[str],
    examples: int,
    *,
    also_wrong: bool,
    streams: Streams,
    files: Mapping[str, st.SearchStrategy[bytes]],
) -> tuple[int, list[str]]:
    """Ask every operation; how many were asked, and what was found.

    Args:
        app: whose person is at this machine.
        path_parameters: what stands in addresses, such as a study that is there; others are made up.
        leave_out: names of operations that are not asked.
        examples: how often each is asked.
        also_wrong: ask as often in ways that the document forbids.
        streams: of server-sent events, which end by themselves.
        files: what is sent where a document cannot say what makes a file: by operation, bytes good and bad.
    """
    headers = _as_a_page(app)
    document = openapi.from_asgi("/api/openapi.json", app, headers=headers)
    asked, found = 0, list[str]()
    for result in document.get_all_operations():
        operation = result.ok()  # type: ignore[union-attr]
        name = operation.definition.raw["operationId"]
        if name in leave_out:
            continue
        asked += 1
        there = {one.name for one in operation.path_parameters} & set(path_parameters)
        parts = {key: path_parameters[key] for key in there} or None
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)[: 1 + also_wrong]:
            case = operation.as_strategy(generation_mode=mode, path_parameters=parts)
            ask = _asking(headers, streams.get(name))
            told = settings(
                max_examples=examples,
                derandomize=True,
                database=None,
                deadline=None,
                phases=(Phase.generate, Phase.shrink),
                suppress_health_check=list(HealthCheck),
            )(given(case=case, file=files.get(name, st.none()))(ask))
            try:
                told()
            except Unsatisfiable:
                continue  # there is no wrong way to ask it
            except (Exception, FailureGroup) as error:  # which is no Exception, and would end all that is left to ask
                found.append(f"{name} ({mode.value}): {_told(error)}")
    return asked, found


def _asking(headers: dict[str, Any], stream: tuple[str, type[BaseModel]] | None) -> Callable[..., None]:
    """Asks one operation, and holds the answer against the document."""

    def ask(case: Case[Any], file: bytes | None) -> None:
        if file is not None:
            case.body = file
        answer = case.call(base_url=ADDRESS, headers=headers, timeout=PATIENCE_S)
        case.validate_response(answer, checks=CHECKS)
        if stream is not None and answer.status_code == 200:
            check_stream(answer.text, *stream)

    return ask


@serializer(WORKBOOK)
def send_workbook(context: SerializationContext, value: Any) -> bytes:
    """A workbook is sent as it is, and whatever else was made up as its text."""
    del context
    return value if isinstance(value, bytes) else str(value).encode()


def _told(error: BaseException) -> str:
    inner = getattr(error, "exceptions", ())
    return "; ".join(_told(one) for one in inner) if inner else f"{type(error).__name__} {error}"


def _as_a_page(app: FastAPI) -> dict[str, Any]:
    """What a page of the server's own sends beside a change."""
    browser = TestClient(app, base_url=ADDRESS)  # nothing of the server is begun, no job is ever done
    session = browser.get("/api/session").json()
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    return {"cookie": cookies, "x-beredt-csrf": session["csrf"], "host": "127.0.0.1"}


def check_stream(text: str, event: str, shape: type[BaseModel]) -> None:
    """Every event of a stream is what it says it is (WHATWG, HTML, section 9.2, Server-sent events)."""
    events = [dict(line.partition(": ")[::2] for line in one.splitlines()) for one in text.split("\n\n") if one.strip()]
    told = [one for one in events if "data" in one]
    assert told, "nothing was told"
    for one in told:
        assert one["event"] == event
        data = json.loads(one["data"])
        assert shape.model_validate(data).model_dump(mode="json") == data
