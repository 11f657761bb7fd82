"""What an analyst would do with a log of missions, in pandas: the same as `beredt missions import` and `report`.

Whole columns at a time and never row by row, on one core as pandas works, and the whole log must fit into memory.
`python -m benchmarks.missions_pandas LOG.csv OUT FORM`:

    read → clocks, midnight, codes, positions, order, gaps, duplicates, overlaps → incidents → tables → files and a page

What takes most of the time stands here in two forms, behind `form.Form`, and all else is shared by both:

- `pandas` (`in_pandas`) asks pandas as its documentation teaches: `to_datetime`, `.dt`, categories, and group-bys with
  `size`, `agg`, `quantile` and `cumcount`;
- `columns` (`in_columns`) goes round the group-by: numpy's `bincount` and one sort of packed numbers, and pyarrow's
  parser of times. It is as fast as we could make it, and hardly pandas any more.

What is shared reads with pandas' quickest reader, cleans with masks and shifts, and follows units minute by minute in
arrays, for which a group-by has no word; that is quicker than most analysts would write it.

Small counts are left in, as with `--min-count 0`. A test holds that every table of such a report is made here too, with
the same rows and figures, but these:

- `catalogue_definitions`, `catalogue_not_computed`, `data_dictionary`, `printed_figures`, `not_answered` and `left_out`
  count nothing of this log: they are texts of the program, or say what a log without a study cannot be asked;
- intervals of means of 5 to 49 durations, for which Beredt draws a bootstrap: here they are worked out as those of
  more are. Of the tables of five million missions none has so few.

Of five million missions some tens on the days on which clocks change are carried past midnight otherwise than by
Beredt, which the small log of the test has none of: counts and times that they are in differ from the fifth digit on.

Left out are: rules that this log does not call for and the switching off of rules; a log of two years compared with
itself; a study, a roster, links and queues beside the log; the suppression of small counts; three languages; what
each column means in the Excel file; explanations on the page. What a report without a study does not draw (a map's
ground, the calendar of a local group) is not drawn here either.
"""
