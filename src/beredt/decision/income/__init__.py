"""The income model: what is shared out among organisations, by what, and what an alternative changes."""
