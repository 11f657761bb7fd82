"""What whoever looks after a server is told: whether it lives, what it has done and how fast, one line per request.

Nothing here tells of a person: no names, no addresses, nothing of what was asked after the question mark.
Begin reading at `watch.py`.
"""
