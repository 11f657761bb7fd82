"""Make the reference pages that nobody writes by hand, of the field dictionary, the rules and the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel
from typer.main import get_command
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.indicators.catalogue.read_catalogue import BUILT_IN, load_catalogue
from beredt.indicators.review.rules import load_review_rules
from beredt.live.events.adapter import Adapter, ClockOf
from beredt.live.events.event import (
    FORM_VERSION,
    IncidentChanged,
    IncidentClosed,
    IncidentOpened,
    RosterChanged,
    Said,
    UnitPosition,
    UnitStatus,
    event_schema,
)
from beredt.live.events.words import FREE_STATUSES, STATUSES
from beredt.live.limits import LiveLimits
from beredt.missions.checks.rule import load_rules
from beredt.missions.find_profile import load_shipped_profiles
from beredt.model.dictionary import TableDescription, list_result_tables, load_edits, load_fields, load_tables
from beredt.model.field import Field


def write_reference(folder: Path) -> None:
    """Write every generated page into a folder; a page that has not changed keeps its time stamp.

    Args:
        folder: Made when it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = {
        "tables": tables_page(),
        "settings": settings_page(),
        "edits": edits_page(),
        "results": results_page(),
        "simulate": simulate_page(),
        "profiles": profiles_page(),
        "stores": stores_page(),
        "rules": rules_page(),
        "catalogue": catalogue_page(),
        "review": review_page(),
        "linking": linking_page(),
        "quality": quality_page(),
        "log-report": log_report_page(),
        "service": service_page(),
        "calibration": calibration_page(),
        "replay": replay_page(),
        "dimension": dimension_page(),
        "site": site_page(),
        "major-incident": major_page(),
        "search": search_page(),
        "live-events": live_events_page(),
        "commands": commands_page(),
    }
    for name, text in pages.items():
        path = folder / f"{name}.md"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def tables_page() -> str:
    """One section per table of a study: its columns, types, units, ranges and meaning, in both languages."""
    parts = [
        "# Tables of a study",
        "A table is a CSV file (UTF-8, comma, decimal point) or a Parquet file of the same columns, with the name of "
        "the table. Where a column has a default it may be left out. Columns marked ◆ together name a row.",
    ]
    for table in load_tables().values():
        parts += [
            f"## {table.name}",
            f"{table.description['en']}\n\n*{table.description['nb']}*",
            " ".join(_when(table)),
            _field_table(table.fields),
        ]
    return _page(parts)


_FORMS = {
    "rates": "`demand.source` is `rates`",
    "trace": "`demand.source` is `trace`",
    "links": "`roads.form` is `links`",
    "graph": "`roads.form` is `graph`",
}


def _when(table: TableDescription) -> Iterator[str]:
    """Which studies have the table, and whether it needs rows there."""
    if table.needed_by in _FORMS:
        yield f"Needed where {_FORMS[table.needed_by]}" + (
            "; may be there elsewhere." if table.read_by == "every" else "; not read elsewhere."
        )
    elif table.needed_by == "none":
        yield "May be left out."
    if table.may_be_empty:
        yield "May have no rows."


def settings_page() -> str:
    """Every key of study.toml, with its section as a prefix."""
    return _page(
        [
            "# Settings in study.toml",
            "A dot parts a section from its key: `simulation.seed` is `seed` below `[simulation]`.",
            _field_table(load_fields("settings")),
        ]
    )


def edits_page() -> str:
    """The keys of an alternative, and one section per edit with its keys."""
    parts = [
        "# Alternatives and edits",
        "An alternative is a TOML file in the folder `alternatives` with these keys:",
        _field_table(load_fields("alternative")),
        "Each of `[[edits]]` names one of the following as `edit`, and gives its keys.",
    ]
    for kind, fields in load_edits().items():
        parts += [f"## {kind}", _field_table(fields.values(), names=list(fields))]
    return _page(parts)


def results_page() -> str:
    """One section per table of results."""
    parts = [
        "# Tables of results",
        "`beredt study run` leaves these in `results/` as Parquet files. The same dictionary lies beside them as "
        "`data_dictionary.parquet`. Columns marked ◆ together name a row; an empty cell is not known.",
    ]
    for name in list_result_tables():
        parts += [f"## {name}", _field_table(load_fields(f"results/{name}"))]
    return _page(parts)


def simulate_page() -> str:
    """The two tables that `beredt simulate --out` writes."""
    parts = [
        "# Tables of one simulation",
        "`beredt simulate STUDY --out DIR` writes these two, as Parquet files, for all replications; `study run` does "
        "not. An empty cell did not happen, or is not known.",
    ]
    meanings = {
        "missions": "One row for each unit sent to an incident, and one for an incident that no unit had served at the "
        "end; in order of replication, `incident_id`, `assign_s` and `unit_id`. In a study of a call trace units that "
        "were taken off on their way have no row, so that each call has one row for each unit that served it.",
        "units": "One row for each unit and replication, in the order of the study's units.",
    }
    for name, meaning in meanings.items():
        parts += [f"## {name}.parquet", meaning, _field_table(load_fields(f"simulate/{name}"))]
    parts += [
        "## Generated calls",
        "`beredt demand generate STUDY --out FILE` writes one row for each incident of a generated year, as CSV or "
        "Parquet.",
        _field_table(load_fields("generate/calls")),
    ]
    return _page(parts)


def profiles_page() -> str:
    """The keys of a profile for logs of missions, and the profiles that come with the program."""
    parts = [
        "# Profiles of logs",
        "A profile is a TOML file that says which column of a log holds what: see "
        "[Import a log](../../how-to/import-a-log.md). A dot parts a section from its key. A name of a column may "
        "stand alone or in a list; capital letters, spaces and marks between words do not matter.",
        _field_table(load_fields("mission_profile")),
        "## Profiles that come with Beredt",
    ]
    for name, loaded in load_shipped_profiles().items():
        title, description = loaded.profile.title, loaded.profile.description
        parts.append(f"**`{name}`**: {title['en']}. {description['en']}\n\n*{title['nb']}. {description['nb']}*")
    return _page(parts)


def stores_page() -> str:
    """The tables of a store of missions, and the keys of store.json."""
    parts = [
        "# Stores of missions",
        "`beredt missions import` and `beredt simulate --store` write one. It is a folder of `missions/part-*.parquet` "
        "and `incidents/part-*.parquet` in order of the call, `corrections.parquet`, `findings.parquet`, this "
        "dictionary as `dictionary/*.csv`, and `store.json`, without which it is no store. Columns marked ◆ together "
        "name a row.",
    ]
    for name in ("missions", "incidents", "corrections", "findings"):
        parts += [f"## {name}", _field_table(load_fields(f"missions/{name}"))]
    return _page(parts)


def rules_page() -> str:
    """Every rule of reading and cleaning logs of missions, what it does and what to do about it, in both languages."""
    parts = [
        "# Rules of cleaning",
        "A rule marks a row, or corrects a value and marks the row; none drops one. The number of a rule is the number "
        "of its bit in `marks`. Rules up to 39 belong to cleaning and can be switched off by `--without`; those from "
        "40 on belong to reading.",
    ]
    for rule in load_rules().values():
        does = "corrects" if rule.action == "correct" else "marks"
        parts += [
            f"## {rule.name}",
            f"Number {rule.number}, {does}.",
            f"{rule.what['en']} {rule.remedy['en']}",
            f"*{rule.what['nb']} {rule.remedy['nb']}*",
        ]
    return _page(parts)


def catalogue_page() -> str:
    """The keys of an indicator, and the catalogues that come with the program."""
    parts = [
        "# Catalogues of indicators",
        "A catalogue is a TOML file with one table per indicator: see "
        "[Write an indicator](../../how-to/write-an-indicator.md). A dot parts a table from its key.",
        _field_table(load_fields("catalogue")),
    ]
    for name in BUILT_IN:
        parts.append(f"## The catalogue {name}")
        for id_, one in load_catalogue(name).items():
            words = [
                f"**`{id_}`**: {one.title['en']}. {one.definition['en']}",
                f"*{one.title['nb']}. {one.definition['nb']}*",
            ]
            counts = one.counts or one.value or ""
            parts.append("\n\n".join([*words, f"`{counts}` among `{one.among}`. Source: {one.source}."]))
    return _page(parts)


def review_page() -> str:
    """Every rule of review, and the limits that a file can change."""
    parts = [
        "# Review of missions",
        "What the rules of `beredt missions review` flag, in what unit they measure, and what to look at.",
    ]
    for rule in load_review_rules().values():
        parts += [
            f"## {rule.id}",
            f"{rule.title['en']} ({rule.unit}). {rule.look['en']}",
            f"*{rule.title['nb']}. {rule.look['nb']}*",
        ]
    parts += ["## Limits", "Keys of the file that `--limits` names.", _field_table(load_fields("review"))]
    return _page(parts)


def linking_page() -> str:
    """The keys of a file that links logs."""
    return _page(
        [
            "# Linking logs",
            "Keys of the file that `beredt missions link` reads: see [Link logs](../../how-to/link-logs.md). A dot "
            "parts a section from its key; `*` is the name of a log.",
            _field_table(load_fields("linking")),
        ]
    )


def quality_page() -> str:
    """The tables of triage, indicators, pathways and review."""
    parts = [
        "# Tables of quality",
        "What `beredt missions indicators`, `triage`, `link`, `repeat` and `review … export` write. An empty cell is "
        "not known, or left out where `left_out` says so. Columns marked ◆ together name a row.",
    ]
    for name in QUALITY_TABLES:
        parts += [f"## {name}", _field_table(load_fields(f"missions_report/{name}"))]
    return _page(parts)


QUALITY_TABLES = (
    *("catalogue", "catalogue_left_out", "catalogue_chart", "catalogue_not_computed", "catalogue_definitions"),
    *("triage", "triage_matrix", "triage_trend", "triage_chart", "triage_codes"),
    *("pathway_links", "pathway_durations", "pathway_weights", "pathway_thresholds", "repeat_callers", "repeat_within"),
    *("review_cases", "review_flags", "review_history"),
)
"""In the order in which the page shows them."""


def log_report_page() -> str:
    """The tables of times and counts that a report of a log leaves."""
    parts = [
        "# Tables of a log",
        "What `beredt missions report` leaves in `results/`, beside the tables of [quality](quality.md) and of "
        "[service](service.md): see [Report on missions](../../how-to/report-on-missions.md). An empty cell is not "
        "known, or left out where `suppressed` says so. Columns marked ◆ together name a row.",
    ]
    for name in LOG_TABLES:
        parts += [f"## {name}", _field_table(load_fields(f"missions_report/{name}"))]
    return _page(parts)


LOG_TABLES = (
    *("incident_counts", "missions_by_station", "intervals", "national_indicator", "printed_figures"),
    *("log_findings", "log_corrections", "left_out", "not_answered"),
)
"""In the order in which the page shows them."""


def service_page() -> str:
    """The tables about the service that a log shows, and the roster file."""
    parts = [
        "# Tables of service",
        "What is meant, see [The service that a log shows](../../explanation/service-of-a-log.md). An empty number is "
        "not known, or left out where `suppressed` says so. Columns marked ◆ together name a row.",
    ]
    for name in SERVICE_TABLES:
        parts += [f"## {name}", _field_table(load_fields(f"missions_report/{name}"))]
    parts += ["## The roster file", "One row per unit and shift, as CSV.", _field_table(load_fields("roster/roster"))]
    return _page(parts)


def replay_page() -> str:
    """The tables that `beredt live replay` writes."""
    parts = [
        "# Tables of a replay",
        "What `beredt live replay --out` writes: see [Replay a day](../../how-to/replay-a-day.md). They tell of single "
        "incidents, for the centre itself. Columns marked ◆ together name a row.",
    ]
    for name in ("replay_incidents", "replay_moves", "replay_sums"):
        parts += [f"## {name}.parquet", _field_table(load_fields(f"replay/{name}"))]
    return _page(parts)


def calibration_page() -> str:
    """The two tables that `beredt study calibrate` puts beside the new study."""
    parts = [
        "# Tables of a calibration",
        "What `beredt study calibrate` writes into the folder `calibration` of the new study: see "
        "[Calibrate a study](../../how-to/calibrate-a-study.md). Columns marked ◆ together name a row.",
    ]
    for name in ("changes", "profile"):
        parts += [f"## {name}.csv", _field_table(load_fields(f"calibration/{name}"))]
    return _page(parts)


def site_page() -> str:
    """The file of candidates and the tables of `beredt site`."""
    parts = [
        "# Siting",
        "See [Find sites for stations](../../how-to/site-stations.md).",
        "## A file of candidates",
        "A CSV file for `beredt site --candidates`.",
        _field_table(load_fields("site/candidates")),
        "## What `beredt site --out DIR` writes",
        "Tables in `DIR/results`, beside `site.html` in the languages of the study, and `sites.geojson`.",
    ]
    for name in ("sites", "answers", "units", "areas", "trade_off", "trade_off_units"):
        parts += [f"### site_{name}", _field_table(load_fields(f"site/site_{name}"))]
    return _page(parts)


def major_page() -> str:
    """The tables of `beredt incident major`."""
    parts = [
        "# Major incidents",
        "See [Try a major incident](../../how-to/major-incident.md).",
        "## What `beredt incident major --out DIR` writes",
        "Tables in `DIR/results`, beside `major-incident.html` in the languages of the study.",
    ]
    names = ("incidents", "needed", "measures", "mobilisation", "sources", "arrivals", "patients", "hospitals", "rest")
    for name in (*names, "samples"):
        parts += [f"### major_{name}", _field_table(load_fields(f"results/major_{name}"))]
    return _page(parts)


def dimension_page() -> str:
    """The rules and tables of `beredt dimension` and `beredt roster`."""
    parts = [
        "# Dimensioning and rosters",
        "See [Dimension a study](../../how-to/dimension-a-study.md) and "
        "[Make a roster](../../how-to/make-a-roster.md). Columns marked ◆ together name a row; an empty cell is "
        "not known. A dot parts a table of TOML from its key.",
        "## The rule of dimensioning",
        "A file for `beredt dimension --rule`.",
        _field_table(load_fields("dimension/rule")),
        "## A file of needs",
        "A CSV file for `beredt roster --need`.",
        _field_table(load_fields("roster/need")),
        "## The rules of rosters",
        "A file for `beredt roster --rules`.",
        _field_table(load_fields("roster/rules")),
    ]
    for name in ("cells", "totals", "changes", "prices", "steps", "removals"):
        parts += [f"## dimension_{name}", _field_table(load_fields(f"dimension/dimension_{name}"))]
    for name in ("rosters", "roster_shifts", "roster_hours", "need_rosters", "need_shifts", "need_hours"):
        parts += [f"## {name} of `beredt roster`", _field_table(load_fields(f"roster/{name}"))]
    return _page(parts)


def search_page() -> str:
    """The tables of `beredt search`."""
    parts = [
        "# Search",
        "What `beredt search` leaves in its folder beside `answer.toml` and `journal.jsonl`: see "
        "[Search for a better layout](../../how-to/search-a-layout.md). Columns marked ◆ together name a row; an "
        "empty cell is not known.",
    ]
    for name in ("candidates", "incumbents"):
        parts += [f"## {name}.parquet", _field_table(load_fields(f"search/{name}"))]
    return _page(parts)


def live_events_page() -> str:
    """The form of live events: each kind with its fields, statuses, rules, limits, adapters, and the JSON Schema."""
    models = (UnitStatus, UnitPosition, IncidentOpened, IncidentChanged, IncidentClosed, RosterChanged)
    parts = [
        "# Live events",
        f"Version {FORM_VERSION} of the form in which `beredt live serve` takes events: a batch is "
        '`{"events": [...]}` with at most 100. What the rules do with them: see '
        "[The live picture](../../explanation/live.md).",
        "Every event has these fields:",
        _model_table(Said),
    ]
    for model in models:
        own = [name for name in model.model_fields if name not in Said.model_fields and name != "kind"]
        kind = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in model.__name__).strip("_")
        parts += [f"## {kind}", str(model.__doc__), _model_table(model, own)]
    parts += [
        "## Words of a status",
        ", ".join(f"`{word}`" for word in STATUSES) + ". Free to be sent are "
        + ", ".join(f"`{word}`" for word in sorted(FREE_STATUSES)) + ".",
        "## A file of limits",
        "For `beredt live serve --limits FILE`, as TOML.",
        _model_table(LiveLimits),
        "## A file of agreements",
        "For `beredt live serve --agreements FILE`, as CSV: see "
        "[Let organisations share a live picture](../../how-to/organisations.md).",
        _field_table(load_fields("live/agreements")),
        "## An adapter",
        "For `beredt live serve --adapter FILE`, as TOML. Its events are sent to `/api/live/events/NAME`, the name of "
        "the file without its ending. Below `[kind]`: `always`, or `field` and `codes`; below `[clock]`:",
        _model_table(ClockOf),
        "At the top, and as tables:",
        _model_table(Adapter),
        "## JSON Schema",
        f"```json\n{json.dumps(event_schema(), ensure_ascii=False, indent=1)}\n```",
    ]  # fmt: skip
    return _page(parts)


def _model_table(model: type[BaseModel], names: Sequence[str] | None = None) -> str:
    rows = ["| field | default | meaning |", "|---|---|---|"]
    for name, field in model.model_fields.items():
        if names is None or name in names:
            default = "required" if field.is_required() else "" if field.default is None else f"`{field.default}`"
            rows.append(f"| `{name}` | {default} | {(field.description or '').replace('|', chr(92) + '|')} |")
    return "\n".join(rows)


SERVICE_TABLES = (
    *("service_flows", "service_calendar", "service_hours", "service_months", "service_units", "service_km"),
    *("service_notes", "roster_hours", "roster_issues", "reach_squares", "reach_zones", "reach_claims", "density"),
)
"""In the order in which the page shows them."""


def commands_page() -> str:
    """The help of every verb, as the command itself prints it."""
    parts = [
        "# Commands",
        "Every verb takes `--json` for its answer on stdout and reports progress on stderr. Exit codes: 0 done, "
        "1 the input is wrong (the issues are listed), 2 the call is wrong.",
    ]
    for words in _verbs():
        answer = CliRunner().invoke(build_app(), [*words, "--help"], prog_name="beredt", terminal_width=100)
        parts += [f"## beredt {' '.join(words)}", f"```text\n{answer.stdout.strip()}\n```"]
    return _page(parts)


def _verbs() -> list[tuple[str, ...]]:
    root = get_command(build_app())
    found: list[tuple[str, ...]] = []
    waiting: list[tuple[tuple[str, ...], object]] = [((), root)]
    while waiting:
        words, command = waiting.pop(0)
        inner = getattr(command, "commands", None)
        if inner is None:
            found.append(words)
        else:
            waiting.extend(((*words, name), inner[name]) for name in inner)
    return sorted(found)


def _field_table(fields: Iterable[Field], names: Sequence[str] | None = None) -> str:
    rows = ["| field | type | unit | range | default | meaning | betydning |", "|---|---|---|---|---|---|---|"]
    for index, field in enumerate(fields):
        name = names[index] if names is not None else field.name
        cells = [
            f"`{name}`{' ◆' if field.key else ''}",
            _type(field),
            field.unit,
            _range(field),
            "required" if field.required else f"`{field.default}`" if field.default is not None else "",
            field.description["en"],
            field.description["nb"],
        ]
        rows.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    return "\n".join(rows)


def _type(field: Field) -> str:
    kind, _, choices = field.type.partition(":")
    text = ", ".join(f"`{choice}`" for choice in choices.split("|")) if choices else kind
    refers = " or ".join(f"{table}.{column}" for table, column in field.refers_to)
    return f"{text} → {refers}" if refers else text


def _range(field: Field) -> str:
    low, high = field.minimum, field.maximum
    if low is not None and high is not None:
        return f"{low} to {high}"
    if low is not None:
        return f"from {low}"
    return f"up to {high}" if high is not None else ""


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
