"""The study and everything in it, as frozen dataclasses; reading, checking and editing them."""
