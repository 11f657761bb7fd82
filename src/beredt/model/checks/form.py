"""Roads and incidents must be of forms that go together."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.issue import Issue
from beredt.model.reading.files import SETTINGS_FILE
from beredt.model.reading.settings import SettingsReading
from beredt.model.reading.toml_file import find_line


def check_form(reading: SettingsReading) -> Iterator[Issue]:
    """A call trace is replayed on a road graph, since it tells where each incident was; rates speak of areas."""
    if reading.settings is None or reading.faulty & {"roads", "demand"}:
        return
    form = reading.settings.form()
    if (form.demand == "trace") == (form.roads == "graph"):
        return
    if form.demand == "trace":
        path, value = ("demand", "source"), "trace"
        message, remedy = "a call trace needs a road graph to be replayed on", 'write form = "graph" in [roads]'
    else:
        path, value = ("roads", "form"), "graph"
        message = "incidents drawn from rates lie in areas, which a road graph does not know"
        remedy = 'write source = "trace" in [demand], or form = "links" here'
    yield Issue(SETTINGS_FILE, find_line(reading.text, path), ".".join(path), value, 1, message, remedy)
