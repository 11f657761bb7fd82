"""Long work: asked for in the browser, done in a process of its own one after the other, kept in the data folder.

A job is a folder: `job.json` says what it is and how far it came, `study/` is the study as it was when somebody asked,
the rest is what the work made. Begin reading at `job_queue.py`.
"""
