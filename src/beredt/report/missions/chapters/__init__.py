"""The chapters of the report of a log, one file each."""
