"""What a feed may tell of: the units of its organisation, and the kinds of events that its key is for."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.live.events.read_event import Refused, Sent
from beredt.live.known import OF

NOT_ALLOWED = "not_allowed"
LONGEST_NAME = 128
"""Characters that the log keeps of a name."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a feed may tell of.

    `organisation` "" is for a feed of the whole service, whose names are taken as they are. The names that another one
    gives to sources and incidents are kept with that of its organisation before them: so it can neither change nor
    guess at what others have named alike. `units` are those that it may tell of, None for all; `kinds` of events, empty
    for all.
    """

    organisation: str = ""
    units: frozenset[str] | None = None
    kinds: frozenset[str] = frozenset()

    def name(self, name: str) -> str:
        """What a name that the feed gives is called in the log."""
        return f"{self.organisation}{OF}{name}" if self.organisation else name

    def admit(self, read: Sent | Refused) -> Sent | Refused:
        """An event as it goes into the log, or why it does not.

        A unit of others and one that nobody has are refused alike.
        """
        if isinstance(read, Refused) or self == WHOLE:
            return read
        if self.kinds and read.kind not in self.kinds:
            return _refused(read, f"this key is not for events of the kind {read.kind}")
        if not self.organisation:
            return read
        is_incident = read.kind.startswith("incident_")
        if not is_incident and self.units is not None and read.subject not in self.units:
            return _refused(read, "this key is for units of its own organisation, and this is none of them")
        incident = read.body.get("incident")
        body = read.body if incident is None else {**read.body, "incident": self.name(incident)}
        subject = self.name(read.subject) if is_incident else read.subject
        named = read._replace(source=self.name(read.source), subject=subject, body=body)
        if any(len(name) > LONGEST_NAME for name in (named.source, subject, body.get("incident", ""))):
            most = LONGEST_NAME - len(self.name(""))
            return _refused(read, f"names of sources and incidents may have {most} characters here")
        return named


def _refused(read: Sent, why: str) -> Refused:
    return Refused(read.id, NOT_ALLOWED, why, "ask whoever runs this server what the key is for")


WHOLE = Scope()
"""Everything, as it is."""
