"""From cells as they are written to rows in the one form that cleaning reads."""

from __future__ import annotations

import dataclasses
from functools import reduce

import polars as pl

from beredt.missions.checks.rule import get_rule, marks_of
from beredt.missions.profile import CALL_YEAR, FIRST_ALERT, ROW_NUMBER, UNIT_NAME
from beredt.missions.read.binding import SPECIAL
from beredt.missions.read.block import Block, Cells
from beredt.missions.read.columns import frame_of, numbers_in, text_in, times_in, words_in
from beredt.missions.read.identity import hash_column
from beredt.missions.read.numbers import read_points
from beredt.missions.read.rows_read import Reading, RowsRead
from beredt.missions.read.times import NAIVE
from beredt.missions.read.unit_lists import AT, spread_units
from beredt.missions.read.words import as_text, read_words, yes_no
from beredt.missions.schema import CORRECTIONS, FINDINGS, ROWS, STAMP, STAMPS, WORD
from beredt.model.issue import shown

WORDS = ("station", "organisation", "mission_type", "municipality", "district", "tettsted", "destination", "criterion",
         "triage")  # fmt: skip
NUMBERS = ("x", "y", "lat", "lon", "km", "age")
CODED = ("unit_kind", "urgency", "urgency_first")
YES_NO = ("planned", "cancelled")


def prepared(block: Block, reading: Reading) -> Block:
    """The block with all cells read in one go that can be."""
    cells = block.cells
    if isinstance(cells, pl.DataFrame):
        return block
    fields, lists = reading.binding.fields, reading.profile.lists is not None
    times = ("date", *(() if lists else STAMPS))
    words = (*WORDS, *CODED, *YES_NO, *(() if lists else ("unit",)))

    def columns(names: tuple[str, ...]) -> list[str]:
        return list(dict.fromkeys(fields[name] for name in names if fields.get(name, UNIT_NAME) not in SPECIAL))

    read = cells.read(columns(times), columns((*NUMBERS, "gap_s")), columns(words), reading.profile.file)
    return dataclasses.replace(block, cells=read)


def normalise(block: Block, reading: Reading, first_row_id: int, elapsed_s: float | None = None) -> RowsRead:
    """Read a block of a log.

    Args:
        block: from its file.
        reading: profile, binding and key.
        first_row_id: of the first row; the others are counted on from it.
        elapsed_s: what the block before came to; None for the first of a log.
    """
    draft = _Draft(block, reading)
    draft.spread(first_row_id)
    draft.read_stamps()
    draft.read_gaps(elapsed_s)
    draft.read_words()
    draft.read_numbers()
    draft.read_persons()
    draft.read_key()
    return draft.finish(block.row.len())


class _Draft:
    """The rows of one block while they are put together."""

    def __init__(self, block: Block, reading: Reading) -> None:
        self.block, self.reading = block, reading
        self.profile, self.fields = reading.profile, reading.binding.fields
        self.habits = self.profile.file
        self.cells: Cells = block.cells
        self.row = block.row
        self.columns: dict[str, pl.Series] = {}
        self.marks = pl.Series([], dtype=pl.UInt64)
        self.row_id = pl.Series([], dtype=pl.Int64)
        self.stamp_cells: Cells = block.cells
        self.stamp_columns: dict[str, str] = {}
        self.corrections: list[pl.DataFrame] = []
        self.findings: list[pl.DataFrame] = []
        self.elapsed_s: float | None = None

    def spread(self, first_row_id: int) -> None:
        """Lay the rows out: one per unit. Rows that could not be told apart stay, without anything in them."""
        named = {stamp: self.fields[stamp] for stamp in STAMPS if self.fields.get(stamp, FIRST_ALERT) != FIRST_ALERT}
        repeated = None
        if self.profile.lists is None:
            part = pl.repeat(0, self.row.len(), dtype=pl.Int16, eager=True)
            at = None
            self.stamp_columns = named
            unit = words_in(self.cells, self.fields["unit"], self.habits.absent) if "unit" in self.fields else None
        else:
            self.cells = cells = frame_of(self.cells, self.reading.binding.read)
            lists = {stamp: as_text(cells[column]) for stamp, column in named.items()}
            units, repeated = spread_units(lists, self.profile.lists)
            everyone = pl.DataFrame({AT: pl.int_range(self.row.len(), dtype=pl.UInt32, eager=True)})
            laid_out = everyone.join(units, on=AT, how="left", maintain_order="left_right")
            at, part = laid_out[AT], laid_out["part"].fill_null(0)
            unit = read_words(laid_out["unit"], self.habits.absent)
            self.stamp_cells, self.stamp_columns = laid_out, {stamp: stamp for stamp in named}
            self.cells, self.row = cells[at], self.row.gather(at)
        height = self.row.len()
        self.row_id = pl.int_range(first_row_id, first_row_id + height, dtype=pl.Int64, eager=True)
        self.marks = pl.repeat(0, height, dtype=pl.UInt64, eager=True)
        self.columns |= {
            "row_id": self.row_id,
            "source": pl.repeat(self.reading.source, height, dtype=pl.Int16, eager=True),
            "row": self.row,
            "part": part,
        }
        if unit is not None:
            self.columns["unit"] = unit
        for rule, found in (
            ("broken_row", self.block.broken),
            ("joined_cells", self.block.joined),
            ("foreign_bytes", self.block.foreign),
        ):
            if found.any():
                self.find(rule, "", found if at is None else found.gather(at))
        if repeated is not None and repeated.height:
            self._keep_repeated(repeated, pl.DataFrame({AT: at, "part": part, "row_id": self.row_id}))

    def _keep_repeated(self, repeated: pl.DataFrame, rows: pl.DataFrame) -> None:
        found = repeated.join(rows, on=[AT, "part"], maintain_order="left")
        self.correct("repeated_stamp", found)
        for name in found["field"].unique(maintain_order=True):
            cells = found.filter(pl.col("field") == name)
            values = pl.Series([None] * self.row.len(), dtype=pl.String)
            values = values.scatter(cells["row_id"] - self.row_id[0], cells["before"])
            self.find("repeated_stamp", name, values.is_not_null(), values.drop_nulls()[0])

    def read_stamps(self) -> None:
        """Times as a clock shows them; those without a date get that of their row."""
        zone = self.profile.zone
        date = None
        if "date" in self.fields:
            column = self.fields["date"]
            read = times_in(self.cells, column, self.habits, zone)
            self.unreadable("unreadable_time", "date", read.unreadable, self.cells, column)
            date = read.at.dt.truncate("1d")
        for stamp, column in self.stamp_columns.items():
            read = times_in(self.stamp_cells, column, self.habits, zone)
            self.unreadable("unreadable_time", stamp, read.unreadable, self.stamp_cells, column)
            at = read.at
            if read.clock_only:
                day = pl.Series([None] * at.len(), dtype=NAIVE) if date is None else date
                at = (day.to_physical() + at.to_physical()).cast(NAIVE)
            self.columns[stamp] = at.cast(STAMP) if self.habits.clock == "utc" else at
        if self.fields.get("call_t") == FIRST_ALERT and "alerted_t" in self.columns:
            # The first in the list, not the earliest: times of day may have passed midnight.
            alerts = pl.DataFrame({"row": self.row, "at": self.columns["alerted_t"]})
            self.columns["call_t"] = alerts.select(pl.col("at").drop_nulls().first().over("row")).to_series()

    def read_gaps(self, elapsed_s: float | None) -> None:
        """Times of calls that only say how long after the one before they came."""
        if "gap_s" not in self.fields or self.profile.gaps is None:
            return
        column = self.fields["gap_s"]
        read = numbers_in(self.cells, column, self.habits)
        self.unreadable("unreadable_number", "call_t", read.unreadable, self.cells, column)
        gaps = read.value.fill_null(0.0)
        # The gap of the first row of all is before the first call.
        since = gaps.cum_sum() + (elapsed_s if elapsed_s is not None else -gaps[0])
        self.elapsed_s = since[-1]
        first_ms = pl.Series([self.profile.gaps.first_call.replace(tzinfo=None)]).cast(NAIVE).to_physical()[0]
        at = pl.select((pl.lit(since) * 1_000.0).round().cast(pl.Int64) + first_ms).to_series().cast(NAIVE)
        self.columns["call_t"] = at.cast(STAMP) if self.habits.clock == "utc" else at

    def read_words(self) -> None:
        """Words and codes."""
        absent, codes = self.habits.absent, self.profile.codes
        for name in WORDS:
            if name in self.fields:
                self.columns[name] = words_in(self.cells, self.fields[name], absent)
        for name in CODED:
            if name in self.fields:
                table = codes.unit_kind if name == "unit_kind" else codes.urgency
                column = self.fields[name]
                self.columns[name] = (
                    read_words(self.columns["unit"], absent, table)
                    if column == UNIT_NAME
                    else words_in(self.cells, column, absent, table)
                )
        for name in YES_NO:
            if name in self.fields:
                table = codes.planned if name == "planned" else codes.cancelled
                self.columns[name] = yes_no(words_in(self.cells, self.fields[name], absent, table))

    def read_numbers(self) -> None:
        """Coordinates, kilometres and ages."""
        for name in NUMBERS:
            if name in self.fields:
                column = self.fields[name]
                read = numbers_in(self.cells, column, self.habits)
                self.unreadable("unreadable_number", name, read.unreadable, self.cells, column)
                self.columns[name] = read.value
        if "point" in self.fields and "x" not in self.columns:
            column = self.fields["point"]
            self.columns["x"], self.columns["y"], wrong = read_points(self.cells[column])
            self.unreadable("unreadable_number", "point", wrong, self.cells, column)

    def read_persons(self) -> None:
        """Hashes of patients, and text where the profile asks for it by name."""
        if "patient" in self.fields:
            cells = self.cells[self.fields["patient"]]
            self.columns["patient"] = hash_column(cells, self.reading.key, self.habits.absent)
        if "comment" in self.fields:
            self.columns["comment"] = as_text(self.cells[self.fields["comment"]])

    def read_key(self) -> None:
        """What the incident is named by: all parts, `/` between them; "" where none of them is given."""
        parts = [self._key_part(name) for name in self.reading.binding.key]
        if not parts:
            return
        text = parts[0] if len(parts) == 1 else pl.select(pl.concat_str(parts, separator="/")).to_series()
        nothing = reduce(lambda one, other: one & other, ((part == "") for part in parts))
        key = pl.select(pl.when(~nothing).then(text).otherwise(pl.lit(""))).to_series()
        if self.profile.key.how == "hash":
            key = hash_column(key, self.reading.key, ()).fill_null("")
        self.columns["key"] = key

    def _key_part(self, name: str) -> pl.Series:
        if name == ROW_NUMBER:
            return pl.select(pl.format("{}:{}", self.columns["source"], self.row)).to_series()
        if name == CALL_YEAR:
            call = self.columns.get("call_t", pl.Series([None] * self.row.len(), dtype=NAIVE))
            return call.dt.year().cast(pl.String).fill_null("")
        text = as_text(self.cells[name])
        bare = text.str.strip_chars().fill_null("")
        nothing = [one for one in self.habits.absent if one]
        return pl.select(pl.when(~bare.is_in(nothing)).then(bare).otherwise(pl.lit(""))).to_series()

    def unreadable(self, rule: str, name: str, wrong: pl.Series, cells: Cells, column: str) -> None:
        """Mark rows of which a cell cannot be read, and write down what stood in it."""
        if not wrong.any():
            return
        at = wrong.arg_true()
        text = text_in(cells, column, at)
        self.find(rule, name, wrong, text[0])
        before = pl.DataFrame({"row_id": self.row_id.gather(at), "before": text})
        self.correct(rule, before.with_columns(field=pl.lit(name), after=None))

    def find(self, rule: str, name: str, wrong: pl.Series, value: str | None = None) -> None:
        """Mark rows, and make one line of findings of them; `value` is what stood in the first."""
        at = wrong.arg_true()
        first = at[0]
        self.marks = (
            self.marks
            | pl.select(
                pl.when(wrong).then(pl.lit(marks_of(rule), pl.UInt64)).otherwise(pl.lit(0, pl.UInt64))
            ).to_series()
        )
        line = {
            "rule": rule, "source": self.reading.source, "row": self.row[first], "field": name,
            "value": None if value is None else shown(value),
            "count": at.len(), "remedy": get_rule(rule).remedy["en"], "lat": None, "lon": None,
        }  # fmt: skip
        self.findings.append(pl.DataFrame([line], schema=FINDINGS))

    def correct(self, rule: str, changes: pl.DataFrame) -> None:
        """Write down values that were changed: `row_id`, `field`, `before` and `after`."""
        made = changes.with_columns(rule=pl.lit(rule)).select(CORRECTIONS.names()).cast(dict(CORRECTIONS))  # type: ignore[arg-type]  # names to types
        self.corrections.append(made)

    def finish(self, inputs: int) -> RowsRead:
        """The rows with the types of ROWS."""
        self.columns["marks"] = self.marks
        frame = pl.DataFrame([column.alias(name) for name, column in self.columns.items()])
        types = {name: ROWS[name] for name in frame.columns if name not in STAMPS and name != "age"}
        words = [pl.col(name).fill_null("") for name in frame.columns if ROWS[name] == WORD]
        age = [pl.col("age").round().clip(-1, 999).cast(pl.Int16)] if "age" in frame.columns else []
        rows = frame.cast(types).with_columns(*words, *age)  # type: ignore[arg-type]  # names to types
        return RowsRead(
            rows=rows,
            corrections=_stacked(self.corrections, CORRECTIONS),
            findings=_stacked(self.findings, FINDINGS),
            inputs=inputs,
            elapsed_s=self.elapsed_s,
        )


def _stacked(parts: list[pl.DataFrame], schema: pl.Schema) -> pl.DataFrame:
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def anchor(rows: pl.DataFrame) -> pl.Series:
    """The time by which a row is put in order: the call, or the first stamp that it has; null without any."""
    known = [stamp for stamp in STAMPS if stamp in rows.columns]
    if not known:
        return pl.Series([None] * rows.height, dtype=pl.Int64)
    return rows.select(pl.coalesce(pl.col(stamp).to_physical() for stamp in known)).to_series()
