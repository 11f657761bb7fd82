"""Mission logs of a study: uploaded, imported, read and reviewed in the browser.

Each log is a folder below `logs` in the data folder: `log.json` says what it is, `file/` holds what was uploaded,
`stores/` what an import made of it, and `review.sqlite` its queue. Begin reading at `shelf.py`.
"""
