"""Who sees what: for each organisation a log of its own, made of the one log by its agreements, and the picture of it.

Begin reading at `lens.py`, through which everything passes that an organisation is ever told.
"""
