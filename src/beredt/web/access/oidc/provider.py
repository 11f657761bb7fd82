"""The provider: where it is asked, codes redeemed, and tokens believed only when everything about them fits.

OpenID Connect Core 1.0, 3.1.3.7: signature by a key of the provider, issuer, audience, authorised party, times, nonce.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from beredt.web.access.oidc.attempt import Attempt
from beredt.web.access.oidc.rules import ProviderRules
from beredt.web.settings import is_loopback

SIGNED_BY = ["RS256", "PS256", "ES256", "ES384", "EdDSA"]
"""Signatures by a key that only the provider has: never none, never one by a shared secret."""
TIMEOUT_S = 10.0
KEPT_S = 3600.0
KEYS_AGAIN_S = 60.0
LEEWAY_S = 60
LARGEST = 1_000_000


class NotBelievedError(Exception):
    """The provider, or a token, is not believed; the reason is for the log of whoever runs the server."""


class Provider:
    """One provider. Its methods ask the network, and may be called by several threads."""

    def __init__(self, rules: ProviderRules, secret: str, back_to: str, clock: Callable[[], float] = time.time) -> None:
        """Nothing is asked before it is needed.

        Args:
            rules: which provider.
            secret: by which it knows this server; "" for none.
            back_to: address to which it sends browsers back.
            clock: in seconds since 1970.
        """
        self.rules, self._secret, self._back_to, self._clock = rules, secret, back_to, clock
        self._kept: dict[str, tuple[float, Any]] = {}
        self._lock = Lock()

    def address(self, attempt: Attempt) -> str:
        """Where a browser is sent to log in. Raises NotBelievedError."""
        asked = {
            "response_type": "code",
            "client_id": self.rules.client_id,
            "redirect_uri": self._back_to,
            "scope": " ".join(self.rules.scopes),
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        at = self._endpoint("authorization_endpoint")
        return f"{at}{'&' if '?' in at else '?'}{urlencode(asked)}"

    def redeem(self, code: str, attempt: Attempt) -> Mapping[str, Any]:
        """What the provider says of whoever has logged in, for a code that it gave. Raises NotBelievedError."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back_to,
            "client_id": self.rules.client_id,
            "code_verifier": attempt.verifier,
        }
        auth = (self.rules.client_id, self._secret) if self._secret else None
        answer = self._ask("POST", self._endpoint("token_endpoint"), data=form, auth=auth)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise NotBelievedError("the provider gave no id_token")
        return self._believed(token, attempt.nonce)

    def _believed(self, token: str, nonce: str) -> Mapping[str, Any]:
        """The claims of a token."""
        try:
            decoded = self._decode(token)
            wanted = jwt.JWTClaimsRegistry(
                now=int(self._clock()),
                leeway=LEEWAY_S,
                iss={"essential": True, "value": self.rules.issuer},
                sub={"essential": True},
                aud={"essential": True, "value": self.rules.client_id},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": nonce},
            )
            wanted.validate(decoded.claims)
        except (JoseError, ValueError) as error:
            raise NotBelievedError(f"the token is not believed: {error}") from error
        claims = decoded.claims
        party = claims.get("azp")
        if party not in (None, self.rules.client_id) or (isinstance(claims["aud"], list) and party is None
                                                         and len(claims["aud"]) > 1):  # fmt: skip
            raise NotBelievedError("the token is for another party")
        return claims

    def _decode(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._keys(KEPT_S), algorithms=SIGNED_BY)
        except (JoseError, ValueError):
            return jwt.decode(token, self._keys(KEYS_AGAIN_S), algorithms=SIGNED_BY)  # it may have a new key

    def _keys(self, kept_s: float) -> KeySet:
        address = self._endpoint("jwks_uri")
        return KeySet.import_key_set(self._keep("keys", kept_s, lambda: self._ask("GET", address)))

    def _endpoint(self, name: str) -> str:
        address = f"{self.rules.issuer.rstrip('/')}/.well-known/openid-configuration"
        found = self._keep("provider", KEPT_S, lambda: self._ask("GET", address))
        if found.get("issuer") != self.rules.issuer:
            raise NotBelievedError(f"{address} calls itself {found.get('issuer')!r}")
        endpoint = found.get(name)
        if not isinstance(endpoint, str) or not _is_safe(endpoint):
            raise NotBelievedError(f"{address} has no {name} over TLS")
        return endpoint

    def _keep(self, name: str, kept_s: float, ask: Callable[[], Any]) -> Any:
        with self._lock:
            at, found = self._kept.get(name, (float("-inf"), None))
            if self._clock() - at > kept_s:
                found = ask()
                self._kept[name] = self._clock(), found
            return found

    def _ask(self, method: str, address: str, **sent: Any) -> dict[str, Any]:
        try:
            with httpx2.Client(timeout=TIMEOUT_S, follow_redirects=False) as client:
                answer = client.request(method, address, headers={"accept": "application/json"}, **sent)
            if answer.status_code != 200 or len(answer.content) > LARGEST:
                raise NotBelievedError(f"{address} answered {answer.status_code}")
            found = answer.json()
        except (httpx2.HTTPError, ValueError) as error:
            raise NotBelievedError(f"{address} cannot be asked: {type(error).__name__}") from error
        if not isinstance(found, dict):
            raise NotBelievedError(f"{address} answered something else than an object")
        return found


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
