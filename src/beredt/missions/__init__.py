"""Logs of real missions: read by profiles, cleaned openly, kept in a store, and measured as named intervals."""
