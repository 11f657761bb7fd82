"""Names of things, as people write them, in the language of the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from beredt.model.alternative import TODAY
from beredt.model.edits.apply import apply_edits
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.report.estimates import ALL
from beredt.report.number_format import NumberFormat
from beredt.report.roster_text import roster_text
from beredt.report.words import Words


@dataclass(frozen=True, slots=True)
class Names:
    """Names by table and id; an id without a name stands for itself.

    Holds what alternatives open as well as what is there today. `services` are the services by alternative.
    """

    words: Words
    by_table: Mapping[str, Mapping[str, str]]
    services: Mapping[str, Service]

    def get(self, table: str, key: str) -> str:
        """The name of a row of a table of the study, or its id."""
        return self.by_table.get(table, {}).get(key, key)

    def alternative(self, key: str) -> str:
        """A short name: "Today", "Alternative 2"."""
        return self.get("base", key) if key == TODAY else self.words("alternative.label", id=key)

    def alternatives(self, keys: Sequence[str]) -> str:
        """Alternatives in running text: "alternative 2", "alternatives 1, 2 and 3", "today and alternative 1"."""
        others = [key for key in keys if key != TODAY]
        parts = [self.words("alternative.today")] if TODAY in keys else []
        if others:
            parts.append(self.words.counted("alternative.inline", len(others), ids=self.words.listed(others)))
        return self.words.listed(parts)

    def alternative_tag(self, key: str) -> str:
        """The shortest name, for charts and narrow columns: "Today", "2"."""
        return self.get("base", key) if key == TODAY else key

    def alternative_called(self, key: str) -> str:
        """What a sentence calls it: "Today", "Alternative 2", and by its title one whose id is no number."""
        return self.alternative(key) if key == TODAY or key[:1].isdigit() else self.alternative_title(key)

    def alternative_title(self, key: str) -> str:
        """The title that the study gives it."""
        return self.get("base" if key == TODAY else "alternatives", key)

    def group(self, key: str) -> str:
        """A group of areas: one of the study's, a municipality, a district, or everything."""
        if key == ALL:
            return self.words("group.all")
        for table in ("groups", "municipalities", "districts"):
            if key in self.by_table.get(table, {}):
                return self.by_table[table][key]
        return key

    def zone(self, key: str) -> str:
        """A zone: a district, or a municipality without districts; as the study's group of that id is called."""
        name = self.by_table["groups"].get(key) or self.by_table["districts"].get(key)
        return name or self.get("municipalities", key)

    def urgency(self, key: str) -> str:
        """An urgency with its letter: "acute (A)"."""
        return self.words(f"urgency.{key}") if key else self.words("urgency.any")

    def sensitivity(self, key: str) -> str:
        """A sensitivity's name; the study's own assumptions for none."""
        return self.get("sensitivities", key) if key else self.words("sensitivity.main")


def names_of(study: Study, words: Words, numbers: NumberFormat) -> Names:
    """Gather the names of a study and of everything that its alternatives make."""
    services = {TODAY: study.service}
    for alternative in study.alternatives:
        services[alternative.id] = apply_edits(study.service, alternative.edits, alternative.file)
    tables = (
        "municipalities",
        "districts",
        "organisations",
        "centres",
        "stations",
        "standby_points",
        "hospitals",
        "pathways",
        "places",
    )
    by_table: dict[str, Mapping[str, str]] = {table: _named(services.values(), table) for table in tables}
    by_table["base"] = {TODAY: words.local(study.settings.study.base_title)}
    by_table["alternatives"] = {one.id: words.local(one.title) for one in study.alternatives}
    by_table["groups"] = {group.id: words.local(group.name) for group in study.settings.groups}
    by_table["sensitivities"] = {one.id: words.local(one.name) for one in study.sensitivities}
    norwegian = words.language in ("nb", "nn")
    kinds = [kind for service in reversed(list(services.values())) for kind in service.unit_kinds]
    by_table["unit_kinds"] = {kind.id: kind.name_nb if norwegian else kind.name_en for kind in kinds}
    rosters = {row.id for service in services.values() for row in service.rosters}
    by_table["rosters"] = {key: roster_text(key, services.values(), words, numbers) for key in sorted(rosters)}
    return Names(words, MappingProxyType(by_table), MappingProxyType(services))


def _named(services: Iterable[Service], table: str) -> Mapping[str, str]:
    # The base comes last, so that a name of today is not overwritten by what an alternative calls the same id.
    rows = [row for service in reversed(list(services)) for row in getattr(service, table)]
    return {row.id: row.name for row in rows}
