"""Studio: the server of the web application. Begin reading at `app.py`.

It reads and checks studies, answers questions about drafts of alternatives, runs long work as jobs, and serves the
built front end. It keeps no drafts: each request brings the edits that it is about.
"""
