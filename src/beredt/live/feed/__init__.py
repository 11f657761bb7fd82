"""A simulated day as a feed: what a real one would send, so that everything can be tried before there is one."""
