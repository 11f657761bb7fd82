"""Where replications are run: in this process, in several, or on a cluster. The counts are the same everywhere."""
