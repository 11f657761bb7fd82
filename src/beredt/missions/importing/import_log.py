"""A log into a store: the whole of an import, aloud."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from beredt.missions.checks.rule import load_rules
from beredt.missions.findings import merge_findings
from beredt.missions.generated import MARKER, is_generated
from beredt.missions.importing.clean_pass import clean_parts
from beredt.missions.importing.journal import Journal, is_finished, workshop
from beredt.missions.importing.parts import RowsKept, cut_parts
from beredt.missions.importing.plan import ImportPlan
from beredt.missions.importing.read_pass import OpenedLog, Progress, open_logs, read_files
from beredt.missions.profile import FIRST_ALERT
from beredt.missions.read.identity import key_name, names_persons
from beredt.missions.schema import CORRECTIONS, FINDINGS
from beredt.missions.store import Store, finish_store, open_store
from beredt.missions.store_info import Source, StoreInfo
from beredt.missions.write_files import write_parquet, write_whole
from beredt.model.issue import Issue


@dataclass(frozen=True, slots=True)
class Imported:
    """The store, and everything there is to say of the log: header, columns that were left out, what rules found."""

    store: Store
    issues: tuple[Issue, ...]
    left_out: tuple[str, ...]
    resumed: bool


def import_log(plan: ImportPlan, progress: Progress, say: Callable[[str], None]) -> Imported:
    """Read, clean and keep a log. Broken off at any moment, the same call goes on where it was.

    Args:
        plan: What to do.
        progress: Told the name of a stage, how much is done, and how much there is.
        say: Told what else is worth knowing, one line at a time.

    Raises:
        LogError: The files cannot be used; carries every issue.
        StoreError: The folder of the store cannot be used.
        UnknownIdError: A rule that is to be switched off is none.
    """
    context = plan.context()
    opened = open_logs(plan)
    if is_finished(plan):
        shutil.rmtree(plan.work)
        return _told(open_store(plan.out), opened, resumed=True)
    with workshop(plan) as resumed, ThreadPoolExecutor(1) as pool:
        if resumed:
            say("Going on with the import that was broken off.")
        checksums = [pool.submit(checksum, path) for path in plan.files]
        blocks, parts = Journal(plan.work / "read"), Journal(plan.work / "cleaned")
        read_files(plan, opened, blocks, progress)
        kept = RowsKept(plan, blocks.pieces)
        clean_parts(plan, kept, cut_parts(blocks.pieces, plan.part_rows), context, parts, progress)
        _gather(plan)
        info = _info(plan, opened, [future.result() for future in checksums], blocks.pieces, parts.pieces)
        finish_store(plan.out, info)
        shutil.rmtree(plan.work)
    return _told(Store(plan.out, info), opened, resumed=resumed)


def _told(store: Store, opened: Sequence[OpenedLog], *, resumed: bool) -> Imported:
    """Everything there is to say of a store that was just made."""
    unread = dict.fromkeys(column for one in opened for column in one.binding.left_out)
    left_out = tuple(column for column in unread if column != MARKER)
    warnings = [issue for one in opened for issue in one.warnings]
    return Imported(store, (*warnings, *finding_issues(store.findings, store.info)), left_out, resumed)


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def finding_issues(findings: pl.DataFrame, info: StoreInfo) -> tuple[Issue, ...]:
    """The findings of a store as issues, which name the file. All are warnings: the rows are in the store."""
    rules = load_rules()
    return tuple(
        Issue(
            info.sources[line["source"]].name if line["source"] is not None else info.profile,
            line["row"],
            line["field"] or None,
            line["value"],
            line["count"],
            f"{line['rule']}: {rules[line['rule']].what['en']}",
            line["remedy"],
            line["lat"],
            line["lon"],
            "warning",
        )
        for line in findings.iter_rows(named=True)
    )


def _gather(plan: ImportPlan) -> None:
    """Put the corrections and findings of all blocks and parts together."""
    corrections = sorted((plan.work / "corrections").glob("*.parquet"), key=_reading_first)
    frame = pl.scan_parquet(corrections) if corrections else pl.LazyFrame(schema=CORRECTIONS)
    write_whole(
        plan.out / "corrections.parquet",
        lambda half: frame.sink_parquet(half, compression="zstd", compression_level=1, maintain_order=True),
    )
    parts = [pl.read_parquet(path) for path in sorted((plan.work / "findings").glob("*.parquet"), key=_reading_first)]
    findings = merge_findings(parts) if parts else pl.DataFrame(schema=FINDINGS)
    write_parquet(findings, plan.out / "findings.parquet")


def _reading_first(path: Path) -> tuple[bool, str]:
    return not path.name.startswith("read-"), path.name


def _info(
    plan: ImportPlan,
    opened: Sequence[OpenedLog],
    checksums: Sequence[str],
    blocks: Sequence[Mapping[str, Any]],
    parts: Sequence[Mapping[str, Any]],
) -> StoreInfo:
    profile = plan.loaded.profile
    rows = [sum(piece["inputs"] for piece in blocks if piece["source"] == source) for source in range(len(opened))]
    added = {
        name: sum(piece[name] for piece in parts)
        for name in ("missions", "unit_responses", "incidents", "incidents_without_unit")
    }
    return StoreInfo(
        profile=profile.id,
        profile_sha256=plan.loaded.sha256,
        zone=profile.zone,
        crs=profile.crs,
        sources=tuple(
            Source(one.path.name, digest, count) for one, digest, count in zip(opened, checksums, rows, strict=True)
        ),
        rows_in=sum(rows),
        rules={name: sum(piece["rules"][name] for piece in parts) for name in load_rules()},
        without=tuple(sorted({*plan.without, *profile.cleaning.without})),
        privacy=_privacy(plan, opened),
        call_from="alerted_t" if FIRST_ALERT in profile.columns.call_t else "call_t",
        generated=plan.generated or any(is_generated(one.path, one.log.columns) for one in opened),
        **added,
    )


def _privacy(plan: ImportPlan, opened: Sequence[OpenedLog]) -> dict[str, str]:
    """What was done with columns that may name persons."""
    profile = plan.loaded.profile
    done = {}
    for one in opened:
        for column in one.binding.left_out:
            if names_persons(column) and column not in profile.privacy.harmless:
                done[column] = "left out"
        hashed = [one.binding.fields["patient"]] if "patient" in one.binding.fields else []
        if profile.key.how == "hash":
            hashed += one.binding.key
        done |= {column: f"hashed with the key {key_name(plan.key)}" for column in hashed}
    return dict(sorted(done.items()))
