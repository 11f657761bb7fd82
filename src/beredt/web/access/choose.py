"""Which access a server has, and what is missing before others can be let in."""

from __future__ import annotations

from urllib.parse import urlsplit

from beredt.errors import ServeError
from beredt.web.access.accounts import Accounts
from beredt.web.access.chain import ANCHOR_FILE
from beredt.web.access.database import has_database, open_database
from beredt.web.access.local import LocalAccess
from beredt.web.access.oidc.provider import Provider
from beredt.web.access.oidc.routes import BACK
from beredt.web.access.oidc.rules import ProviderRules, client_secret
from beredt.web.settings import ServeSettings

HOW_TO = "docs/how-to/share-studio.md"


def choose_access(settings: ServeSettings, *, divided: bool = False) -> LocalAccess | Accounts:
    """One person at this machine, or accounts when others are let in.

    Args:
        settings: Where it listens, and where accounts are kept.
        divided: Several organisations use the server, of which each sees what is its own.

    Raises:
        ServeError: Others are to be let in, and the address with TLS or the first account is missing; says what to do.
        AccountError: The accounts cannot be opened.
        DefinitionError: The file of a provider cannot be used.
    """
    if not settings.is_shared:
        return LocalAccess()
    _check_address(settings)
    if settings.oidc is None and not has_database(settings.data_folder, settings.database):
        raise ServeError(_no_accounts(settings))
    anchor = settings.data_folder / ANCHOR_FILE
    accounts = Accounts(
        open_database(settings.data_folder, settings.database),
        anchor=anchor,
        provider=_provider(settings),
        divided=divided,
    )
    if not accounts.users.has_any() and accounts.provider is None:
        raise ServeError(_no_accounts(settings))
    return accounts


def _provider(settings: ServeSettings) -> Provider | None:
    """Where people log in at their organisation. Raises DefinitionError."""
    if settings.oidc is None:
        return None
    back_to = f"{(settings.url or '').rstrip('/')}{BACK}"
    return Provider(ProviderRules.read(settings.oidc), client_secret(), back_to)


def host_name(url: str) -> str:
    """The name in an address, in small letters; "" if there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _check_address(settings: ServeSettings) -> None:
    if settings.url is None:
        raise ServeError(
            f"--host {settings.host} lets other machines in. Passwords and figures must not be read on the way, so say "
            "at which https address people come, and who speaks TLS there: a proxy on this machine "
            f"(--url https://studio.example.no), a proxy elsewhere (and --proxy ADDRESS), or this server itself (and "
            f"--certificate FILE --key FILE). {HOW_TO} shows each. To work at this machine alone, leave --host out; "
            "to reach it from elsewhere alone: ssh -L 8770:localhost:8770 THIS-MACHINE"
        )
    if urlsplit(settings.url).scheme != "https" or not host_name(settings.url):
        raise ServeError(f"--url {settings.url} must begin with https:// and name a host: without TLS everybody on the "
                         f"way reads passwords and figures. {HOW_TO} shows how to get it")  # fmt: skip
    if (settings.certificate is None) != (settings.key is None):
        raise ServeError("--certificate and --key belong together: give the files of both, or neither behind a proxy")
    if settings.client_ca is not None and settings.certificate is None:
        raise ServeError("--client-ca needs --certificate and --key: behind a proxy, have the proxy ask callers for "
                         "their certificates. docs/how-to/mutual-tls.md shows both")  # fmt: skip
    for path in (settings.certificate, settings.key, settings.client_ca):
        if path is not None and not path.is_file():
            raise ServeError(f"there is no file {path}: give the file of the certificate, or of its key, in PEM form")


def _no_accounts(settings: ServeSettings) -> str:
    where = settings.data_folder if settings.database is None else "the database"
    return (
        f"others are let in by accounts, and there are none in {where}. Make the first one, which may do everything: "
        "beredt serve user add NAME --role admin (and the same --data or --database). It asks for the password"
    )
