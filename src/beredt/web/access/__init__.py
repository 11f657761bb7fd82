"""Who may do what: from a request to a caller with a role, or a refusal that says what to do.

Begin reading at `guard.py`, which every request passes. Two kinds of callers: one person on this machine, with nothing
to set up (`local.py`), and accounts (`accounts.py`). Every route says at its definition what it needs (`need.py`); a
route that says nothing is closed.
"""
