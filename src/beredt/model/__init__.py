"""The words of Beredt as frozen objects: a study, its service, its alternatives, and how they are read and checked.

Nothing in here knows roads, demand or simulation; everything outside stands on it. A study is read with
`beredt.model.read`, which answers with a `Study` or with a list of issues.
"""
