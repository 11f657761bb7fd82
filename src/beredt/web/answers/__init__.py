"""The year within a second: a draft is simulated while somebody watches, and its answer gets surer year by year."""
