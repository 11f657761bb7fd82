"""The form of an event: what a feed may say, in what words, and what is refused."""
