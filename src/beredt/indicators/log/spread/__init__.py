"""How durations spread: counted by the second, with quantiles, means and shares, and how sure they are."""
