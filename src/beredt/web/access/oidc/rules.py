"""A file that says which provider is believed, and what its people may do here."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from beredt.errors import DefinitionError
from beredt.model.field import ID_PATTERN
from beredt.model.issue import Issue
from beredt.web.settings import is_loopback

SECRET = "BEREDT_OIDC_SECRET"
WHAT = "file of a provider"


class Grant(BaseModel):
    """Whoever has a `claim` with this `value` (or a list that holds it) has a role in an organisation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: str = Field(min_length=1)
    value: str = Field(min_length=1)
    role: Literal["reader", "analyst", "admin"]
    organisation: str = Field(default="", pattern=rf"^$|^\*$|{ID_PATTERN}", max_length=64)

    def fits(self, claims: Mapping[str, Any]) -> bool:
        """Whether somebody with these claims has it."""
        found = claims.get(self.claim)
        return self.value in found if isinstance(found, list) else isinstance(found, str) and found == self.value


class ProviderRules(BaseModel):
    """Which provider, as whom it knows this server, which claim names a person, and what people may do.

    The first grant that fits holds; whoever has none is not let in.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str
    client_id: str = Field(min_length=1)
    scopes: tuple[str, ...] = ("openid", "profile")
    name_claim: str = "preferred_username"
    grant: tuple[Grant, ...] = Field(min_length=1)

    @field_validator("issuer")
    @classmethod
    def _over_tls(cls, issuer: str) -> str:
        parts = urlsplit(issuer)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
            raise ValueError("the address of a provider begins with https://")
        return issuer

    def find_grant(self, claims: Mapping[str, Any]) -> Grant | None:
        """What somebody with these claims may do; None for nothing."""
        return next((one for one in self.grant if one.fits(claims)), None)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The rules of a TOML file. Raises DefinitionError with everything wrong in it."""
        try:
            return cls.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            issue = Issue(path.name, None, None, None, 1, f"it cannot be read: {error}", "give a TOML file")
            raise DefinitionError(WHAT, [issue]) from error
        except ValidationError as error:
            raise DefinitionError(WHAT, _issues(path.name, error)) from error


def client_secret(environment: Mapping[str, str] = os.environ) -> str:
    """The secret by which the provider knows this server, "" without one: then PKCE alone proves it."""
    return environment.get(SECRET, "")


def _issues(name: str, error: ValidationError) -> list[Issue]:
    """Every fault; that a list is too short follows where all that stands in it is faulty."""
    found = error.errors(include_url=False)
    inside = {one["loc"][0] for one in found if len(one["loc"]) > 1}
    return [_issue(name, one) for one in found if one["type"] != "too_short" or one["loc"][0] not in inside]


def _issue(name: str, one: Any) -> Issue:
    field = ".".join(str(part) for part in one["loc"]) or None
    remedy = "see docs/how-to/oidc.md for what may stand here"
    return Issue(
        name, None, field, str(one.get("input", ""))[:60], 1, str(one["msg"]).removeprefix("Value error, "), remedy
    )
