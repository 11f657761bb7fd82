"""The command line: one file per verb.

A file of a verb holds its options and nothing else at the top; what does the work is imported inside the
verb, so that ``beredt --help`` reads neither numba nor polars.
"""
