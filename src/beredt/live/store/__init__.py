"""The log of events: on disk before anything is acknowledged, and read back whole."""
