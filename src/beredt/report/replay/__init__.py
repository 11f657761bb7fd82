"""The page of a replay: what happened beside what was advised, in words, tables and one figure."""
