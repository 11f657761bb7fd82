"""Headings and texts that name persons: they have no place in an anonymous assessment."""

from __future__ import annotations

import re

_WORDS = (
    *("name", "names", "navn", "namn", "fornavn", "etternavn", "førenamn", "etternamn", "firstname", "surname"),
    *(
        "lastname",
        "fullname",
        "email",
        "mail",
        "epost",
        "initials",
        "initialer",
        "initialar",
        "phone",
        "telefon",
        "mobil",
    ),
    *("person", "personnummer", "fødselsnummer", "fodselsnummer", "fødselsdato", "ssn", "ansattnummer", "employee"),
    *("employeeid", "brukernavn", "brukarnamn", "username", "user", "signatur", "signature", "assessorname"),
)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{6}[ ]?\d{5}(?!\d)")


def looks_personal(heading: str) -> bool:
    """Whether a heading asks who somebody is: its words, whatever their case and what parts them."""
    parts = [part for part in re.split(r"[^0-9a-zæøå]+", heading.casefold()) if part]
    whole = "".join(parts)
    return whole in _WORDS or any(part in _WORDS for part in parts)


def holds_personal(text: str) -> bool:
    """Whether a text holds an address of e-mail or what may be a national identity number (eleven digits)."""
    return bool(_EMAIL.search(text) or _IDENTITY_NUMBER.search(text))
