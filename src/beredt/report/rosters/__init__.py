"""The page of rosters: the week of every station, what it needs and who is on duty."""
