"""A log of missions put in the place of what a study assumes, with the error on weeks that were not looked at."""
