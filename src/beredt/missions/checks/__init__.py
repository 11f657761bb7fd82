"""What can be wrong with a row of a mission log: one rule or family of rules per file, all of them in `rules.csv`."""
