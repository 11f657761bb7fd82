"""Mutual TLS: whoever lacks a certificate that is vouched for gets no answer at all, of both servers."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import FastAPI

from beredt.web.listening import listen
from beredt.web.settings import ServeSettings
from beredt.web.uvicorn_config import uvicorn_config
from beredt.web.watch.watch import Watch

NAME = "localhost"


class Authority(NamedTuple):
    """Whoever vouches for others."""

    name: x509.Name
    key: ec.EllipticCurvePrivateKey
    file: Path


def name_of(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def vouch(folder: Path, text: str, by: Authority | None) -> Authority:
    """A certificate and its key in one file, of an authority of its own where nobody vouches for it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name_of(text))
        .issuer_name(by.name if by else name_of(text))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(by.key if by else key, hashes.SHA256())
    )
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = folder / f"{text}.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, form, plain)
    )
    return Authority(name_of(text), key, file)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, Authority, Authority]]:
    """The port of a server that asks for certificates of an authority, that authority, and the server's own."""
    callers, own = vouch(tmp_path, "callers", None), vouch(tmp_path, "own", None)
    settings = ServeSettings(
        (), tmp_path, url=f"https://{NAME}", certificate=own.file, key=own.file, client_ca=callers.file
    )
    app = FastAPI()

    @app.get("/here")
    def say() -> str:
        return "here"

    with listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn_config(app, settings, Watch()))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1], callers, own
        server.should_exit = True
        thread.join(10)


def ask(port: int, believed: Path, certificate: Path | None) -> int:
    context = ssl.create_default_context(cafile=str(believed))
    if certificate is not None:
        context.load_cert_chain(certificate)
    connection = http.client.HTTPSConnection(NAME, port, context=context, timeout=10)
    try:
        connection.request("GET", "/here")
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_caller_needs_a_certificate_that_is_vouched_for(
    server: tuple[int, Authority, Authority], tmp_path: Path
) -> None:
    port, callers, own = server
    stranger = vouch(tmp_path, "strangers", None)
    assert ask(port, own.file, vouch(tmp_path, "cad", callers).file) == 200
    for certificate in (None, vouch(tmp_path, "other", stranger).file, stranger.file):
        with pytest.raises((ssl.SSLError, ConnectionError, http.client.HTTPException)):
            ask(port, own.file, certificate)
