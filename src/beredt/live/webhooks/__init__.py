"""Webhooks: what an organisation sees of the log, sent to where it wants it; in order, at least once, signed."""
