"""Beside the dispatch centre in real time: events in, a log that is only added to, the picture that follows from it."""
