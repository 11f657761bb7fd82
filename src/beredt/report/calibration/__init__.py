"""The page of a calibration: a study before and after, and how well each foretells weeks that were not looked at."""
