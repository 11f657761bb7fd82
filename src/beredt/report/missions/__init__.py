"""The report of a log of missions: the tables of all indicators put together, in words, figures and files."""
