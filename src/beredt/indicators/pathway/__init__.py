"""One pathway out of several logs: records that belong together, how sure that is, and the time between them."""
