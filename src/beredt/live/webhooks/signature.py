"""Headers by which a receiver knows that a delivery is ours, new, and unchanged.

    signature = base64(HMAC-SHA256(secret, id "." timestamp "." body)),   header  webhook-signature: v1,signature

This is the form of Standard Webhooks 1.0.0 (https://github.com/standard-webhooks/standard-webhooks), for which there
are libraries in most languages. The time stamp is signed with the body: what somebody has recorded cannot be sent again
later as if it were new.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable, Mapping

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
VERSION = "v1"


def sign(name: str, at_s: int, body: bytes, secrets: Iterable[bytes]) -> Mapping[str, str]:
    """The headers of a delivery.

    Args:
        name: of the delivery; the same whenever it is tried again.
        at_s: when it is sent, whole seconds since 1970.
        body: as it is sent.
        secrets: each signs for itself; the receiver needs one of them.
    """
    signed = f"{name}.{at_s}.".encode() + body
    signatures = [base64.b64encode(hmac.digest(secret, signed, "sha256")).decode() for secret in secrets]
    return {ID: name, TIMESTAMP: str(at_s), SIGNATURE: " ".join(f"{VERSION},{one}" for one in signatures)}
