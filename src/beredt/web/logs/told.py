"""What is told of an import beside what its store says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from beredt.missions.profile import Profile
    from beredt.missions.store import Store


def tell_store(store: Store) -> dict[str, Any]:
    """`rows_out`, the rows of the log that are in the store, counted there; the `first` and `last` call, ISO 8601.

    A row is a mission, or counted in its incident where it names no unit. Where cells list several units a row is
    several missions: then the rows themselves are counted.
    """
    import polars as pl

    calls = store.incidents().select(
        pl.col("rows_without_unit").cast(pl.Int64).sum(), pl.col("call_t").min().alias("first"), pl.col("call_t").max()
    )
    alone, first, last = calls.collect().row(0)
    rows = store.info.missions + alone
    if rows != store.info.rows_in:
        rows = alone + store.missions().select(pl.struct("source", "row").n_unique()).collect(engine="streaming").item()
    return {"rows_out": rows, "first": first and first.isoformat(), "last": last and last.isoformat()}


def tell_header(file: str, columns: Sequence[str], profile: Profile) -> dict[str, Any]:
    """`fields` as pairs of a field and its column, `key` columns, columns `left_out`, and `issues` of the header."""
    from beredt.missions.importing.read_pass import personal_columns
    from beredt.missions.read.binding import bind, binding_issues

    binding = bind(columns, profile)
    issues = (*binding_issues(file, binding, profile), *personal_columns(file, binding, profile))
    return {
        "fields": list(binding.fields.items()),
        "key": list(binding.key),
        "left_out": list(binding.left_out),
        "issues": [asdict(one) for one in issues],
    }
