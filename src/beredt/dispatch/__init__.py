"""The rules of who is sent and who waits, shared by everything that dispatches. Compiled, and without state."""
